"""Reads web pages: paragraphs of the main content and tables row by row, separated by blank lines.

The parts left out are known by their elements and names, and never guessed by how much text they have,
because short answers are data as well; only what stands below a picture goes by its length and its end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotegrid.corpus.readers.blocks import Led, Styled, join_paragraphs, join_row
from quotegrid.corpus.readers.plain import DecodedText, decode
from quotegrid.corpus.text.limits import check_tags
from quotegrid.corpus.transcripts.columns.names import names_answers, names_questions
from quotegrid.corpus.transcripts.questions.looks import Look, look_of, page_looks, telling_look
from quotegrid.domain.sources.model import ParagraphStyle, ReadText, ReadWarning, WarningKind
from quotegrid.domain.text.normalise import counted, one_line, shortened
from quotegrid.errors import ReadError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_NOT_TEXT = (
    "head, script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, button, "
    "input, select, textarea, datalist, nav, aside, dialog, del, rp, rt, "
    "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search], "
    "[role=dialog], [role=alertdialog], [role=menu], [role=menubar], [role=toolbar]"
)
_NOTES = (
    "[role=doc-footnote], [role=doc-endnote], [role=doc-endnotes], [role=doc-noteref], .footnotes, "
    "sup.reference, ol.references, a.footnote-ref, a.footnote-backref, "
    'a[href^="#_ftn"], a[href^="#_edn"], div[id^="ftn"], div[id^="edn"], '
    'a[class^="sdfootnoteanc"], a[class^="sdendnoteanc"], div[id^="sdfootnote"], div[id^="sdendnote"], '
    'div[style*="mso-element:comment"], .MsoCommentReference, .msocomtxt, .msocomanchor, '
    'sup > a[id^="ftnt_ref"], sup > a[id^="cmnt_ref"]'
)
"""Notes, comments and their marks, as written by Word, LibreOffice, Google Docs and wikis."""
_NOTE_BODIES = 'p > a[id^="ftnt"], p > a[id^="cmnt"]'
"""Selects the beginning of a paragraph that holds a Google Docs note."""
_MAYBE = (
    '[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"], '
    'div[title="header"], div[title="footer"], div[class], div[id], ul[class], ul[id], ol[class], '
    "form[class], form[id]"
)
_FURNITURE = re.compile(
    r"(?:(?:site|page|main|top|left|right|primary|secondary|wp|global)[-_]?)?"
    r"(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|pagination|footer)"
    r"|(?:site|global)[-_]?header|masthead|skip[-_]links?",
    re.IGNORECASE,
)
_APPENDED = re.compile(
    r"(?:[a-z0-9]+[-_]+){0,3}(?:comments?|respond|share|sharing|sharedaddy|social|social[-_]media|related|relatedposts"
    r"|newsletter|subscribe|subscription|signup|adverts?|advertisement|promo|prev[-_]next|next[-_]prev|back[-_]to[-_]top"
    r"|tags|tag[-_]?cloud|author[-_]?(?:box|bio|info)|about[-_]author|copyright|credits)"
    r"(?:[-_]+(?:list|area|section|box|bar|links?|buttons?|icons?|posts?|articles?|stories|content|items?|widget"
    r"|container|wrapper|wrap|block|form|thread|navigation)){0,3}",
    re.IGNORECASE,
)
"""Matches the names of what a site adds to an article: comments, share buttons, related pages, credits."""
_CAPTION = re.compile(
    r"(?:[a-z0-9]+[-_]+){0,3}caption(?:[-_]+text)?|(?:photo|image|img|picture)[-_]?(?:caption|credits?|description)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!:\u2026\u3002\uff01\uff1f\uff1a][\"'\u2019\u201d)\]]*\Z")
_LONGEST_CAPTION, _FEWEST_WORDS_OF_A_CAPTION, _FEWEST_SIGNS_OF_A_CAPTION = 120, 4, 8
"""The bounds of a paragraph below a picture: in characters, in words, and in characters without spaces."""
_MOST_IN_CAPTIONS, _MOST_ADDED = 0.2, 0.5
"""The greatest shares of a page's characters in what it calls captions, and in what its site adds."""
_COOKIE_NOTICE = re.compile(r"cookie|consent|gdpr|privacy|onetrust|didomi|cmp", re.IGNORECASE)
_LONGEST_NOTICE = 2000
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EMPHASIS = frozenset({"b", "strong", "em", "i", "u"})
_OF_SPEAKER = re.compile(r"(?:\w+[-_])*speaker(?:[-_]?(?:name|label))?", re.IGNORECASE)
"""Matches a class of what names who speaks: "speaker", "speaker-name", "transcript__speaker"."""
_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")
_LAYOUT = "table, h1, h2, h3, h4, h5, h6"
_SPACES = re.compile("[ \t\r\n\f]+")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096


def read(path: Path) -> ReadText:
    """Read an .html or .htm file.

    Navigation, cookie notices, scripts, form fields, notes, comments and deleted text are left out, and so
    are captions and what a site adds to an article, with a warning. Nothing that the page refers to is
    fetched.

    Raises:
        ReadError: If the file is empty, is not a web page, or has no text of its own.
    """
    decoded = _decoded(path)
    page = decoded.text
    if re.search(r"<[a-zA-Z!/]", page) is None:
        raise ReadError(
            "this is not a web page, whatever its name says.",
            file=path,
            todo="Save it as .txt, or import the original document.",
        )
    paragraphs, warnings = _parts(page)
    if not any(paragraph.strip() for paragraph in paragraphs):
        raise ReadError(
            "there is no text in this web page.",
            file=path,
            todo="Open it in a browser and save the complete page, or copy the text into a .txt file.",
        )
    joined = join_paragraphs(paragraphs)
    return decoded.told_in(replace(joined, warnings=(*warnings, *joined.warnings)))


def page_paragraphs(page: str) -> list[str]:
    """Return the paragraphs of a page's main content."""
    return _parts(page)[0]


def _parts(page: str) -> tuple[list[str], list[ReadWarning]]:
    """Return the paragraphs of a page's main content, and warnings that tell what is left out around it."""
    from selectolax.lexbor import LexborHTMLParser

    check_tags(page)
    tree = LexborHTMLParser(page)
    _take_out(tree)
    named = [*_take_out_captions(tree), *_take_out_appended(tree)]
    told = _told(named, "captions, comments, share buttons and the like", WarningKind.TEXT)
    told += _told(
        _take_out_below_pictures(tree),
        "short paragraphs below pictures that end unlike a sentence",
        WarningKind.SPEAKER,
    )
    told += _told(_take_out_closing_links(tree), "links below the last paragraph", WarningKind.TEXT)
    return list(_paragraphs(_main(tree), telling_look(page_looks(tree)))), told


def _told(left_out: Sequence[str], which: str, kind: WarningKind) -> list[ReadWarning]:
    """Return the warning that parts of a page are left out, with the amount and the first words."""
    if not left_out:
        return []
    amount = counted(sum(len(words.split()) for words in left_out), "word")
    first = shortened(one_line(left_out[0]), 60)
    what = f'{which} ({amount}, from "{first}" on) are taken for nobody\'s words and left out.'
    return [ReadWarning(kind, what)]


def _decoded(path: Path) -> DecodedText:
    """Decode the page with the encoding that it declares, unless it is UTF-8 after all."""
    data = path.read_bytes()
    declared = _DECLARED.search(data[:_HEAD])
    if declared is not None and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            name = declared.group(1).decode("ascii", "replace").lower()
            if name not in ("iso-8859-1", "latin1", "us-ascii", "windows-1252"):
                try:
                    return DecodedText(data.decode(name), name)
                except (UnicodeDecodeError, LookupError):
                    pass
    return decode(path)


def _take_out(tree: LexborHTMLParser) -> None:
    """Remove what is not running text."""
    for node in tree.css(f"{_NOT_TEXT}, {_NOTES}"):
        if node.tag not in ("html", "body", "main"):
            node.decompose()
    for mark in tree.css(_NOTE_BODIES):
        if mark.parent is not None:
            mark.parent.decompose()
    for node in tree.css("header, footer"):
        within = {above.tag for above in _above(node)}
        if not within & {"main", "article", "blockquote"} and node.css_first("h1") is None:
            node.decompose()
    whole = len(_letters(tree.root)) if tree.root is not None else 0
    for node in tree.css(_MAYBE):
        if node.css_first("main, article") is None and _is_furniture(node, whole):
            node.decompose()


def _take_out_captions(tree: LexborHTMLParser) -> list[str]:
    """Remove what the page calls a caption, unless that is much of the page, and return its words."""
    named = [node for node in tree.css("figcaption, [class]") if _is_caption(node)]
    return [] if _have_much(tree, named, _MOST_IN_CAPTIONS) else _removed(named)


def _is_caption(node: LexborNode) -> bool:
    if node.tag == "figcaption":
        return node.parent is not None and _letters(node.parent).split() == _letters(node).split()
    names = (node.attributes.get("class") or "").split()
    is_named = node.tag != "table" and any(_CAPTION.fullmatch(name) for name in names)
    return is_named and len(_letters(node)) <= _LONGEST_NOTICE


def _take_out_below_pictures(tree: LexborHTMLParser) -> list[str]:
    """Remove short paragraphs that stand below a picture and look like captions, and return their words."""
    if tree.body is None:
        return []
    whole = _letters(tree.body)
    below = [_below_picture(image) for image in tree.css("img")]
    return _removed([node for node in below if node is not None and _may_be_caption(node, whole)])


def _removed(nodes: Sequence[LexborNode]) -> list[str]:
    """Remove elements, which may stand in each other, and return their words."""
    chosen = {node.mem_id: node for node in nodes}
    outer = [node for node in chosen.values() if not any(above.mem_id in chosen for above in _above(node))]
    words = [_letters(node).strip() for node in outer]
    for node in outer:
        node.decompose()
    return [said for said in words if said]


def _below_picture(image: LexborNode) -> LexborNode | None:
    """Return the paragraph that follows a picture which stands by itself."""
    node: LexborNode | None = image
    while node is not None and node.tag != "body":
        following = node.next
        while (
            following is not None and not _letters(following).strip() and following.css_first("img") is None
        ):
            following = following.next
        if following is not None:
            is_by_itself = node.tag in _BLOCKS and not _letters(node).strip()
            return following if is_by_itself and following.tag in ("p", "div", "center") else None
        node = node.parent
    return None


def _may_be_caption(node: LexborNode, whole: str) -> bool:
    """Return whether a paragraph is short, no sentence, and no name that comes back in the page."""
    words = _letters(node).strip()
    is_short = 0 < len(words) <= _LONGEST_CAPTION and "\n" not in words
    is_name = len(words.split()) < _FEWEST_WORDS_OF_A_CAPTION and (
        words.isascii() or len(words) < _FEWEST_SIGNS_OF_A_CAPTION
    )
    has_label = re.match(r"[^:\uff1a]{1,40}[:\uff1a]", words) is not None
    is_once = whole.count(words) == 1
    return is_short and not is_name and not has_label and is_once and not _SENTENCE_END.search(words)


def _take_out_appended(tree: LexborHTMLParser) -> list[str]:
    """Remove what a site adds to an article, unless that is most of the page, and return its words."""
    whole = len(_letters(tree.root)) if tree.root is not None else 0
    named = [node for node in tree.css("div, section, ul, ol, p, form, span") if _is_appended(node)]
    added = [
        node for node in named if 2 * len(_letters(node)) <= whole and node.css_first("main, article") is None
    ]
    return [] if _have_much(tree, added, _MOST_ADDED) else _removed(added)


def _take_out_closing_links(tree: LexborHTMLParser) -> list[str]:
    """Remove the last paragraphs of a page that are nothing but a link, and return their words."""
    closing = []
    for node in reversed(tree.css("p, li")):
        words = _letters(node).strip()
        if words and words != " ".join(map(_letters, node.css("a[href]"))).strip():
            break
        closing.append(node)
    return _removed(closing)[::-1]


def _have_much(tree: LexborHTMLParser, nodes: Sequence[LexborNode], share: float) -> bool:
    """Return whether elements hold more than a share of a page's words, as turns with such a name do."""
    whole = len(_letters(tree.root)) if tree.root is not None else 0
    return sum(len(_letters(node)) for node in nodes) > share * whole


def _is_appended(node: LexborNode) -> bool:
    names = [*(node.attributes.get("class") or "").split(), node.attributes.get("id") or ""]
    return any(_APPENDED.fullmatch(name) for name in names)


def _is_furniture(node: LexborNode, whole: int) -> bool:
    """Return whether an element is hidden, or named as furniture and not most of the page's text."""
    said = _letters(node)
    if len(said) * 2 > whole:
        return False
    names = [*(node.attributes.get("class") or "").split(), node.attributes.get("id") or ""]
    if any(_FURNITURE.fullmatch(name) for name in names):
        return True
    if any(_COOKIE_NOTICE.search(name) for name in names):
        return len(said) < _LONGEST_NOTICE and "cookie" in said.casefold()
    style = (node.attributes.get("style") or "").replace(" ", "")
    return (
        "hidden" in node.attributes
        or node.attributes.get("aria-hidden") == "true"
        or "display:none" in style
        or node.attributes.get("title") in ("header", "footer")
    )


def _letters(node: LexborNode) -> str:
    return node.text(deep=True)


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element marked as the main content, or the body."""
    body = tree.body or tree.root
    if body is None:
        return None
    whole = len(_letters(body))
    for main in tree.css("main, [role=main]"):
        if _letters(main).strip():
            return main
    articles = tree.css("article")
    if len(articles) == 1 and len(_letters(articles[0])) * 2 > whole:
        return articles[0]
    return body


def _paragraphs(top: LexborNode | None, telling: Look | None = None) -> Iterator[str]:
    """Yield the paragraphs under an element, recursing only into cells, because pages nest deeply.

    Args:
        top: The element.
        telling: The look that tells questions from answers, which is kept as one of emphasis.
    """
    out: list[str] = []
    looks: set[bool] = set()
    lead = 0
    node = top
    leaving = False
    while node is not None:
        is_block = node.tag in _BLOCKS
        is_top = top is not None and node.mem_id == top.mem_id
        cells = None if leaving or is_top else _cells(node)
        if is_block:
            words = "".join(out).strip(" ")
            part = _part(node) if words else None
            if leaving and node.tag in _HEADINGS:
                yield Styled(words, ParagraphStyle.HEADING)
            elif part is not None:
                yield Styled(words, part)
            elif looks == {True} or (words and telling is not None and look_of(node) == telling):
                yield Styled(words, ParagraphStyle.EMPHASISED)
            else:
                yield Led(words, lead) if lead else words
            out, looks, lead = [], set(), 0
        if cells is not None:
            yield from cells
        elif not leaving:
            _add(out, node)
            if node.tag == "-text" and (node.text_content or "").strip():
                looks.add(any(map(_is_set_off, _above(node))))
                lead = len("".join(out).rstrip()) if looks == {True} else lead
            if node.first_child is not None:
                node = node.first_child
                continue
        if is_top and (leaving or node.first_child is None):
            break
        leaving = node.next is None
        node = node.parent if leaving else node.next
    yield "".join(out).strip(" ")


def _is_set_off(node: LexborNode) -> bool:
    """Return whether an element is bold or in italics, or is called a speaker's name."""
    if node.tag in _EMPHASIS:
        return True
    return node.tag == "span" and any(
        map(_OF_SPEAKER.fullmatch, (node.attributes.get("class") or "").split())
    )


def _part(node: LexborNode) -> ParagraphStyle | None:
    """Return whether a paragraph or what encloses it is called a question or an answer by its class."""
    for element in (node, node.parent):
        if element is None or element.tag not in _BLOCKS:
            continue
        for name in (element.attributes.get("class") or "").split():
            words = re.split("[-_]+", _CAPITAL.sub("-", name).casefold())
            if names_questions(words[-1]) and len(words[-1]) > 1:
                return ParagraphStyle.QUESTION
            if names_answers(words[-1]) and len(words[-1]) > 1:
                return ParagraphStyle.ANSWER
    return None


def _cells(node: LexborNode) -> list[str] | None:
    """Return a table row, or a term with its description, as cells; None for a table used for layout."""
    if node.tag == "tr":
        cells = [cell for cell in node.iter() if cell.tag in ("td", "th")]
        if len(cells) < 2 or node.css_first(_LAYOUT) is not None:
            return None
        return [join_row(_inside(cell) for cell in cells)]
    if node.tag == "dt":
        said = node.next
        while said is not None and said.tag != "dd":
            if said.tag == "dt":
                return None
            said = said.next
        if said is None or said.css_first(f"{_LAYOUT}, dl") is not None:
            return None
        row = join_row([_inside(node), _inside(said)])
        said.decompose()
        return [row]
    return None


def _inside(cell: LexborNode) -> str:
    return "\n".join(paragraph for paragraph in _paragraphs(cell) if paragraph.strip())


def _add(out: list[str], node: LexborNode) -> None:
    if node.tag == "br":
        out.append("\n")
    elif node.tag == "-text":
        raw = node.text_content or ""
        if any(above.tag == "pre" for above in _above(node)):
            out.append(raw)
            return
        text = _SPACES.sub(" ", raw)
        if text.startswith(" ") and (not out or out[-1].endswith((" ", "\n"))):
            text = text[1:]
        if text:
            out.append(text)
