"""Finds the quotes that a report sets apart as paragraphs of their own, with their attributions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from quotegrid.corpus.reports.attributions import Attribution, read_attribution, voice_of
from quotegrid.corpus.text.paragraphs import Paragraph, paragraphs_of
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.domain.sources.model import AttributedQuote, Certainty
from quotegrid.domain.text.normalise import one_line

_LIST_MARKER = re.compile(r"[-*\u2022][ \t]+|\d{1,3}[.)][ \t]+|[a-z][.)][ \t]+")
_NOT_SAID = re.compile(
    r"\#|\||(?:figure|table|box|chart|source|notes?|references?|isbn)\b[^:]{0,12}:"
    r"|[\u00b9\u00b2\u00b3\u2070-\u2079]|\[\^",
    re.IGNORECASE,
)
"""Matches headings, table rows, captions and notes."""
_DASHED = re.compile(
    r"""(?P<said>[.?!…][\"'”\u2019)\]]*|[.?!…]?[\"”\u2019)\]])  # ends as a sentence or quotation does
        [*_]{0,3}\s+(?P<outer>[*_]{0,2})[-\u2013\u2014]\s*
        (?P<mark>[*_]{0,2})(?P<role>[^\W\d_][^.?!\n*_]{1,70}?)(?P=mark)(?P=outer)[*_]{0,3}\s*\Z""",
    re.VERBOSE,
)
_BRACKETED = re.compile(
    r"""(?P<said>\S)\s+[*_]{0,3}
        (?:\((?P<round>[^()\[\]]{1,90})\)|\[(?P<square>[^()\[\]]{1,90})\])
        \.?[*_]{0,3}(?P<remark>\s+[\u2013\u2014-]\s[^\"\u201c\u201d\n]{1,160})?\s*\Z""",
    re.VERBOSE,
)
_BELOW = re.compile(r"(?P<said>\S)[ \t]*\n[ \t]*(?P<role>[*_]{0,3}[^\W\d_][^\n]{0,90})\Z")
_BESIDE = re.compile(r"(?P<said>[\"'\u201d\u2019\u00bb]):?[ \t]+(?P<role>[^\W\d_][^\n]{0,90})\Z")
_BEFORE = re.compile(
    r"""(?:[-*\u2022][ \t]+|\d{1,3}[.)][ \t]+)?(?P<mark>[*_]{0,3})(?P<role>[^\W\d_][^\n:*"\u201c]{0,70}?)
        (?:(?P=mark):|:(?P=mark))[ \t]*[*_]{0,3}(?=["\u201c])""",
    re.VERBOSE,
)
"""Matches an attribution in front of quotation marks: "Participant 3: ", "**P3 (Ann):** "."""
_LEAD_IN = re.compile(
    r"""(?:[-*\u2022][ \t]+)?[*_]{0,3}(?:[^\W\d_]+[ ]){0,2}
        (?:quotes?|quotation|verbatim|exemplar|evidence)(?:[ ]\d{1,2})?
        (?:[*_]{0,3}:|:[*_]{0,3})[ \t]*(?=[*_]{0,3}["\u201c])""",
    re.IGNORECASE | re.VERBOSE,
)
"""Matches words that introduce a quote in the same line: "Representative quote: "."""
_ALONE = re.compile(
    r"""(?P<outer>[*_]{0,3})(?:(?P<dash>[-\u2013\u2014])[ \t]*)?
        (?P<mark>[*_]{0,3})(?P<open>[(\[]?)(?P<role>[*_]{0,3}[^\W\d_][^()\[\]\n]{0,90}?)(?P<close>[)\]]?)(?P=mark)(?P=outer)
        \.?[ \t]*\Z""",
    re.VERBOSE,
)
_ENDS = re.compile(r"[.?!\u2026][\"'\u201d\u2019)\]]*\Z")
_CLOSED = re.compile(r"[\"'\u201d\u2019\u00bb][.,?!\u2026]?\Z")
_PAIRS = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019", "\u00ab": "\u00bb", "\u201e": "\u201c"}
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Uu]s|[Oo]urs?)\b")
_TITLE = re.compile(r"\#|\*\*|__|case stud|case example|vignette|spotlight|box \d", re.IGNORECASE)
"""Matches the beginning of quoted lines that are a box and not a quote."""
_LONGEST_ROLE_WORDS = 9
_TAIL = 200
"""The number of characters at a paragraph's end in which an attribution is searched for."""


@dataclass(frozen=True, slots=True)
class _QuotedPart:
    """The words of a paragraph that may be a quote, as offsets into its body."""

    first: int
    last: int
    how: str
    """The mark that sets it apart: quotation marks, emphasis, quoted lines; empty for the paragraph alone."""


@dataclass(frozen=True, slots=True)
class _BlockQuote:
    start: int
    end: int
    attribution: Attribution
    form: tuple[str, str]
    """The position of the attribution and what sets the words apart."""
    is_sure: bool
    can_become_sure: bool = True

    @property
    def is_telling(self) -> bool:
        """Return whether it shows that the document attributes quotes in this form."""
        return self.can_become_sure and self.attribution.is_strong


def find_block_quotes(
    text: str, start: int, stakeholders: Stakeholders, areas: Collection[str] = ()
) -> tuple[AttributedQuote, ...]:
    """Return the attributed block quotes of a report, in order, without headings.

    A quote is a whole paragraph with an attribution after a dash, in brackets, or on a line of its own. It is
    sure if the attribution names a role of the study, is in emphasis after a dash, or has a form in which the
    document attributes another quote to a role or to a participant's number.

    Args:
        text: The normalised text.
        start: The offset at which the body begins.
        stakeholders: The study's groups and roles.
        areas: The study's areas.
    """
    finder = _BlockQuoteFinder(stakeholders, areas)
    paragraphs = paragraphs_of(text, start)
    found: list[_BlockQuote] = []
    number = least = 0
    while number < len(paragraphs):
        quote = finder.within(paragraphs[number])
        used = 1
        if quote is None and number + 1 < len(paragraphs):
            quote = finder.in_the_next(paragraphs, number)
            used = 1 if quote is None else 2
        if quote is not None:
            found.append(_with_earlier_paragraphs(quote, paragraphs, number, least))
            least = number + used
        number += used
    tellings = Counter(quote.form for quote in found if quote.is_telling)
    return tuple(
        AttributedQuote(
            start=quote.start,
            end=quote.end,
            role=quote.attribution.role,
            heading=None,
            certainty=Certainty.SURE if _is_sure(quote, tellings) else Certainty.UNSURE,
            voice=quote.attribution.voice,
            area=quote.attribution.area,
            case=quote.attribution.case,
        )
        for quote in found
    )


def _is_sure(quote: _BlockQuote, tellings: Mapping[tuple[str, str], int]) -> bool:
    """Return whether a quote is sure by itself, or because others of its form name a role or a number."""
    others = tellings[quote.form] - quote.is_telling
    return quote.is_sure or (quote.can_become_sure and others > 0)


def _with_earlier_paragraphs(
    quote: _BlockQuote, paragraphs: Sequence[Paragraph], number: int, least: int
) -> _BlockQuote:
    """Return the quote extended by the paragraphs before it that belong to the same words.

    They are part of the same quoted lines without a title, or open quotation marks that only the last
    paragraph closes. No paragraph before the index `least` is added.
    """
    first = number
    if quote.form[1] == "lines":
        while first > least and paragraphs[first].goes_on:
            first -= 1
        if _TITLE.match(paragraphs[first].body):
            return quote
    if first == number and paragraphs[number].body[quote.end - paragraphs[number].start - 1] == "\u201d":
        while first > least and _is_left_open(paragraphs[first - 1].body):
            first -= 1
    return quote if first == number else replace(quote, start=paragraphs[first].start)


def _is_left_open(body: str) -> bool:
    return body.startswith("\u201c") and body.count("\u201c") > body.count("\u201d")


class _BlockQuoteFinder:
    def __init__(self, stakeholders: Stakeholders, areas: Collection[str]) -> None:
        self._stakeholders = stakeholders
        self._areas = areas

    def within(self, paragraph: Paragraph) -> _BlockQuote | None:
        """Return a quote whose attribution ends the same paragraph."""
        return (
            self._dashed(paragraph)
            or self._bracketed(paragraph)
            or self._below(paragraph)
            or self._beside(paragraph)
            or self._before(paragraph)
        )

    def in_the_next(self, paragraphs: Sequence[Paragraph], number: int) -> _BlockQuote | None:
        """Return a quote whose attribution is the next paragraph."""
        paragraph, following = paragraphs[number], paragraphs[number + 1]
        match = _ALONE.match(following.body)
        said = _said(paragraph.body, len(paragraph.body), paragraph.is_quoted)
        if match is None or said is None or bool(match["open"]) is not bool(match["close"]):
            return None
        if not said.how and not _ENDS.search(paragraph.body, max(0, said.last - 4), said.last):
            return None
        is_marked = bool(match["mark"] or match["outer"])
        attribution = self._read(match["role"], is_marked and bool(match["dash"]))
        if attribution is None:
            return None
        if not match["dash"] and not match["open"]:
            # A short line is more often a heading than an attribution.
            says_more = attribution.case is not None or "," in match["role"] or attribution.area is not None
            if not (said.how and attribution.is_strong and (is_marked or says_more)):
                return None
        is_sure = attribution.is_known or (is_marked and bool(match["dash"]))
        if match["dash"] == "-" and not is_marked:
            after = paragraphs[number + 2].body if number + 2 < len(paragraphs) else ""
            if _LIST_MARKER.match(after) or _LIST_MARKER.match(paragraph.body):
                return None
            is_sure = is_sure and bool(said.how)
        if not said.how and not (is_sure or attribution.is_strong):
            return None
        how = "dash" if match["dash"] else match["open"] or "line"
        return self._found(paragraph, said, attribution, f"{how} next", is_sure=is_sure)

    def _dashed(self, paragraph: Paragraph) -> _BlockQuote | None:
        body = paragraph.body
        match = _DASHED.search(body, max(0, len(body) - _TAIL))
        if match is None or len(match["role"].split()) > _LONGEST_ROLE_WORDS:
            return None
        said = _said(body, match.end("said"), paragraph.is_quoted, any_paragraph=True)
        is_marked = bool(match["mark"] or match["outer"])
        attribution = self._read(match["role"], is_marked)
        if attribution is None or said is None:
            return None
        is_sure = is_marked or attribution.is_known
        if not (is_sure or attribution.is_strong or said.how):
            return None
        return self._found(paragraph, said, attribution, "dash", is_sure=is_sure)

    def _bracketed(self, paragraph: Paragraph) -> _BlockQuote | None:
        body = paragraph.body
        match = _BRACKETED.search(body, max(0, len(body) - _TAIL))
        if match is None:
            return None
        said = _said(body, match.end("said"), paragraph.is_quoted)
        attribution = read_attribution(match["round"] or match["square"], self._stakeholders, self._areas)
        if said is None or attribution is None:
            return None
        form = "(" if match["round"] else "["
        if match["remark"] and not (said.how == "marks" and attribution.is_strong):
            return None
        if said.how:
            return self._found(paragraph, said, attribution, form, is_sure=attribution.is_known)
        words = body[said.first : said.last]
        if words[0] in _PAIRS:
            return None
        if not attribution.is_strong or _CLOSED.search(words) or words[0].islower():
            return None
        if _ENDS.search(words):
            return self._found(paragraph, said, attribution, form, is_sure=attribution.is_known)
        # "She had moved twice (P7)." is about somebody; "I had moved twice (P7)." may be their words.
        if attribution.case is None or not _OF_ONESELF.search(words):
            return None
        return self._found(paragraph, said, attribution, form, is_sure=False, can_become_sure=False)

    def _below(self, paragraph: Paragraph) -> _BlockQuote | None:
        body = paragraph.body
        match = _BELOW.search(body, max(0, len(body) - _TAIL))
        if match is None:
            return None
        said = _said(body, match.end("said"), paragraph.is_quoted)
        attribution = read_attribution(match["role"], self._stakeholders, self._areas)
        if said is None or not said.how or attribution is None or not attribution.is_strong:
            return None
        if said.how == "lines" and not (_ENDS.search(body[: said.last]) or _CLOSED.search(body[: said.last])):
            return None
        return self._found(paragraph, said, attribution, "line", is_sure=attribution.is_known)

    def _beside(self, paragraph: Paragraph) -> _BlockQuote | None:
        """Return a quote with only a participant's number after its quotation marks."""
        body = paragraph.body
        match = _BESIDE.search(body, max(0, len(body) - _TAIL))
        if match is None:
            return None
        said = _said(body, match.end("said"), paragraph.is_quoted)
        attribution = read_attribution(match["role"], self._stakeholders, self._areas)
        if said is None or said.how != "marks" or attribution is None or not attribution.is_numbered:
            return None
        return self._found(paragraph, said, attribution, "beside", is_sure=attribution.is_known)

    def _before(self, paragraph: Paragraph) -> _BlockQuote | None:
        """Return a quote in quotation marks behind the participant's number or role and a colon."""
        body = paragraph.body
        match = _BEFORE.match(body)
        if match is None:
            return None
        words = body[match.end() :].rstrip()
        words = words.rstrip("*_") if words.endswith(("*", "_")) else words
        role = re.sub(r"\s*\(([^()]*)\)\s*\Z", r", \1", match["role"])
        attribution = read_attribution(role, self._stakeholders, self._areas)
        if attribution is None or not attribution.is_strong or not is_in_marks(words):
            return None
        said = _QuotedPart(match.end(), match.end() + len(words), "marks")
        return self._found(paragraph, said, attribution, "before", is_sure=attribution.is_known)

    def _read(self, role: str, is_marked: bool) -> Attribution | None:
        """Return an attribution after a dash; words in emphasis are one whatever they say."""
        attribution = read_attribution(role, self._stakeholders, self._areas)
        if attribution is None and is_marked:
            return Attribution(
                role=one_line(role),
                voice=voice_of(role),
                is_known=self._stakeholders.group_of_role(role) is not None,
            )
        return attribution

    @staticmethod
    def _found(
        paragraph: Paragraph,
        said: _QuotedPart,
        attribution: Attribution,
        form: str,
        *,
        is_sure: bool,
        can_become_sure: bool = True,
    ) -> _BlockQuote:
        return _BlockQuote(
            start=paragraph.start + said.first,
            end=paragraph.start + said.last,
            attribution=attribution,
            form=(form, said.how),
            is_sure=is_sure,
            can_become_sure=can_become_sure,
        )


def _said(body: str, end: int, is_quoted: bool, *, any_paragraph: bool = False) -> _QuotedPart | None:
    """Return the words of a paragraph up to an offset, without the emphasis around them.

    Returns:
        None for headings, table rows, captions, notes, and list items without quotation marks; never with
        `any_paragraph`.
    """
    first = len(body) - len(body.lstrip())
    if not any_paragraph and ("\t" in body or _NOT_SAID.match(body, first)):
        return None
    lead_in = _LEAD_IN.match(body, first)
    first = first if lead_in is None else lead_in.end()
    marker = _LIST_MARKER.match(body, first)
    if marker is not None and body[marker.end() :].lstrip("*_")[:1] in _PAIRS:
        first = marker.end()
    elif marker is not None and not any_paragraph and not is_quoted:
        return None
    last = len(body[:end].rstrip())
    emphasis = re.match(r"\*{1,3}|_{1,3}", body[first:last])
    how = "lines" if is_quoted else ""
    if emphasis is not None:
        mark = emphasis.group()
        begin = first + len(mark)
        within = last - len(mark) if body[:last].endswith(mark) else last
        closes = within < last or body[last:].startswith(mark) or body.endswith(mark)
        if closes and mark[0] not in body[begin:within]:
            first, last, how = begin, within, how or "emphasis"
    if first >= last:
        return None
    return _QuotedPart(first, last, "marks" if is_in_marks(body[first:last]) else how)


def is_in_marks(words: str) -> bool:
    """Return whether all of the words, and not only a part, are between quotation marks."""
    close = _PAIRS.get(words[0])
    if close is None:
        return False
    inside = words[1:].rstrip(".,?!\u2026")
    if len(inside) < 2 or inside[-1] != close:
        return False
    inside = inside[:-1]
    if close == words[0] == "'" or close == "\u2019":
        # A closing single mark looks like an apostrophe; one before a space ends a first quotation.
        return re.search(rf"[.,?!]{close}\s", inside) is None
    if close == words[0]:
        return close not in inside
    depth = 0
    for char in inside:
        depth += (char == words[0]) - (char == close)
        if depth < 0:
            return False
    return depth == 0
