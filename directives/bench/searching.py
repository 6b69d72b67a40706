"""How fast people with few and many rights find a phrase, against search by positions on the same texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from directives import search
from directives.bench.figures import Times, table, times_of, verdict
from directives.bench.pages import ask, queries_of
from directives.models import Directive
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Person
from orgs.vietnamese import fold

PHRASES = {
    "công tác phòng cháy, chữa cháy rừng": "very common",
    "kế hoạch": "very common pair",
    "phong chay": "very common pair without accents",
    "di dời dân khỏi vùng sạt lở": "less common",
    "det tho cam": "less common, without accents",
    "phối hợp thực hiện đê điều": "across two phrases",
    "Triệu Thanh Thụy": "a rare name",
    "trieu thanh thuy": "a rare name without accents",
    "báo": "one syllable",
    "hàng không vũ trụ": "nowhere",
    "120": "a number",
    "120-CV": "a number and the beginning of its symbol",
}
SHOWN = 50
LONGEST_SQL = 20.0


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """One phrase: how many of the first fifty are found, milliseconds as SQL, through the program and by positions."""

    who: str
    phrase: str
    kind: str
    found: int
    sql: Times
    program: Times
    by_positions: Times | None

    @property
    def missed(self) -> list[str]:
        """The target that p95 of the SQL misses."""
        return [f"{LONGEST_SQL:g} ms"] if self.sql.p95 > LONGEST_SQL else []

    def data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self) | {"missed": self.missed}


def measure_search(people: dict[str, str], count: int) -> list[SearchFigures]:
    """Search as each of these (what they are: sign-in name), `count` times, the fifty newest papers at a time."""
    _index_positions()
    members = {who: Member.of(Person.objects.get(username=username), CLOCK.today()) for who, username in people.items()}
    return [
        _measure(who, member, phrase, kind, count)
        for who, member in members.items()
        for phrase, kind in PHRASES.items()
    ]


def search_table(figures: Sequence[SearchFigures]) -> str:
    """For people."""
    heads = ("who", "phrase", "", "found", "SQL p50", "SQL p95", "program p50", "p95", "positions p50", "p95", " ")
    rows = [
        (
            *(each.who, each.phrase, each.kind, each.found),
            *(each.sql.p50, each.sql.p95, each.program.p50, each.program.p95),
            *((each.by_positions.p50, each.by_positions.p95) if each.by_positions else ("-", "-")),
            verdict(each.missed),
        )
        for each in figures
    ]
    return (
        f"{table(heads, rows)}\n"
        "Positions: phraseto_tsquery over a GIN index of to_tsvector('simple'), the same rights, the same fifty rows;\n"
        "it knows no search without accents and no numbers."
    )


def _measure(who: str, member: Member, phrase: str, kind: str, count: int) -> SearchFigures:
    visible = Directive.objects.visible_to(member)
    questions = queries_of(lambda: search.newest(visible, phrase, SHOWN))
    positions = RawSQL("SELECT id FROM bench_positions WHERE words @@ phraseto_tsquery('simple', %s)", [phrase])
    newest = visible.filter(pk__in=positions).order_by("-changed_at").values_list("pk", flat=True)[:SHOWN]
    by_positions = [newest.query.sql_with_params()]
    comparable = fold(phrase) != phrase.lower()
    return SearchFigures(
        who=who,
        phrase=phrase,
        kind=kind,
        found=len(search.newest(visible, phrase, SHOWN)),
        sql=times_of(lambda: ask(questions), count),
        program=times_of(lambda: search.newest(Directive.objects.visible_to(member), phrase, SHOWN), count),
        by_positions=times_of(lambda: ask(by_positions), count) if comparable else None,
    )


def _index_positions() -> None:
    """The usual way to search for phrases, kept on a table of the bench's own."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("DROP TABLE IF EXISTS bench_positions")
        cursor.execute(
            "CREATE TABLE bench_positions AS SELECT id, to_tsvector('simple', subject || ' . ' ||"
            " (SELECT string_agg(line #>> '{}', ' . ') FROM jsonb_path_query(text, '$.body[*].runs[*].text') line))"
            " AS words FROM directives_directive"
        )
        cursor.execute("CREATE INDEX ON bench_positions USING gin (words)")
        cursor.execute("ANALYZE bench_positions")
        cursor.execute("RESET statement_timeout")
