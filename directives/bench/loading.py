"""Put many rows into a table at once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection

AT_ONCE = 20_000
NULL = "\\N"


def copy_rows(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> int:
    """COPY `rows` into the named columns (separated by blanks) of `table`; returns how many there were.

    Lists become arrays of text, dictionaries JSON, None NULL.
    """
    remaining, copied = iter(rows), 0
    names = ", ".join(columns.split())
    while some := list(islice(remaining, AT_ONCE)):
        text = io.StringIO()
        csv.writer(text).writerows([_written(value) for value in row] for row in some)
        text.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')", text)
        copied += len(some)
    return copied


def _written(value: Any) -> object:
    if value is None:
        return NULL
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "{" + ",".join(f'"{word}"' for word in value) + "}"
    return value
