from __future__ import annotations

from pathlib import Path

import pytest

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.errors import ConfigError
from quotegrid.settings import Settings
from quotegrid.settings_values import SpeakersProfile
from quotegrid.workflows.sources.preview_import import preview_import
from quotegrid.workflows.sources.speaker_profiles import profiles_of
from quotegrid.workflows.study.folder import StudyFolder, open_study

CONFIG = Path("quotegrid.toml")
PROFILES = profiles_of(
    Settings(
        speakers=(
            SpeakersProfile("*.docx", "NAME:", ("Any One",), ("Kim Roe", "Lou")),
            SpeakersProfile("teams/*.docx", "NAME TIME", ("Jo Field", "Sam Reed")),
            SpeakersProfile("teams/first.docx", "{speaker} - {text}"),
            SpeakersProfile("notes.txt", None, ("Jo Field",)),
        )
    ),
    CONFIG,
)


@pytest.mark.parametrize(
    ("name", "convention", "interviewer"),
    [
        ("teams/first.docx", "{speaker} - {text}", None),
        ("teams/second.docx", "NAME:", "Any One"),
        ("a.docx", "NAME:", "Any One"),
        ("wave 1/a.docx", "NAME:", "Any One"),
        ("notes.txt", None, "Jo Field"),
        ("wave 1/notes.txt", None, "Jo Field"),
        ("a.txt", None, None),
        ("a.DOCX", None, None),
    ],
)
def test_a_file_goes_by_its_own_profile_or_the_first_that_fits(
    name: str, convention: str | None, interviewer: str | None
) -> None:
    found = PROFILES.applied(ReadingOptions(), name)
    assert (found.speakers and found.speakers.name, found.interviewer) == (convention, interviewer)
    assert found.participant == ("Kim Roe, Lou" if interviewer == "Any One" else None)


def test_flags_go_before_a_profile_each_for_itself() -> None:
    flags = ReadingOptions(speakers=parse_convention("Q: A:"))
    found = PROFILES.applied(flags, "a.docx")
    assert (found.speakers, found.interviewer) == (flags.speakers, "Any One")
    found = PROFILES.applied(ReadingOptions(interviewer="Kim"), "a.docx")
    assert found.speakers is not None
    assert (found.speakers.name, found.interviewer) == ("NAME:", "Kim")


def test_a_pattern_that_cannot_be_used_is_named_with_its_file_and_line() -> None:
    bad = Settings(speakers=(SpeakersProfile("*.docx", "{speaker} {tme}", line=7),))
    with pytest.raises(ConfigError) as refused:
        profiles_of(bad, CONFIG)
    assert (refused.value.file, refused.value.line) == ("quotegrid.toml", 7)
    assert "{tme} is not one of {speaker}, {time}, {any}, {text} (character 11)" in refused.value.what


def test_a_profile_tells_the_speakers_of_files_in_a_folder(empty_study: StudyFolder) -> None:
    config = empty_study.root / "quotegrid.toml"
    profile = '\n[speakers."waves/*.txt"]\npattern = "{speaker} ~ {text}"\ninterviewers = ["Jo"]\n'
    config.write_text(config.read_text(encoding="utf-8") + profile, encoding="utf-8")
    text = "Jo ~ Why?\nAda ~ It rained.\nJo ~ And?\nAda ~ Nothing.\n"
    for folder in ("waves", "others"):
        (empty_study.root / "corpus" / folder).mkdir()
        (empty_study.root / "corpus" / folder / "a.txt").write_text(
            text.replace("rained", folder), encoding="utf-8"
        )
    study = open_study(empty_study.root)
    others, waves = preview_import(study, [study.root / "corpus"], ReadingOptions()).sources
    study.close()
    assert (waves.name, waves.kind) == ("waves/a.txt", "transcript")
    assert waves.convention is not None
    assert waves.convention.name == "{speaker} ~ {text}"
    assert [(speaker.label, speaker.speaker is None, speaker.turns) for speaker in waves.speakers] == [
        ("Jo", True, 2),
        ("Ada", False, 2),
    ]
    assert (others.kind, others.convention) == ("document", None)


def test_a_profile_says_who_asks_and_is_no_interviewer(empty_study: StudyFolder) -> None:
    config = empty_study.root / "quotegrid.toml"
    profile = '\n[speakers."circle.txt"]\nparticipants = ["Jo"]\n'
    config.write_text(config.read_text(encoding="utf-8") + profile, encoding="utf-8")
    for name in ("circle.txt", "visit.txt"):
        text = f"Jo: Why the {name}?\n\nAda: It rained.\n\nJo: And?\n\nAda: Nothing.\n"
        (empty_study.root / "corpus" / name).write_text(text, encoding="utf-8")
    study = open_study(empty_study.root)
    found = preview_import(study, [study.root / "corpus"], ReadingOptions()).sources
    study.close()
    asking = {
        source.name: [known.label for known in source.speakers if known.speaker is None] for source in found
    }
    assert asking == {"circle.txt": [], "visit.txt": ["Jo"]}
