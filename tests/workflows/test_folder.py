from quotegrid.workflows.folder import StudyFolder
from quotegrid.workflows.list_quotes import list_quotes


def test_the_trial_study_has_quotes(suggested: StudyFolder) -> None:
    assert {quote.group for quote in list_quotes(suggested)} == {"school", "parent"}
