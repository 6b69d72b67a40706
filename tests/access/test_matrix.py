"""The access matrix is asked of the program, question by question, and no answer tells what it must not.

The short run asks every question whose answer differs, and of those that are refused alike some for each person, other
ones for the next person; `script/test --long` asks all of everybody.
"""

from __future__ import annotations

import pytest

from directives.views import files
from tests.access.asking import questions_about, route_names
from tests.access.canaries import words_in
from tests.access.crawl import wrong_answers, wrong_to_nobody
from tests.access.matrix import LINES, elsewhere, some_for
from tests.access.question import Question
from tests.access.sight import ONE_OF_EACH, PEOPLE
from tests.access.world import OTHER, AccessWorld

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted_once")]


def test_every_route_of_the_program_stands_in_the_matrix() -> None:
    missing = route_names() - {line.route.split()[0] for line in LINES}
    assert not missing, f"say in tests/access/matrix.py who may open: {', '.join(sorted(missing))}"


def test_every_line_of_the_matrix_is_asked(questions: list[Question]) -> None:
    assert {line.route for line in LINES} == {question.route for question in questions}


def test_the_matrix_names_every_person_of_the_world(world: AccessWorld) -> None:
    assert set(PEOPLE) == world.people.keys()


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_is_answered_as_the_matrix_says_and_reads_nothing_else(
    world: AccessWorld, questions: list[Question], who: str, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = wrong_answers(world, who, some_for(who, questions))
    assert not wrong, "\n".join([who, *wrong])
    assert not words_in(caplog.text), "the log tells what is written in a paper"


@pytest.mark.long
@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_is_answered_as_the_matrix_says_about_every_object(
    world: AccessWorld, questions: list[Question], who: str
) -> None:
    wrong = wrong_answers(world, who, questions)
    assert not wrong, "\n".join([who, *wrong])


@pytest.mark.parametrize("who", ONE_OF_EACH)
def test_nothing_of_another_committee_is_there(world: AccessWorld, who: str) -> None:
    questions = list(questions_about(world, OTHER))
    wrong = wrong_answers(world, who, some_for(who, questions, elsewhere), elsewhere)
    assert not wrong, "\n".join([who, *wrong])


@pytest.mark.long
@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "stranger"])
def test_no_object_of_another_committee_is_there(world: AccessWorld, who: str) -> None:
    wrong = wrong_answers(world, who, questions_about(world, OTHER), elsewhere)
    assert not wrong, "\n".join([who, *wrong])


def test_nobody_reads_anything_before_signing_in(world: AccessWorld, questions: list[Question]) -> None:
    wrong = wrong_to_nobody(world, questions)
    assert not wrong, "\n".join(wrong)


def test_a_file_that_is_given_by_its_id_alone_is_noticed(
    world: AccessWorld, questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "get_object_or_404", lambda papers, **ids: papers.model.objects.get(**ids))
    previews = [question for question in questions if question.route == "file final"]
    wrong = wrong_answers(world, "unrelated clerk", previews)
    assert any("200, the matrix says 404" in line for line in wrong)
    assert any("shows the paper restricted sent" in line for line in wrong)
