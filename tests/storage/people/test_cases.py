from __future__ import annotations

from quotegrid.domain.sources.model import Speaker
from quotegrid.storage.engines.database import Database
from quotegrid.storage.people.cases import (
    CaseAppearance,
    all_names,
    find_case,
    roles_of_quotes,
    where_cases_speak,
    words_of,
)
from quotegrid.storage.sources.sources import add_source
from tests.storage.samples import TALK, interview, report

ON_BOTH_ENGINES = True


def test_a_case_is_found_by_its_name_whatever_its_case(database: Database) -> None:
    with database.session() as session:
        ada = find_case(session, " ADA  stone ")
        assert ada is not None
        assert ada.name == "Ada Stone"
        assert find_case(session, "Ada") is None
        assert all_names(session) == ["Ada Stone", "Ray Moss"]


def test_it_is_known_where_a_case_speaks_and_what_it_says(database: Database) -> None:
    with database.session(write=True) as session:
        add_source(session, interview("b.txt", ("A", "More."), speakers={"A": Speaker("Ada Stone")}))
        ada = find_case(session, "Ada Stone")
        assert ada is not None
        assert ada.id is not None
        places = [CaseAppearance("b.txt", "A", 1), CaseAppearance("talk.txt", "Ada", 2)]
        assert where_cases_speak(session)[ada.id] == places
        said = {
            source: [text[start:end] for start, end in turns]
            for _, source, text, turns in words_of(session, [ada.id])
        }
    assert said == {"b.txt": ["More."], "talk.txt": [words for label, words in TALK if label == "Ada"]}


def test_roles_of_reports_that_are_in_no_group_are_counted(database: Database) -> None:
    with database.session(write=True) as session:
        quotes = (("One.", "Seer", None), ("Two.", "Seer", None), ("Three.", "LA leader", "local authority"))
        add_source(session, report("r.txt", *quotes))
        assert roles_of_quotes(session) == [("Seer", "r.txt", 2)]
