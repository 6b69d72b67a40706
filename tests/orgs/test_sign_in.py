"""Signing in: who gets in, who has to wait, and what a browser may keep."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

from orgs.middleware import ReadOnlyMiddleware, WroteWhileReading
from orgs.models import Person, SignInFailure
from orgs.throttle import MOST_FROM_EVERYWHERE, MOST_FROM_ONE_ADDRESS
from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def person() -> Person:
    return Person.objects.create_person("ngocanh", "Trần Ngọc Anh", PASSWORD)


def sign_in(client: Client, password: str, *, username: str = "ngocanh", address: str = "10.0.0.1", **more: str):
    facts = {"username": username, "password": password, **more}
    return client.post(reverse("sign_in"), facts, REMOTE_ADDR=address)


def test_the_right_password_leads_to_my_work(client: Client, person: Person) -> None:
    answer = sign_in(client, PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("my_work")
    assert client.get(reverse("my_work")).status_code == 200


def test_an_unknown_name_and_a_wrong_password_are_answered_with_the_same_words(client: Client, person: Person) -> None:
    wrong = sign_in(client, "sai-mat-khau")
    unknown = sign_in(client, "sai-mat-khau", username="khong-co-ai")
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_an_inactive_person_does_not_get_in(client: Client, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert sign_in(client, PASSWORD).status_code == 403


def test_after_five_failures_from_one_address_the_person_waits_there_and_nowhere_else(
    client: Client, person: Person
) -> None:
    for _attempt in range(MOST_FROM_ONE_ADDRESS):
        sign_in(client, "sai-mat-khau")
    waiting = sign_in(client, PASSWORD)
    assert waiting.status_code == 429
    assert "15" in str(waiting.context["form"].non_field_errors())
    assert sign_in(Client(), PASSWORD, address="10.0.0.2").status_code == 302


def test_somebody_elses_failures_at_the_same_gateway_hold_nobody_up(client: Client, person: Person) -> None:
    for _attempt in range(MOST_FROM_ONE_ADDRESS):
        sign_in(client, "sai-mat-khau", username="nguoikhac")
    assert sign_in(client, PASSWORD).status_code == 302


def test_the_spelling_of_the_name_does_not_give_more_attempts(client: Client, person: Person) -> None:
    for attempt in range(MOST_FROM_ONE_ADDRESS):
        sign_in(client, "sai-mat-khau", username="NgocAnh" if attempt % 2 else " ngocanh")
    assert sign_in(client, PASSWORD).status_code == 429


def test_twenty_failures_from_everywhere_make_new_browsers_wait_but_not_a_known_one(
    client: Client, person: Person
) -> None:
    sign_in(client, PASSWORD)
    client.post(reverse("sign_out"))
    for attempt in range(MOST_FROM_EVERYWHERE):
        sign_in(Client(), "sai-mat-khau", address=f"10.1.0.{attempt}")
    assert sign_in(Client(), PASSWORD, address="10.2.0.1").status_code == 429
    assert sign_in(client, PASSWORD).status_code == 302


def test_the_pause_ends_even_when_somebody_goes_on_trying(client: Client, person: Person) -> None:
    with time_machine.travel("2026-11-23 01:00:00+00:00", tick=False) as clock:
        for _attempt in range(MOST_FROM_ONE_ADDRESS):
            sign_in(client, "sai-mat-khau")
        for _minute in range(14):
            clock.shift(timedelta(minutes=1))
            assert sign_in(client, "sai-mat-khau").status_code == 429
        clock.shift(timedelta(minutes=2))
        assert sign_in(client, PASSWORD).status_code == 302


def test_coming_in_forgets_the_failures_of_this_address(client: Client, person: Person) -> None:
    sign_in(client, "sai-mat-khau")
    sign_in(client, PASSWORD)
    assert not SignInFailure.objects.exists()


def test_the_session_ends_with_the_working_day_whatever_is_done_in_between(client: Client, person: Person) -> None:
    with time_machine.travel("2026-11-23 01:00:00+00:00", tick=False) as clock:
        sign_in(client, PASSWORD)
        clock.shift(settings.SESSION_LIFETIME - timedelta(minutes=5))
        assert client.get(reverse("my_work")).status_code == 200
        clock.shift(timedelta(minutes=6))
        assert client.get(reverse("my_work")).status_code == 302


def test_a_page_that_was_asked_for_is_opened_after_signing_in(client: Client, person: Person) -> None:
    asked = client.get(reverse("tasks"))
    assert asked["Location"] == f"{reverse('sign_in')}?next={reverse('tasks')}"
    assert sign_in(client, PASSWORD, next=reverse("tasks"))["Location"] == reverse("tasks")


def test_nobody_is_led_to_another_site_after_signing_in(client: Client, person: Person) -> None:
    assert sign_in(client, PASSWORD, next="https://elsewhere.example/")["Location"] == reverse("my_work")


def test_signing_out_needs_a_press_and_clears_what_the_browser_kept(client: Client, person: Person) -> None:
    sign_in(client, PASSWORD)
    assert client.get(reverse("sign_out")).status_code == 405
    answer = client.post(reverse("sign_out"))
    assert '"cache"' in answer["Clear-Site-Data"]
    assert client.get(reverse("my_work")).status_code == 302


def test_pages_are_not_kept_and_run_nothing_of_others(client: Client, person: Person) -> None:
    sign_in(client, PASSWORD)
    answer = client.get(reverse("my_work"))
    assert answer["Cache-Control"] == "no-store, private"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_person_without_posts_is_told_whom_to_ask(client: Client, person: Person) -> None:
    client.force_login(person)
    answer = client.get(reverse("my_work"))
    assert answer.templates[0].name == "directives/no_posts.html"


def test_a_post_that_ended_yesterday_gives_nothing_today(client: Client) -> None:
    committee = factories.committee(ClockAt.on(date(2026, 11, 23)))
    client.force_login(committee.drafter)
    assert client.get(reverse("draft_new"), {"bi-mat": "khong"}).status_code == 200
    committee.drafter.posts.update(ends_on=date.today() - timedelta(days=1))
    assert client.get(reverse("draft_new")).status_code == 403


def test_a_new_password_replaces_the_old_one_and_ends_other_sessions(client: Client, person: Person) -> None:
    sign_in(client, PASSWORD)
    elsewhere = Client()
    sign_in(elsewhere, PASSWORD)
    new = "mot-mat-khau-khac"
    answer = client.post(
        reverse("change_password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert answer.status_code == 302
    assert client.get(reverse("my_work")).status_code == 200
    assert elsewhere.get(reverse("my_work")).status_code == 302
    assert sign_in(Client(), new).status_code == 302


def test_every_address_but_the_public_ones_leads_to_the_sign_in_page(client: Client) -> None:
    public = {"sign_in", "sign_out", "healthz", "readyz"}
    for pattern in own_patterns():
        if pattern.name in public:
            continue
        values = {name: some_value(converter) for name, converter in pattern.pattern.converters.items()}
        answer = client.get(reverse(pattern.name, kwargs=values))
        assert answer.status_code == 302, pattern.name
        assert answer["Location"].startswith(reverse("sign_in")), pattern.name


def some_value(converter: object) -> object:
    """What may stand in this place of an address; of our own words the first."""
    known = {IntConverter: 1, SlugConverter: "tu", StringConverter: "0" * 64, UUIDConverter: uuid4()}
    return known[type(converter)] if type(converter) in known else converter.to_python(converter.regex.split("|")[0])


def own_patterns() -> list[URLPattern]:
    """Every address of the program."""
    return [pattern for part in get_resolver().url_patterns for pattern in getattr(part, "url_patterns", [part])]


def test_a_page_that_only_shows_something_cannot_write() -> None:
    def writes(request: HttpRequest) -> HttpResponse:
        SignInFailure.objects.create(username="x", address="x", at="2026-11-23T09:00:00Z")
        return HttpResponse()

    middleware = ReadOnlyMiddleware(writes)
    with pytest.raises(WroteWhileReading), transaction.atomic():
        middleware(RequestFactory().get("/"))
    assert middleware(RequestFactory().post("/")).status_code == 200
    assert SignInFailure.objects.count() == 1
