"""The dialogs that say whether the values of a column are numbers, dates, an ordered list or text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotegrid.domain.people.sheet import SheetRow
from quotegrid.domain.people.value_types import AttributeType, ValueType
from quotegrid.tui.people.table import head_of, known_values
from quotegrid.tui.widgets.ask_text import AskTextScreen
from quotegrid.tui.widgets.base_screen import WorkbenchScreen
from quotegrid.tui.widgets.choose_one import ChooseOneScreen
from quotegrid.workflows.people.attribute_types import CHOICES, set_type
from quotegrid.workflows.study.folder import StudyFolder


def ask_type(
    screen: WorkbenchScreen,
    study: StudyFolder,
    field: str,
    of_type: AttributeType,
    rows: Sequence[SheetRow],
    change: Callable[[Callable[[], str]], None],
) -> None:
    """Ask for the type of a column, and of an ordered list for its values.

    Args:
        screen: The screen over which it asks.
        study: The study.
        field: The column.
        of_type: Its type now.
        rows: The people.
        change: Makes a change that returns what was done, and shows what stands then.
    """

    def choose(place: int) -> None:
        kind = CHOICES[place]
        if kind != ValueType.LIST.value:
            change(lambda: set_type(study, field, kind))
            return
        values = ", ".join(of_type.order or sorted(known_values(rows, field)))
        screen.ask(
            AskTextScreen(f"The values of {head_of(field)}", values, "The lowest first, commas between."),
            lambda text: change(lambda: set_type(study, field, kind, text.split(","))),
        )

    current = CHOICES.index(of_type.kind.value) if field in study.settings.types else 0
    screen.ask(ChooseOneScreen(f"Type of {head_of(field)}", CHOICES, current), choose)
