from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.settings_reading import load_settings
from quotegrid.settings_values import SpeakersProfile
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.preview_import import PreviewedSource, preview_import
from quotegrid.workflows.sources.previewing.differences import preview_differences
from quotegrid.workflows.sources.previewing.remedies import (
    NO_REMEDIES,
    Remedies,
    marked_as_asking,
    marked_as_words,
)
from quotegrid.workflows.study.folder import StudyFolder, open_study
from tests.conftest import Result

TALK = (
    "Jo: Tell me about the lifts.\nRay: They stop on Mondays.\nGuess: nobody oils them.\n"
    "Jo: And then?\nRay: We use the stairs.\nGuess: with a bed.\n"
)
CAPTIONS = (
    "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ray>We walk.\n\n00:04.000 --> 00:05.000\n<v Bell>It rings.\n"
)


def previewed(study: StudyFolder, path: Path, remedies: Remedies = NO_REMEDIES) -> PreviewedSource:
    (source,) = preview_import(study, [path], ReadingOptions(), remedies=remedies).sources
    return source


def test_labels_that_are_words_and_who_asks_are_said_seen_and_remembered(empty_study: StudyFolder) -> None:
    file = empty_study.root / "corpus" / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    before = previewed(empty_study, file)
    assert [speaker.label for speaker in before.speakers] == ["Jo", "Ray", "Guess"]
    profile = marked_as_words(SpeakersProfile("talk.txt"), "Guess")
    profile = marked_as_asking(profile, "Ray", asks=True)
    after = previewed(empty_study, file, NO_REMEDIES.with_profile(profile))
    assert preview_differences(before, before) == []
    told = preview_differences(before, after)
    assert told[:2] == ['"Guess" speaks no longer', '"Ray": asks now']
    assert "Guess: nobody oils them." in empty_study.root.joinpath("corpus/talk.txt").read_text("utf-8")
    profile = marked_as_asking(profile, "Ray", asks=False)
    assert profile == SpeakersProfile("talk.txt", None, (), ("Ray",), ("Guess",))
    remedies = NO_REMEDIES.with_profile(profile)
    import_sources(empty_study, [file], ReadingOptions(), remedies=remedies)
    config = empty_study.root / "quotegrid.toml"
    assert load_settings(config).speakers == (profile,)
    study = open_study(empty_study.root)
    again = previewed(study, file)
    study.close()
    assert [(speaker.label, speaker.turns) for speaker in again.speakers] == [("Jo", 2), ("Ray", 2)]


def test_captions_of_nobody_go_on_with_the_one_before(
    empty_study: StudyFolder, run: Callable[..., Result]
) -> None:
    file = empty_study.root / "corpus" / "talk.vtt"
    file.write_text(CAPTIONS, encoding="utf-8")
    told = run("-C", empty_study.root, "import", file, "--not-speaker", "Bell", "--preview").out
    assert "Bell: case" not in told
    assert "Ray: case Ray, group not known; 1 turn" in told


def test_only_the_file_that_is_put_right_is_read_again(empty_study: StudyFolder) -> None:
    corpus = empty_study.root / "corpus"
    for name in ("a.txt", "b.txt"):
        (corpus / name).write_text(TALK.replace("lifts", name), encoding="utf-8")
    first = preview_import(empty_study, [corpus], ReadingOptions())
    (corpus / "a.txt").unlink()
    (corpus / "a.txt").write_text(TALK.replace("lifts", "beds"), encoding="utf-8")
    kept = {source.name: source for source in first.sources if source.name != "b.txt"}
    remedies = NO_REMEDIES.with_profile(marked_as_words(SpeakersProfile("b.txt"), "Guess"))
    second = preview_import(empty_study, [corpus], ReadingOptions(), remedies=remedies, kept=kept)
    assert second.sources[0] is first.sources[0]
    assert len(second.sources[1].speakers) == 2
