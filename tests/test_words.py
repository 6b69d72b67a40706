"""The program speaks the office's Vietnamese, everywhere and with the right words."""

from __future__ import annotations

import gettext
import re
from io import BytesIO, StringIO
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from config import catalogue
from config.messages import Message, collect, in_python, in_template
from tests.template_words import untranslated_words
from tests.words_to_avoid import AVOIDED, faults_in

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})
# The printed page is Vietnamese by rule, whatever the language of the screen.
SCREENS_AND_MAILS = [path for path in TEMPLATES if not path.is_relative_to(ROOT / "templates" / "documents")]

# Names that are the same in every language.
NAMES = ("Chỉ Đạo", "PDF", "SHA-256")


def vietnamese(entry: polib.POEntry) -> str:
    """The Vietnamese of an entry, plural or not."""
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


# A key of the keyboard (Ctrl+B, F8), and the face of a button that is one letter (B, I, U).
KEYS = re.compile(r"\b(?:(?:Ctrl|Shift|Alt)\+)+(?:\w+\b|[↑↓])|\(Tab\)|\bF\d{1,2}\b|^\s*[A-Z]\s*$")


def without_names(text: str) -> str:
    """The text without the names that are the same in every language."""
    text = KEYS.sub("", text)
    for name in NAMES:
        text = text.replace(name, "")
    return text


def test_every_string_of_the_program_has_its_vietnamese() -> None:
    current = catalogue.brought_up_to_date(catalogue.opened(ROOT / catalogue.CATALOGUE), collect(ROOT))
    assert catalogue.lacking(current) == []


def test_the_catalogue_holds_the_strings_of_the_program_and_no_others() -> None:
    kept = catalogue.opened(ROOT / catalogue.CATALOGUE)
    assert str(kept) == str(catalogue.brought_up_to_date(kept, collect(ROOT)))


def test_every_placeholder_of_a_string_is_in_its_vietnamese() -> None:
    assert catalogue.with_other_placeholders(catalogue.opened(ROOT / catalogue.CATALOGUE)) == []


def test_no_vietnamese_string_says_a_word_that_the_office_avoids() -> None:
    entries = catalogue.opened(ROOT / catalogue.CATALOGUE)
    faults = {entry.msgid: found for entry in entries if (found := list(faults_in(vietnamese(entry))))}
    assert faults == {}


def test_every_vietnamese_string_begins_and_ends_like_the_english() -> None:
    # A sentence stays a sentence and a label a label: no full stop or colon is lost or added.
    different = [
        entry.msgid
        for entry in catalogue.opened(ROOT / catalogue.CATALOGUE)
        if entry.msgid.strip()[-1:] in ".:?…"
        and vietnamese(entry).strip()[-1:] != entry.msgid.strip()[-1:]
        and re.search(r"\w", entry.msgid)
    ]
    assert different == []


@pytest.mark.parametrize("template", SCREENS_AND_MAILS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_shows_no_words_of_its_own(template: Path) -> None:
    found = untranslated_words(template.read_text(encoding="utf-8"), is_html=template.suffix == ".html")
    assert [words for words in found if any(letter.isalpha() for letter in without_names(words))] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_says_a_word_that_the_office_avoids(template: Path) -> None:
    shown = untranslated_words(template.read_text(encoding="utf-8"), is_html=template.suffix == ".html")
    assert [fault for words in shown for fault in faults_in(words)] == []


# The same checks on faults that were planted: each is found.


@pytest.mark.parametrize("word", [word for avoided in AVOIDED for word in avoided.words])
def test_an_avoided_word_is_found_in_the_middle_of_a_sentence(word: str) -> None:
    assert any(repr(word) in fault for fault in faults_in(f"Đồng chí xem {word.capitalize()}, rồi báo lại."))


def test_an_avoided_word_is_not_found_inside_another_word_or_in_its_right_phrase() -> None:
    assert list(faults_in("Bản chính, bạng, nhạy bén; hủy số 12 và hủy bản giấy")) == []
    assert list(faults_in("Hủy văn bản số 12")) != []


def test_an_exclamation_mark_is_found() -> None:
    assert list(faults_in("Đã gửi!")) == ["an exclamation mark"]


@pytest.mark.parametrize(
    "template",
    [
        "<p>Send</p>",
        '<img src="a.png" alt="seal">',
        '<input type="submit" value="Send">',
        "{{ name|default:'nobody' }}",
        "{% if ready %}<b>{{ name }} is late</b>{% endif %}",
        '{% blocktranslate %}Late{% endblocktranslate %}<td title="late">1</td>',
        '{% include "orgs/_field.html" with label="Sent to" %}',
        "{% verbatim %}Late{% endverbatim %}",
        "{% block title %}Late{% endblock %}",
    ],
)
def test_words_outside_the_catalogue_are_found_in_a_page(template: str) -> None:
    assert untranslated_words(template, is_html=True) != []


@pytest.mark.parametrize(
    "template",
    [
        '<p class="late">{% translate "Send" %}</p><script nonce="{{ nonce }}">let word = 1;</script>',
        "{# a remark #}{% comment %}another{% endcomment %}{{ day|date:'d/m/Y' }} &middot; 12 %",
        '<a href="{% url "inbox" %}"{% if here %} aria-current="page"{% endif %}>{{ label|default:_("Inbox") }}</a>',
        '<input type="hidden" name="key" value="abc">',
        "{% block body_class %}door{% endblock %}",
        '{% include "orgs/_field.html" with kind="primary" label=_("Sent to") %}',
    ],
)
def test_a_page_that_asks_the_catalogue_for_every_word_is_clean(template: str) -> None:
    assert untranslated_words(template, is_html=True) == []


def test_words_outside_the_catalogue_are_found_in_a_mail() -> None:
    assert untranslated_words("{% translate 'Comrade' %},\nyou have {{ count }} papers", is_html=False) != []


def test_strings_are_found_in_python_in_every_way_of_marking_them() -> None:
    code = '_("a")\nngettext("one", "many", n)\npgettext_lazy("step", "Issue")\nother.gettext("b" "c")\n_(variable)\n'
    assert [(message.context, message.text, message.plural) for message in in_python(code, "x.py")] == [
        ("", "a", ""),
        ("", "one", "many"),
        ("step", "Issue", ""),
        ("", "bc", ""),
    ]


def test_strings_are_found_in_templates_in_every_way_of_marking_them() -> None:
    template = (
        "{% translate 'a' %}{% translate \"it's 5 %\" context 'step' %}{{ x|default:_('b') }}"
        "{% blocktranslate trimmed with day=due %}\n  until {{ day }}\n  at most{% endblocktranslate %}"
        "{% blocktranslate count n=late %}one{% plural %}{{ n }} late{% endblocktranslate %}"
    )
    assert [(message.context, message.text, message.plural) for message in in_template(template, "x.html")] == [
        ("", "a", ""),
        ("step", "it's 5 %%", ""),
        ("", "b", ""),
        ("", "until %(day)s at most", ""),
        ("", "one", "%(n)s late"),
    ]


def test_bringing_up_to_date_keeps_the_vietnamese_and_drops_what_is_gone() -> None:
    first = catalogue.brought_up_to_date(polib.POFile(), [Message("kept"), Message("gone")])
    first[0].msgstr = "còn"
    second = catalogue.brought_up_to_date(first, [Message("new"), Message("kept", sources=("orgs/a.py",))])
    assert [(entry.msgid, entry.msgstr) for entry in second] == [("new", ""), ("kept", "còn")]
    assert catalogue.lacking(second) == ["new"]


def test_a_placeholder_that_is_lost_in_the_vietnamese_is_found() -> None:
    book = catalogue.brought_up_to_date(polib.POFile(), [Message("%(count)s late")])
    book[0].msgstr = "quá hạn"
    assert catalogue.with_other_placeholders(book) == ["%(count)s late"]


def test_a_compiled_catalogue_speaks_vietnamese_in_both_numbers(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    book = catalogue.brought_up_to_date(
        polib.POFile(), [Message("one day", plural="%(n)s days"), Message("Issue", context="step")]
    )
    book[0].msgstr_plural = {0: "%(n)s ngày"}
    book[1].msgstr = "Phát hành"
    catalogue.write(book, path)
    words = gettext.GNUTranslations(BytesIO(catalogue.compile_catalogue(path).read_bytes()))
    assert words.ngettext("one day", "%(n)s days", 1) == words.ngettext("one day", "%(n)s days", 5) == "%(n)s ngày"
    assert words.pgettext("step", "Issue") == "Phát hành"
    assert [file.name for file in tmp_path.iterdir() if file.suffix not in {".po", ".mo"}] == []


def test_the_check_names_a_string_without_vietnamese(settings: Settings, tmp_path: Path) -> None:
    settings.ROOT = tmp_path
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{% translate 'Nobody wrote this' %}", encoding="utf-8")
    call_command("messages", stdout=StringIO())
    with pytest.raises(CommandError, match="no Vietnamese: Nobody wrote this"):
        call_command("messages", "--check", stdout=StringIO())


def test_the_check_says_when_the_catalogue_is_behind_the_program(settings: Settings, tmp_path: Path) -> None:
    settings.ROOT = tmp_path
    with pytest.raises(CommandError, match="not up to date"):
        call_command("messages", "--check", stdout=StringIO())
