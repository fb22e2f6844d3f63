"""The check of a draft report's claims against the codings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from quotegrid.domain.codebook.codes import Codebook
from quotegrid.domain.coding.decisions import Stance
from quotegrid.domain.coding.quotes import Quote
from quotegrid.domain.matrix.bases import HeardQuotes, Speaker
from quotegrid.domain.matrix.read_cases import HOW_TO_MARK, SharesOf, read_cases
from quotegrid.domain.matrix.rows import Numbers
from quotegrid.domain.report.amounts import Scale, amount
from quotegrid.domain.report.claim_subjects import Subject, Vocabulary, holds_role, vocabulary
from quotegrid.domain.report.claims import Claim, Fault, read_claims
from quotegrid.domain.report.stated_amounts import AmountKind
from quotegrid.domain.text.normalise import counted
from quotegrid.domain.text.spelling import nearest
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.report.tell_amounts import people_of, scale_of
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.study.folder import StudyFolder
from quotegrid.workflows.study.names import closest

_OFFERED = 2
_AGAINST = {
    None: {Stance.DISPUTES, Stance.MIXED},
    Stance.SUPPORTS: {Stance.DISPUTES, Stance.MIXED},
    Stance.DISPUTES: {Stance.SUPPORTS, Stance.MIXED},
    Stance.MIXED: {Stance.SUPPORTS, Stance.DISPUTES},
}


class Verdict(StrEnum):
    """The result of checking a claim."""

    BORNE_OUT = "borne out"
    NOT_BORNE_OUT = "not borne out"
    CANNOT_BE_TOLD = "cannot be told"
    UNREAD = "unread"
    """A number in it could not be read completely."""
    NO_AMOUNT = "no amount"
    """The sentence names a code without an amount."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with the result of its check."""

    line: int
    """The line of the draft on which its sentence begins, or the paragraph of a Word document."""
    sentence: str
    code: str
    verdict: Verdict
    why: str
    said: str = ""
    """The amount in a standard form: "most", "7 of 9", "at least 3"."""
    who: str = ""
    areas: tuple[str, ...] = ()
    stance: Stance | None = None
    is_negated: bool = False
    cases: int | None = None
    """The number of cases for which the claim is true; None where it is unknown."""
    base: int | None = None
    """The number of cases that it refers to: those read to the end, or all heard."""
    not_coded: int | None = None
    """The number of cases in the base without any code."""
    fitting: str | None = None
    """The correct amount."""
    quotes_for: Sequence[Quote] = ()
    quotes_against: Sequence[Quote] = ()
    """The quotes that dispute the code, or that support it where the claim is that they dispute it."""


def check_claims(study: StudyFolder, path: Path, of: SharesOf = SharesOf.READ) -> list[CheckedClaim]:
    """Check every sentence of a draft that has a code in double square brackets.

    Args:
        study: The study.
        path: A .md, .txt or .docx file.
        of: The cases that claims are of: read to the end, or all who were heard.

    Raises:
        UsageError: If there is no such file, or it is of another kind.
        DataError: If it cannot be read.
    """
    from quotegrid.corpus.reports.drafts import draft_sentences
    from quotegrid.corpus.text.number_words import convert_numbers

    codebook = current_codebook(study)
    heard = study.heard()
    scale = scale_of(study)
    known = study_vocabulary(study, heard)
    counting = heard.cases_of(heard.everything) if of is SharesOf.HEARD else read_cases(heard)
    checked = [
        _checked(study, claim, sentence.line, sentence.text, codebook, heard, scale, known, counting)
        for sentence in draft_sentences(path, study.settings.pipeline)
        if "[[" in sentence.text
        for claim in read_claims(convert_numbers(sentence.text), known, scale)
    ]
    shown = {number for _, *behind in checked for numbers in behind for number in numbers}
    quotes = all_quotes(study, only=shown) if shown else []
    return [
        replace(
            claim,
            quotes_for=[quote for quote in quotes if quote.id in numbers_for],
            quotes_against=[quote for quote in quotes if quote.id in numbers_against],
        )
        for claim, numbers_for, numbers_against in checked
    ]


def study_vocabulary(study: StudyFolder, heard: HeardQuotes) -> Vocabulary:
    """Return the names of the study's groups, roles and areas."""
    speakers = sorted(
        (heard.speakers[place] for place in heard.heard_speakers),
        key=lambda speaker: speaker.source.casefold(),
    )
    groups = dict(study.stakeholders.groups)
    for speaker in speakers:
        if speaker.group is not None:
            groups.setdefault(speaker.group, ())
    published = study.settings.published_attributions
    called = {
        group: [people_of(study, group), *([published[group]] if group in published else ())]
        for group in groups
    }
    areas = {area: tuple(study.areas.variants.get(area, ())) for area in study.areas.names}
    for speaker in speakers:
        if speaker.area is not None:
            areas.setdefault(speaker.area, ())
    roles = dict.fromkeys((speaker.role, speaker.group) for speaker in speakers if speaker.role is not None)
    return vocabulary(groups, called, [(role, group) for role, group in roles if role], areas)


def _checked(
    study: StudyFolder,
    claim: Claim,
    line: int,
    sentence: str,
    codebook: Codebook,
    heard: HeardQuotes,
    scale: Scale,
    known: Vocabulary,
    counting: Collection[str],
) -> tuple[CheckedClaim, Numbers, Numbers]:
    """Return a claim with its check, and the numbers of the quotes for and against it."""
    code = codebook.get(claim.code)
    said = " and ".join(stated.label for stated in claim.amounts)
    who = " and ".join(_subject_in_words(study, subject) for subject in claim.subjects)

    def result(verdict: Verdict, why: str) -> tuple[CheckedClaim, Numbers, Numbers]:
        checked = CheckedClaim(
            line, sentence, code.name if code else claim.code, verdict, why, said, who, claim.areas,
            claim.stance, claim.is_negated,
        )  # fmt: skip
        return checked, frozenset(), frozenset()

    if code is None:
        names = [listed.name for listed in codebook.codes]
        return result(
            Verdict.CANNOT_BE_TOLD, f'there is no code "{claim.code}". {closest(claim.code, names, "codes")}'
        )
    if claim.fault is Fault.NO_AMOUNT:
        return result(Verdict.NO_AMOUNT, "the sentence does not say how many.")
    if claim.fault is not None:
        return result(Verdict.CANNOT_BE_TOLD, _fault(claim, known))
    unread = [stated.label for stated in claim.amounts if stated.kind is AmountKind.UNREAD]
    unread_number = f'the number "{unread[0]}" is not read; write it in digits, as in 1004.' if unread else ""
    cases_at = {
        place: case
        for place in heard.heard_speakers
        if (case := heard.speakers[place].case) is not None and _speaks(study, heard.speakers[place], claim)
    }
    places = {place for place, case in cases_at.items() if case in counting}
    base = {cases_at[place] for place in places}
    not_read = len(set(cases_at.values()) - base)
    if not base:
        if unread:
            return result(Verdict.UNREAD, unread_number)
        if not cases_at:
            return result(Verdict.CANNOT_BE_TOLD, "nobody was heard of those it speaks of.")
        return result(
            Verdict.CANNOT_BE_TOLD, f"nobody of those it speaks of is read to the end. {HOW_TO_MARK}"
        )
    family = codebook.family(code.name)
    taken = {stance: heard.with_stance(family, stance) for stance in Stance}
    if claim.stance is not None and not any(taken.values()):
        return result(Verdict.CANNOT_BE_TOLD, f'no coding of "{code.name}" is marked with a stance.')
    coded = frozenset(number for number in heard.with_codes(family) if heard.speaker_of[number] in places)
    meant = coded if claim.stance is None else coded & taken[claim.stance]
    cases = len(heard.cases_of(meant))
    cases = len(base) - cases if claim.is_negated else cases
    try:
        holds = not unread and all(stated.holds(cases, len(base), scale) for stated in claim.amounts)
    except KeyError as error:
        words = ", ".join(scale.words)
        return result(Verdict.CANNOT_BE_TOLD, f"{error.args[0]} is no word of the study's scale ({words}).")
    against = coded & frozenset().union(*(taken[stance] for stance in _AGAINST[claim.stance]))
    not_coded = base - {cases_at[place] for place in places & heard.coded_speakers}
    unmarked = heard.cases_of(coded) - heard.cases_of(coded & frozenset().union(*taken.values()))
    counts = _counts_in_words(claim, cases, len(base), not_read, len(not_coded), len(unmarked))
    fitting = amount(cases, len(base), scale)
    checked = CheckedClaim(
        line,
        sentence,
        code.name,
        Verdict.UNREAD if unread else Verdict.BORNE_OUT if holds else Verdict.NOT_BORNE_OUT,
        f"{unread_number} {counts}".strip(),
        said,
        who,
        claim.areas,
        claim.stance,
        claim.is_negated,
        cases,
        len(base),
        len(not_coded),
        fitting,
    )
    return checked, meant - against, against


def _subject_in_words(study: StudyFolder, who: Subject) -> str:
    if who.group is None:
        return "participants" if who.role is None else who.role
    people = people_of(study, who.group)
    return people if who.role is None else f"{people} with the role {who.role}"


def _fault(claim: Claim, known: Vocabulary) -> str:
    if claim.fault is Fault.NO_GROUP:
        return "the sentence does not say of whom."
    if claim.fault is Fault.RESTRICTED:
        return f'"{claim.phrase}" speaks of some of them only, whom nothing here tells apart.'
    names = list(known.people)
    near = [*nearest(claim.phrase.split()[0], names), *nearest(claim.phrase, names)]
    groups = [group for group in dict.fromkeys(known.people[name].group for name in near) if group]
    offered = f" Did you mean {' or '.join(groups[:_OFFERED])}?" if groups else ""
    return f'no group is called "{claim.phrase}".{offered}'


def _speaks(study: StudyFolder, speaker: Speaker, claim: Claim) -> bool:
    area = None if speaker.area is None else study.areas.standard(speaker.area)
    if claim.areas and area not in claim.areas:
        return False
    return any(
        (who.group is None or who.group == speaker.group)
        and (who.role is None or (speaker.role is not None and holds_role(who.role, speaker.role)))
        for who in claim.subjects
    )


def _counts_in_words(
    claim: Claim, cases: int, base: int, not_read: int, not_coded: int, unmarked: int
) -> str:
    """Return the counts in words, and what they leave open."""
    parts = [f"{cases} of {base} {'read' if not_read else 'heard'} did{' not' if claim.is_negated else ''}"]
    wrong = next((stated.base for stated in claim.amounts if stated.base not in (None, base)), None)
    if wrong is not None:
        were = "was" if base == 1 else "were"
        parts.append(f"{base} {were} {'read to the end' if not_read else 'heard'}, not {wrong}")
    if claim.stance is not None and unmarked:
        parts.append(f"{counted(unmarked, 'further case')} spoke of it without a stance")
    if not_coded:
        parts.append(f"{not_coded} of the {base} have no code yet")
    if not_read:
        are = "is" if not_read == 1 else "are"
        parts.append(f"{not_read} more {are} not read to the end and not counted")
    return f"{'; '.join(parts)}."
