"""The user's statements about the files of an import, file by file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotegrid.corpus.answers.columns import Columns
from quotegrid.corpus.text.speaker_names import folded_label
from quotegrid.settings_values import SpeakersProfile


@dataclass(frozen=True, slots=True)
class Remedies:
    """The user's statements about files, by name in the study; they take precedence over the settings."""

    speakers: Mapping[str, SpeakersProfile] = field(default_factory=dict)
    columns: Mapping[str, Columns] = field(default_factory=dict)
    attributes: tuple[Path, ...] = ()
    """The tables that say who people are, whatever they look like."""

    def with_profile(self, profile: SpeakersProfile) -> Remedies:
        """Return these remedies with another profile for a file."""
        return replace(self, speakers={**self.speakers, profile.files: profile})

    def with_columns(self, name: str, columns: Columns) -> Remedies:
        """Return these remedies with other meanings of a table's columns."""
        return replace(self, columns={**self.columns, name: columns})


NO_REMEDIES = Remedies()


def marked_as_asking(profile: SpeakersProfile, label: str, *, asks: bool) -> SpeakersProfile:
    """Return a profile that says of a speaker that they ask, or that they do not."""
    asking, answering = _without(profile.interviewers, label), _without(profile.participants, label)
    if asks:
        asking += (label,)
    else:
        answering += (label,)
    others = _without(profile.not_speakers, label)
    return replace(profile, interviewers=asking, participants=answering, not_speakers=others)


def marked_as_words(profile: SpeakersProfile, label: str) -> SpeakersProfile:
    """Return a profile that says of a label that nobody is called so."""
    return replace(
        profile,
        interviewers=_without(profile.interviewers, label),
        participants=_without(profile.participants, label),
        not_speakers=(*_without(profile.not_speakers, label), label),
    )


def _without(names: Collection[str], label: str) -> tuple[str, ...]:
    return tuple(name for name in names if folded_label(name) != folded_label(label))
