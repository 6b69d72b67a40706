"""WordprocessingML by the names of its elements, whichever of its two namespaces a program writes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_OFF = {"0", "false", "off", "none"}


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The first element on this path, None where a step is missing."""
    for step in path:
        element = next((each for each in (() if element is None else element) if name_of(each) == step), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The elements of this name right beneath."""
    return (each for each in (() if element is None else element) if name_of(each) == name)


def fact(element: Element | None, key: str = "val") -> str:
    """An attribute by its name without the namespace, empty where there is none."""
    if element is None:
        return ""
    return next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == key), "")


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property such as bold is set; without a value it is."""
    found = child(properties, name)
    return found is not None and fact(found).lower() not in _OFF


def number(element: Element | None, key: str = "val", otherwise: int = 0) -> int:
    """An attribute that is a number."""
    written = fact(element, key)
    return int(written) if written.isdecimal() else otherwise
