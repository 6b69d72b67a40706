"""How long a page takes, beside a bare call of WeasyPrint and beside other programs, and what it leaves in memory."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from directives.bench.figures import WARM_UP, table
from directives.bench.texts import Writer
from directives.document import Annex, Block, BlockKind, Cell, Document, Issuer, Number, Run, Signature, SignatureLine
from directives.page_image import png_of
from directives.rendering import for_the_screen, render
from directives.rendering.bare import bare_pdf, page_with_style

SEED = 20261122
LETTER_PAGES, PLAN_PAGES, ANNEX_PAGES = 2, 30, 200
_ROWS_OF_A_PAGE, _LETTERS_OF_A_PAGE = 35, 3000
_RENDERS, _SETTLED = 2000, 100
_MB = 1024
_SIGNATURE = Signature(
    (SignatureLine("T/M BAN THƯỜNG VỤ", "authority"), SignatureLine("BÍ THƯ", "position")), "Nguyễn Văn Hòa"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds by the clock, and of computing alone; where others use the machine only the second is ours."""

    clock: float
    computing: float

    def __str__(self) -> str:
        return f"{self.clock:.0f} ms, computing {self.computing:.0f} ms"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured, with its figure and what it is held against."""

    what: str
    figure: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class RenderFigures:
    """Everything that was measured."""

    measures: list[Measure] = field(default_factory=list)

    def table(self) -> str:
        """The figures in columns."""
        return table(("what", "figure", "beside"), [(each.what, each.figure, each.beside) for each in self.measures])


def measure_rendering(count: int, *, long: bool) -> RenderFigures:
    """Measure with `count` runs of each kind; the runs that take minutes only where they are asked for."""
    letter = paper_of(LETTER_PAGES)
    html = page_with_style(letter)
    own, bare = in_turn([lambda: render(letter), lambda: bare_pdf(html)], count)
    seen = in_turn([lambda: png_of(for_the_screen(letter), 1)], count)[0]
    plan = paper_of(PLAN_PAGES)
    planned = in_turn([lambda: render(plan)], max(count // 5, 3))[0]
    figures = [
        Measure("letter of two pages, PDF/A-2a", str(own), f"{own.computing / bare.computing:.2f} of a bare call"),
        Measure("a bare call of WeasyPrint on the same HTML", str(bare)),
        Measure("page of a preview, PNG, two pages laid out", str(seen), "at most 120 ms"),
        Measure("plan of 30 pages", str(planned), f"{planned.clock / PLAN_PAGES:.0f} ms a page; at most 1500 ms"),
        *other_programs(html, own),
    ]
    if long:
        figures += [memory_after_many(letter), long_annex()]
    return RenderFigures(figures)


def paper_of(pages: int) -> Document:
    """Return a paper of about so many pages, always the same one."""
    writer = Writer(Random(SEED))
    texts = [text for _ in range(10 * pages) for _id, text in writer.paper().items]
    # A page holds some 3,000 letters; head and signature take the room of most of one.
    enough, taken = _LETTERS_OF_A_PAGE * pages - 2400, 0
    body: list[Block] = []
    for place, text in enumerate(texts, start=1):
        if taken > enough:
            break
        body.append(Block(BlockKind.ITEM, f"{place}.", (Run(text),)))
        taken += len(text) + 60
    return Document(
        type="CV",
        profile="HD05",
        issuer=Issuer(None, "TỈNH ỦY SƠN HÀ", "TU"),
        number=Number(12, "", "CV/TU"),
        place="Sơn Hà",
        body=tuple(body),
        signature=_SIGNATURE,
    )


def annex_table(pages: int) -> Document:
    """Return a plan with one annex: a table over so many pages."""
    writer = Writer(Random(SEED))
    head = _row("TT", "Đơn vị", "Người phụ trách", "Ghi chú")
    rows = [
        _row(str(place), writer.places[place % len(writer.places)], writer.person(), "")
        for place in range(1, _ROWS_OF_A_PAGE * pages)
    ]
    listed = Block(BlockKind.TABLE, children=(head, *rows), head_rows=1)
    return Document(
        type="KH",
        profile="HD05",
        issuer=Issuer(None, "TỈNH ỦY SƠN HÀ", "TU"),
        body=(Block(BlockKind.PARAGRAPH, runs=(Run("Danh sách tại Phụ lục."),)),),
        signature=_SIGNATURE,
        annexes=(Annex("Danh sách đơn vị", (listed,)),),
    )


def in_turn(runs: list[Callable[[], object]], count: int, warm_up: int = WARM_UP) -> list[Taken]:
    """Return the middle times of each, run one after the other so that all meet the same machine."""
    for run in runs * warm_up:
        run()
    taken: list[list[Taken]] = [[] for _ in runs]
    for _ in range(count):
        for times, run in zip(taken, runs, strict=True):
            clock, computing = perf_counter(), _computing()
            run()
            times.append(Taken((perf_counter() - clock) * 1000, (_computing() - computing) * 1000))
    return [Taken(median(one.clock for one in times), median(one.computing for one in times)) for times in taken]


def other_programs(html: str, own: Taken) -> list[Measure]:
    """Measure a new process of LibreOffice and of Chromium on the same HTML, where they are installed."""
    found: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="chi-dao-bench-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        commands = {
            "soffice": ["--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"],
            "chromium": ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={folder}/chromium.pdf"],
        }
        for program, options in commands.items():
            path = shutil.which(program)
            what = f"a new process of {program}"
            if path is None:
                found.append(Measure(what, "not installed"))
                continue
            [taken] = in_turn([partial(_converted, [path, *options, str(page)], folder)], 3, warm_up=0)
            found.append(Measure(what, str(taken), f"{taken.clock / own.clock:.0f} times ours"))
    return found


def memory_after_many(letter: Document) -> Measure:
    """Render one letter 2,000 times; tell how much memory grew after the first hundred."""
    for _ in range(_SETTLED):
        render(letter)
    settled = _resident_kb()
    for _ in range(_RENDERS - _SETTLED):
        render(letter)
    grown = _resident_kb() / settled - 1
    return Measure("memory after 2,000 letters", f"{settled / _MB:.0f} MB, {grown:+.1%}", "less than +10 %")


def long_annex() -> Measure:
    """Render a table over 200 pages once; the peak is that of the process so far."""
    listed = annex_table(ANNEX_PAGES)
    began = perf_counter()
    pages = render(listed).pages
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB
    return Measure(f"table over {pages - 1} pages of an annex", f"{seconds:.1f} s, peak {peak:.0f} MB")


def _row(*cells: str) -> Block:
    return Block(BlockKind.ROW, cells=tuple(Cell((Run(text),)) for text in cells))


def _resident_kb() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def _converted(words: list[str], folder: str) -> None:
    subprocess.run(words, capture_output=True, timeout=120, check=True, cwd=folder)


def _computing() -> float:
    """Seconds of computing of this process and of those that it started and that ended."""
    taken = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in taken)
