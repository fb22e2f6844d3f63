"""Values of cases set by hand: of one case, or of several in one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotegrid.domain.coding.quotes import BUILT_IN_ATTRIBUTES
from quotegrid.domain.people.case_values import WHO, Origin, StatedValue
from quotegrid.domain.people.missing_values import MissingValues
from quotegrid.domain.text.normalise import counted, one_line
from quotegrid.errors import UsageError
from quotegrid.workflows.people.change_cases import CaseChanged, find
from quotegrid.workflows.study.folder import StudyFolder

if TYPE_CHECKING:
    from quotegrid.storage.engines.database import Session
    from quotegrid.storage.people.case_changes import NewValues
    from quotegrid.storage.tables import CaseRow

_NO_ATTRIBUTES = frozenset({*BUILT_IN_ATTRIBUTES, "name", "id", "guid", "kind", "text", "code"} - {*WHO})


def set_case(study: StudyFolder, name: str, values: Mapping[str, str]) -> CaseChanged:
    """Set the group, role, area or attributes of a case by hand, which takes precedence over files.

    Args:
        study: The study.
        name: The case.
        values: The values by field; one that is empty or not known removes the value set by hand.

    Raises:
        UnknownNameError: If there is no such case.
        UsageError: If a field cannot be set, or there are none.
    """
    return set_cases(study, {name: values})


def set_cases(study: StudyFolder, values: Mapping[str, Mapping[str, str]]) -> CaseChanged:
    """Set values of one case or several by hand: one change, which one undo takes back.

    Args:
        study: The study.
        values: The values by field, by the name or GUID of each case.

    Raises:
        UnknownNameError: If one of the cases is not there; nothing is changed then.
        UsageError: If a field cannot be set, there are none, or a case is named twice.
    """
    from quotegrid.storage.people.case_changes import set_values

    wanted = {name: _RequestedValues(study, of_case) for name, of_case in values.items()}
    if not wanted or not all(single.values for single in wanted.values()):
        raise UsageError("no value was given.", todo="Example: group=parent role=Carer wave=2")
    coder = study.settings.coder_name()
    unsure: list[str] = []
    with study.writing_session("changing cases" if len(values) > 1 else "changing a case") as session:
        cases = {name: find(session, name) for name in wanted}
        if len({case.guid for case in cases.values()}) < len(cases):
            raise UsageError("two of the names are of one case.", todo="Nothing was changed.")
        hand = _by_hand(session, [case.id or 0 for case in cases.values()])
        new: list[NewValues] = []
        for name, case in cases.items():
            values_of_case, told = wanted[name].of(session, case, hand.get(case.id or 0, {}))
            new.append(values_of_case)
            unsure += told
        set_values(session, coder, new)
        if len(new) > 1:
            fields = ", ".join(dict.fromkeys(field for single in wanted.values() for field in single.values))
            return CaseChanged(f"{counted(len(new), 'case')}: {fields} set.", tuple(dict.fromkeys(unsure)))
        case = new[0].case
        known = [case.group or "group not known", case.role, case.area, *case.attributes.values()]
        return CaseChanged(f'"{case.name}": {", ".join(value for value in known if value)}.', tuple(unsure))


def _by_hand(session: Session, cases: Sequence[int]) -> dict[int, dict[str, str]]:
    from quotegrid.storage.people.case_rows import hand_rows_of

    return {
        case: {row.field: row.value for row in rows if row.origin == Origin.HAND.value}
        for case, rows in hand_rows_of(session, cases).items()
    }


class _RequestedValues:
    """The values that somebody wants a case to have."""

    def __init__(self, study: StudyFolder, values: Mapping[str, str]) -> None:
        missing = MissingValues(study.settings.missing)
        self._study = study
        self._unsure: list[str] = []
        self.values = {
            field_named(name): missing.known(one_line(value)) or "" for name, value in values.items()
        }
        group, area = self.values.get("group"), self.values.get("area")
        self._standard: dict[str, str] = {}
        if group:
            unlisted = study.stakeholders.unlisted(group)
            self._unsure += [unlisted] if unlisted is not None else []
            self._standard["group"] = study.stakeholders.group_named(group) or group
        if area:
            unknown = study.areas.unknown(area)
            self._unsure += [unknown] if unknown else []
            self._standard["area"] = study.areas.standard(area)

    def of(self, session: Session, case: CaseRow, hand: Mapping[str, str]) -> tuple[NewValues, list[str]]:
        """Return the values for a case, and warnings about likely mistakes.

        Args:
            session: A session.
            case: The case.
            hand: Its values by hand so far.
        """
        from quotegrid.storage.people.case_changes import NewValues
        from quotegrid.storage.sources.source_attributes import sources_that_tell

        study, fields = self._study, self.values.keys()
        place = f"{study.settings.coder_name()}, {datetime.now(UTC).date().isoformat()}"
        said = [
            StatedValue(name, value, Origin.HAND, place).called(self._standard.get(name, value))
            for name, value in self.values.items()
            if value
        ]
        unsure = list(self._unsure)
        after = {**hand, **self.values}
        role, group = after.get("role", ""), after.get("group", "")
        follows = study.stakeholders.group_of_role(role) if role and not group else None
        if follows is not None and fields & {"role", "group"}:
            said.append(StatedValue("group", follows, Origin.DERIVED, role))
        if "role" in fields and role and follows is None and not group and study.stakeholders.names:
            unsure.append(f'the role "{role}" is in no group of [stakeholders].')
        for name in sorted(fields - set(WHO)):
            sources = sources_that_tell(session, case.id or 0, name)
            if sources:
                told = ", ".join(sources)
                unsure.append(f"what is said of the {name} of {told} goes first for the quotes there.")
        return NewValues(case, frozenset(fields), said), unsure


def field_named(name: str) -> str:
    """Return the field that a user means: "on_track" for "On track".

    Raises:
        UsageError: If it cannot be set.
    """
    field = one_line(name).casefold().replace(" ", "_").replace("-", "_")
    if not field or field in _NO_ATTRIBUTES:
        raise UsageError(
            f'"{name}" cannot be set.',
            todo="Set group, role, area or an attribute of your own; a name is changed with rename.",
        )
    return field
