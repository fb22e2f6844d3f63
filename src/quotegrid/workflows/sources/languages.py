"""The languages of sources: setting one, and saying once what of the tools knows only English."""

from __future__ import annotations

from collections.abc import Iterable

from quotegrid.domain.sources.changes import SourceAction
from quotegrid.domain.text.languages import ENGLISH, count_languages, language_name, parse_language
from quotegrid.errors import UsageError
from quotegrid.settings_values import PACKAGED_MODEL
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import named_source

_NONE = ("", "unknown", "not known")


def language_from(text: str) -> str:
    """Return the code of a language given as a code or by its name.

    Raises:
        UsageError: If no such language is known.
    """
    language = parse_language(text)
    if language is None:
        raise UsageError(
            f'"{text}" is no language that is known.',
            todo='Give its English name or its two-letter code, such as "German" or "de".',
        )
    return language


def set_source_language(study: StudyFolder, name: str, text: str) -> str:
    """Set the language of a source, and record it in the journal.

    Args:
        study: The study.
        name: The source.
        text: The language, as a code or by its name; empty or "unknown" if it is none that is known.

    Returns:
        What was done, in words.

    Raises:
        UnknownNameError: If there is no such source.
        UsageError: If no such language is known.
    """
    from quotegrid.storage.sources.languages import languages_of_sources, set_language
    from quotegrid.storage.sources.source_log import add_source_change
    from quotegrid.storage.sources.sources import source_numbers

    language = None if text.strip().casefold() in _NONE else language_from(text)
    with study.writing_session("setting a language") as session:
        numbers = source_numbers(session)
        name = named_source(session, study.root, name)
        before = languages_of_sources(session)[name]
        if before != language:
            add_source_change(
                session,
                study.settings.coder_name(),
                SourceAction.LANGUAGE,
                name,
                number=numbers[name],
                language=language,
            )
        set_language(session, numbers[name], language)
    return f'The language of "{name}" is {language_name(language)} (it was {language_name(before)}).'


def english_only(languages: Iterable[str | None], model: str) -> str:
    """Return a sentence on what knows only English; empty if all languages are English or not known.

    Args:
        languages: The code of the language of each source.
        model: The study's model.
    """
    others = count_languages(language for language in languages if language != ENGLISH)
    if not others:
        return ""
    count = sum(others.values())
    sources = "1 source is in another language" if count == 1 else f"{count} sources are in other languages"
    model_too = "the packaged model, " if model == PACKAGED_MODEL else ""
    advice = " A multilingual model can be named under [suggestions] in quotegrid.toml." if model_too else ""
    return (
        f"{sources} than English ({', '.join(others)}). Only English is known to {model_too}the marks for "
        "negated and reported passages, and what finds quotes in reports and candidate themes: suggestions "
        f"there can be far off.{advice}"
    )


def study_english_only(study: StudyFolder) -> str:
    """Return what `english_only` says of a study's sources."""
    from quotegrid.storage.sources.languages import languages_of_sources

    with study.reading_session() as session:
        languages = languages_of_sources(session)
    return english_only(languages.values(), study.settings.model)
