"""What `script/test` makes of tests that fail while others run beside them."""

from __future__ import annotations

import pytest

from tests import suite
from tests.suite import AGAIN, ALONE, TOGETHER


def suite_of(failing: set[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """The exit code when these runs of pytest fail and every check passes, and which runs there were."""
    ran: list[str] = []

    def timed(name: str, words: list[str], environment: dict[str, str]) -> tuple[bool, float]:
        ran.append(name)
        return name not in failing, 0

    monkeypatch.setattr(suite, "_checked", lambda environment, name: (True, 0))
    monkeypatch.setattr(suite, "_timed", timed)
    return suite._everything({}), ran


@pytest.mark.parametrize(
    ("failing", "runs", "code"),
    [
        pytest.param(set(), [ALONE, TOGETHER], 0, id="nothing fails"),
        pytest.param({TOGETHER}, [ALONE, TOGETHER, AGAIN], 0, id="only beside others"),
        pytest.param({TOGETHER, AGAIN}, [ALONE, TOGETHER, AGAIN], 1, id="by itself as well"),
        pytest.param({ALONE}, [ALONE, TOGETHER], 1, id="one that always runs by itself"),
        pytest.param({ALONE, TOGETHER}, [ALONE, TOGETHER, AGAIN], 1, id="one that always runs by itself, and another"),
    ],
)
def test_what_fails_beside_others_fails_the_run_when_it_fails_by_itself(
    failing: set[str], runs: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert suite_of(failing, monkeypatch) == (code, runs)


def test_what_failed_only_beside_others_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    suite_of({TOGETHER}, monkeypatch)
    assert "passed by itself" in capsys.readouterr().out
