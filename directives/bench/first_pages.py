"""What the first pages that a unit opens weigh: each page with every file that a new browser loads for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag

from django.urls import reverse

from directives.bench.figures import table, verdict
from directives.bench.pages import OPENED, Open
from directives.models import Delivery
from orgs.member import Member

HEAVIEST = 60_000
FIRST_OPENED = 5
"""Of so many papers that wait to be received the heaviest counts."""
LOADED_FROM = {"link": "href", "script": "src", "img": "src", "use": "href"}


@dataclass(frozen=True, slots=True)
class Weight:
    """One page with an empty cache: bytes of the page itself, the files it loads and all bytes together."""

    page: str
    address: str
    page_bytes: int
    files: int
    bytes: int

    @property
    def missed(self) -> list[str]:
        """The target that it misses."""
        return [f"{HEAVIEST / 1000:g} kB"] if self.bytes > HEAVIEST else []

    def data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self) | {"missed": self.missed}


def weigh(member: Member, get: Open) -> list[Weight]:
    """My work, the inbox, and the heaviest of the papers that came first: what a mail and a sign-in lead to."""
    waiting = Delivery.objects.open_to(member).waiting_to_be_received().order_by("-sent_at")
    came = waiting.exclude(directive__issuer__in=member.organization_ids)
    papers = [reverse("directive", args=[key]) for key in came.values_list("directive_id", flat=True)[:FIRST_OPENED]]
    weights = [_weight(page, reverse(page), get) for page in ("my_work", "inbox")]
    heaviest = max(
        (_weight("directive", address, get) for address in papers), key=lambda each: each.bytes, default=None
    )
    return [*weights, *([heaviest] if heaviest else [])]


def weights_table(weights: list[Weight]) -> str:
    """For people."""
    rows = [
        (
            *(each.page, f"{each.page_bytes / 1000:.1f}", each.files, f"{each.bytes / 1000:.1f}"),
            verdict(each.missed),
        )
        for each in weights
    ]
    return table(("first page of a unit", "kB", "files", "all kB", ""), rows)


def _weight(page: str, address: str, get: Open) -> Weight:
    status, answer = get(address)
    if status != OPENED:
        raise AssertionError(f"{address} answers {status}")
    files = _Files()
    files.feed(answer.decode())
    sizes = [len(get(name)[1]) for name in sorted(files.found)]
    return Weight(page, address, len(answer), len(sizes), len(answer) + sum(sizes))


class _Files(HTMLParser):
    """The addresses of style sheets, scripts, icons and images of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what this element loads."""
        wanted = LOADED_FROM.get(tag)
        self.found.update(urldefrag(value).url for name, value in attrs if name == wanted and value)
