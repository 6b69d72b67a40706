"""The world of the access tests, made once, and its files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from tests.access.asking import everything
from tests.access.question import Question
from tests.access.traces import rail_counted_once
from tests.access.world import AccessWorld
from tests.directives.lasting_world import gone_at_the_end


@pytest.fixture(scope="package")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the world lie."""
    return tmp_path_factory.mktemp("copies")


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, copies: Path) -> Iterator[AccessWorld]:
    """Both committees, left as they are by every question."""
    with gone_at_the_end(django_db_blocker), override_settings(COPY_ROOT=copies):
        yield AccessWorld.made()


@pytest.fixture(scope="package")
def questions(world: AccessWorld) -> list[Question]:
    """Every question about the first committee; to fill all its forms takes longer than many answers."""
    return everything(world)


@pytest.fixture(autouse=True)
def files_of_the_world(folders: None, settings: Settings, copies: Path) -> None:
    """A test finds the files where the world has put them."""
    settings.COPY_ROOT = copies


@pytest.fixture
def counted_once() -> Iterator[None]:
    """Every answer is undone, so that the rail of a person is the same on every page of the test."""
    with rail_counted_once():
        yield
