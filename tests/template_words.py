"""Finds what a template shows without asking the catalogue."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = re.compile(r"{%-?\s*(blocktranslate|blocktrans|comment)\b.*?{%-?\s*end\1\s*-?%}|{#.*?#}|{%.*?%}", re.DOTALL)
# A block that a page fills with the name of a CSS class.
_CLASS_BLOCK = re.compile(r"{%\s*block\s+\w*_class\s*%}[\w\s-]*{%\s*endblock\b.*?%}")
_VARIABLE = re.compile(r"{{(.*?)}}", re.DOTALL)
# Filters whose words reach the reader; a date format is no word.
_SAYING_FILTER = re.compile(r"""\|(?:default|default_if_none|yesno|pluralize|add):(_\()?("[^"]*"|'[^']*')""")
# Words handed on to another template; a lower-case word without a space is a name of the code (kind="primary").
_HANDED_ON = re.compile(r"""{%\s*(?:include|with)\b[^%]*?%}""")
_HANDED_WORDS = re.compile(r"""=\s*("[^"]*"|'[^']*')""")
_READ_ALOUD = frozenset({"alt", "aria-label", "aria-description", "placeholder", "summary", "title", "label"})
_BUTTONS = frozenset({"submit", "button", "reset"})


class _Reader(HTMLParser):
    """Gathers the texts and the spoken attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes that are shown or read aloud; what stands in script and style is not shown."""
        if tag in {"script", "style"}:
            self._silent += 1
        facts = {name: value or "" for name, value in attrs}
        spoken = {name for name in facts if name in _READ_ALOUD}
        if tag == "input" and facts.get("type") in _BUTTONS:
            spoken.add("value")
        if tag == "meta" and facts.get("name") == "description":
            spoken.add("content")
        self.words += [facts[name] for name in sorted(spoken)]

    def handle_endtag(self, tag: str) -> None:
        """A closed script or style ends its silence."""
        if tag in {"script", "style"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Take the text that is shown."""
        if not self._silent:
            self.words.append(data)


def untranslated_words(template: str, *, is_html: bool) -> list[str]:
    """The visible letters of a template that stand outside translate and blocktranslate, in their order."""
    words = [
        literal[1:-1]
        for tag in _HANDED_ON.findall(template)
        for literal in _HANDED_WORDS.findall(tag)
        if re.search(r"\s|[^\W\d_a-z]", literal[1:-1])
    ]
    bare = _BLOCKS.sub(" ", _CLASS_BLOCK.sub(" ", template))
    words += [
        literal.strip("\"'")
        for variable in _VARIABLE.findall(bare)
        for translated, literal in _SAYING_FILTER.findall(variable)
        if not translated
    ]
    bare = _VARIABLE.sub(" ", bare)
    if is_html:
        reader = _Reader()
        reader.feed(bare)
        reader.close()
        words += reader.words
    else:
        words.append(bare)
    shown = [" ".join(text.split()) for text in words]
    return [text for text in shown if any(letter.isalpha() for letter in text)]
