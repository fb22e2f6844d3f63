"""The speaker conventions and interviewers of files, from `quotegrid.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.corpus.transcripts.conventions import parse_convention
from quotegrid.corpus.transcripts.shapes.layouts import Convention
from quotegrid.errors import ConfigError, UsageError
from quotegrid.settings import Settings
from quotegrid.settings_values import SpeakersProfile


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles of a study, each with its convention."""

    all: Sequence[tuple[SpeakersProfile, Convention | None]] = ()

    def applied(self, options: ReadingOptions, name: str) -> ReadingOptions:
        """Return the options for one file, completed from the profile that matches its name."""
        found = self._for(name)
        if found is None:
            return options
        profile, convention = found
        return replace(
            options,
            speakers=options.speakers or convention,
            interviewer=options.interviewer or ", ".join(profile.interviewers) or None,
            participant=options.participant or ", ".join(profile.participants) or None,
            not_speakers=options.not_speakers or profile.not_speakers,
        )

    def profile_for(self, name: str) -> SpeakersProfile:
        """Return what the settings say of one file, as a profile of that file alone."""
        found = self._for(name)
        return SpeakersProfile(name) if found is None else replace(found[0], files=name, line=None)

    def _for(self, name: str) -> tuple[SpeakersProfile, Convention | None] | None:
        """Return the profile of exactly this name, or else the first whose pattern matches it."""
        exact = next((profile for profile in self.all if profile[0].files == name), None)
        path = PurePosixPath(name)
        return exact or next((profile for profile in self.all if path.match(profile[0].files)), None)


def profiles_of(settings: Settings, config: Path, own: Iterable[SpeakersProfile] = ()) -> Profiles:
    """Return the profiles of a study's settings.

    Args:
        settings: The settings.
        config: The file of the settings.
        own: Profiles that take precedence over those of the settings.

    Raises:
        ConfigError: If the pattern of one cannot be used.
    """
    found: list[tuple[SpeakersProfile, Convention | None]] = []
    for profile in (*own, *settings.speakers):
        try:
            convention = None if profile.pattern is None else parse_convention(profile.pattern)
        except UsageError as error:
            raise ConfigError(error.what, file=config, line=profile.line, todo=error.todo) from error
        found.append((profile, convention))
    return Profiles(found)
