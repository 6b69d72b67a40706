"""`script/test`: every check and test, on databases that are made for the run and thrown away after it."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from config import embedded
from config.accounts import CannotStart

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = Path(sys.executable).parent
CHECKS = {
    "ruff": ["ruff", "check"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "imports": ["lint-imports", "--no-logo"],
    "types": ["mypy"],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "messages": ["python", "manage.py", "messages", "--check"],
}
GOLDENS = "tests/format/test_goldens.py"
# The lonely ones come first, so that the last line is the count of the many.
ALONE, TOGETHER, AGAIN = "tests, one at a time", "tests, two at a time", "what failed, by itself"
TESTS = {
    ALONE: ["-m", "alone"],
    TOGETHER: ["-m", "not alone", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--cache-clear"],
    # A busy machine may be late with something; a fault of the program shows again.
    AGAIN: ["--last-failed", "--last-failed-no-failures", "none"],
}


def main() -> int:
    """Run what the arguments ask for; the exit code is 0 when everything passed."""
    wanted, for_pytest = _arguments()
    try:
        with _environment(wanted.samples, wanted.long) as environment:
            if wanted.update_goldens:
                return _run(["pytest", GOLDENS, *for_pytest], environment | {"UPDATE_GOLDENS": "1"})
            if for_pytest:
                return _run(["pytest", *for_pytest], environment)
            return _everything(environment)
    except CannotStart as reason:
        print(f"script/test: {reason}", file=sys.stderr)
        return 1


def _arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser("script/test", description="Other arguments go to pytest.", allow_abbrev=False)
    parser.add_argument("--long", action="store_true", help="also the runs that take minutes")
    parser.add_argument("--update-goldens", action="store_true", help="only take the pictures of pages again")
    parser.add_argument("--samples", type=Path, default=ROOT.parent / "shared" / "seeds", help="folder of the samples")
    return parser.parse_known_args()


@contextmanager
def _environment(samples: Path, long: bool) -> Iterator[dict[str, str]]:
    """The environment of the checks: throw-away servers and folders, whatever the caller's own settings say."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="chi-dao-test-", dir="/tmp"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        # The account of the databases must be able to enter it.
        folder.chmod(0o711)
        environment = dict(os.environ)
        environment["DATABASE_URL"] = stack.enter_context(embedded.postgres(folder / "postgresql", durable=False))
        environment["REDIS_URL"] = stack.enter_context(embedded.redis(folder / "redis"))
        environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "COPY_ROOT": str(folder / "copies"),
            "MAIL_FOLDER": str(folder / "mail"),
            "SAMPLES_DIR": str(samples.resolve()),
            # Hundreds of processes are started; what one has compiled the next one reads, whatever the caller's own
            # environment says.
            "PYTHONDONTWRITEBYTECODE": "",
        }
        if long:
            environment["LONG"] = "1"
        yield environment


def _everything(environment: dict[str, str]) -> int:
    with ThreadPoolExecutor(2) as two_at_a_time:
        results = dict(zip(CHECKS, two_at_a_time.map(partial(_checked, environment), CHECKS), strict=True))
    for name in (ALONE, TOGETHER):
        results[name] = _timed(name, ["pytest", *TESTS[name]], environment)
    if not results[TOGETHER][0]:
        results[AGAIN] = _timed(AGAIN, ["pytest", *TESTS[AGAIN]], environment)
    print("\nSummary")
    for name, (passed, seconds) in results.items():
        print(f"  {'passed' if passed else 'FAILED'}  {name:<22} {seconds:6.1f} s")
    failed = [name for name, (passed, _) in results.items() if not passed]
    print(f"{len(results) - len(failed)} of {len(results)} checks passed")
    if failed == [TOGETHER]:
        print("What failed passed by itself: it does not wait for what a busy machine gives late, and is to be mended.")
        return 0
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


def _checked(environment: dict[str, str], name: str) -> tuple[bool, float]:
    """Run one check beside another; what it says is printed in one piece."""
    began = time.monotonic()
    program, *words = CHECKS[name]
    done = subprocess.run(
        [str(PROGRAMS / program), *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    print(f"\n== {name}\n{done.stdout}", end="", flush=True)
    return done.returncode == 0, time.monotonic() - began


def _timed(name: str, words: list[str], environment: dict[str, str]) -> tuple[bool, float]:
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    code = _run(words, environment)
    return code == 0, time.monotonic() - began


def _run(words: list[str], environment: dict[str, str]) -> int:
    return subprocess.run([str(PROGRAMS / words[0]), *words[1:]], check=False, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    raise SystemExit(main())
