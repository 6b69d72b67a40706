"""The buttons above the text of a draft, each with its key, and the lists of units in the panel of an item."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

MARKERS_OFFERED = ("I.", "1.", "1.1.", "(1)", "a)", "-", "+", "*")
"""What the toolbar offers; any other marker of the office is typed."""
FOLLOWS, ACCEPTS, ADDS_ANNEX = "F2", "F8", "F9"
"""The keys that change how an item is followed, that accept what is offered, and that add an annex."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A button: what it does (static/js/editor/toolbar.js, table_bar.js), its name and keys, and how it looks.

    `stays`: it is on or off. A button without an icon shows its `face`.
    """

    do: str
    label: str
    keys: str = ""
    icon: str = ""
    face: str = ""
    look: str = ""
    stays: bool = False


def tools() -> dict[str, list[Tool]]:
    """The buttons in their groups."""
    return {
        "styles": [
            Tool("bold", _("Bold"), "Ctrl+B", face="B", look="tool--bold", stays=True),
            Tool("italic", _("Italic"), "Ctrl+I", face="I", look="tool--italic", stays=True),
            Tool("underline", _("Underlined"), "Ctrl+U", face="U", look="tool--underline", stays=True),
        ],
        "blocks": [
            Tool("outdent", _("One level out"), "Shift+Tab", icon="outdent"),
            Tool("indent", _("One level in"), "Tab", icon="indent"),
            Tool("up", _("Move up"), "Alt+↑", icon="up"),
            Tool("down", _("Move down"), "Alt+↓", icon="down"),
            Tool("count", _("Number anew"), "Ctrl+Shift+9", face=_("Number anew"), look="tool--wide"),
            Tool("follow", _("Make it a task"), FOLLOWS, face=_("Make it a task"), look="tool--wide"),
            Tool("table", _("Insert a table"), icon="table"),
        ],
        "steps": [
            Tool("undo", _("Undo"), "Ctrl+Z", icon="undo"),
            Tool("redo", _("Redo"), "Ctrl+Y", icon="redo"),
        ],
    }


def table_tools() -> list[tuple[str, list[Tool]]]:
    """The buttons of the table in which the cursor is: the name of each group, and its buttons."""
    return [
        (
            _("Row"),
            [
                Tool("rowAbove", _("Add a row above"), icon="row-above"),
                Tool("rowBelow", _("Add a row below"), icon="row-below"),
                Tool("rowUp", _("Move the row up"), "Alt+↑", icon="up"),
                Tool("rowDown", _("Move the row down"), "Alt+↓", icon="down"),
                Tool("rowOut", _("Take the row out"), icon="row-out"),
            ],
        ),
        (
            _("Column"),
            [
                Tool("columnBefore", _("Add a column on the left"), icon="column-before"),
                Tool("columnAfter", _("Add a column on the right"), icon="column-after"),
                Tool("columnOut", _("Take the column out"), icon="column-out"),
            ],
        ),
        (
            _("Table"),
            [
                Tool(
                    "head",
                    _("The first row names the columns, on every page"),
                    face=_("Column names"),
                    look="tool--wide",
                    stays=True,
                ),
                Tool("beneath", _("Go on beneath the table"), "Ctrl+Enter", icon="beneath"),
                Tool("tableOut", _("Take the table out"), face=_("Take the table out"), look="tool--wide"),
            ],
        ),
    ]


def parts() -> list[tuple[str, str, str]]:
    """The lists of units in the panel: the part, its name, and the way of following in which it is shown."""
    return [
        ("lead", _("Leads"), "task"),
        ("coordinating", _("Coordinates"), "task"),
        ("informed", _("For information"), "task"),
        ("each", _("Units"), "each"),
    ]
