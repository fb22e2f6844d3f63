"""Studies to count once more: an awkward one, and small ones drawn by lot."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from unittest import mock

from ruamel.yaml import YAML

from quotegrid.corpus.sources.read_source import ReadingOptions
from quotegrid.domain.coding.decisions import Action, Stance
from quotegrid.domain.sources.model import SourceKind
from quotegrid.domain.text.ranges import Side
from quotegrid.errors import QuotegridError
from quotegrid.workflows.codebook.codebook_file import current_codebook
from quotegrid.workflows.codebook.edit_codebook import merge_codes
from quotegrid.workflows.coding.decide import decide_segment, decide_suggestion
from quotegrid.workflows.coding.segments import code_range, narrow, widen
from quotegrid.workflows.coding.undo import redo, undo
from quotegrid.workflows.search.list_quotes import all_quotes
from quotegrid.workflows.sources.import_sources import import_sources
from quotegrid.workflows.sources.mark_read import mark_read
from quotegrid.workflows.study.folder import StudyFolder, open_study
from quotegrid.workflows.study.init_study import init_study
from quotegrid.workflows.suggestions.suggest import suggest_codes

PEOPLE = ("Ann Bee", "Cy Dee", "Eve Fox", "Gus Hay", "Ina Jay", "Kit Low", "Mia Nye", "Oz Pike")
GROUPS = ("school", "parent", "all", "Not known", "forum / board", "health")
ROLES = ("Headteacher", "Carer", "Nurse", "Governor")
AREAS = ("Westhay", "Eastlow", "West / East", "total")
BUDGETS = ("3.2%", "£507", "1,200", "n/a", "88", "400")
WAVES = ("1", "2", "3")
CODES = ("Money", "Cuts", "Cuts (itself)", "debt", "Families", "long wait", "Être là", "quiet", "who pays")
WORDS = (
    "the money came late and we had no room for a plan it's the roof that leaks they never rang back "
    "2.5 hours on a waiting list nobody asked us what helped was one good teacher [laughs] so there"
).split()
CODERS = ("ana", "ben")
THRESHOLDS = (100, 500)
_REPORT = """\
# What we heard

The visits took place in spring.

> {first}
>
> \N{EM DASH} Headteacher, Westhay

There was more to say about it.

> {second}
>
> \N{EM DASH} Carer, Eastlow

And so it ended.
"""


@contextmanager
def coding_as(coder: str) -> Iterator[None]:
    with mock.patch.dict(os.environ, QUOTEGRID_CODER=coder):
        yield


def band(value: str) -> str:
    """The band of a budget, read as people write numbers."""
    digits = re.sub(r"[%£, ]", "", value)
    if not re.fullmatch(r"\d+(\.\d+)?", digits):
        return value
    number = float(digits)
    low, high = THRESHOLDS
    if number < low:
        return f"under {low}"
    return f"{low} to under {high}" if number < high else f"{high} and over"


def _new(folder: Path, themes: Sequence[Mapping[str, object]]) -> StudyFolder:
    init_study(folder, "Recount").close()
    config = folder / "quotegrid.toml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("[suggestions]\n", '[suggestions]\nmodel = "hashing"\n', 1)
    text = text.replace("[import]\n", '[import]\nattributes = ["wave", "budget", "region"]\n', 1)
    config.write_text(f"{text}\n[bands]\nbudget = {list(THRESHOLDS)}\n", encoding="utf-8")
    YAML().dump({"themes": list(themes)}, folder / "codebook" / "codebook.yaml")
    return open_study(folder)


def _import(study: StudyFolder, files: Mapping[str, str], reports: Mapping[str, str]) -> None:
    corpus = study.root / "corpus"
    for name, content in {**files, **reports}.items():
        (corpus / name).write_text(content, encoding="utf-8")
    if reports:
        import_sources(study, [corpus / name for name in reports], ReadingOptions(kind=SourceKind.REPORT))
    import_sources(study, [corpus / name for name in files], ReadingOptions())


def _said(chance: Random) -> str:
    sentences = [
        " ".join(chance.choices(WORDS, k=chance.randint(4, 12))) for _ in range(chance.randint(1, 4))
    ]
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def _talk(chance: Random, speakers: Sequence[str]) -> str:
    turns = ["I: So, how was it?"]
    for number in range(chance.randint(1, 5)):
        turns.append(f"{speakers[number % len(speakers)]}: {_said(chance)}")
        if chance.random() < 0.5:
            turns.append(f"I: {_said(chance)}")
    return "\n\n".join(turns) + "\n"


def _themes(chance: Random) -> list[dict[str, object]]:
    """A codebook drawn by lot: up to three levels, some codes out of use."""
    names = chance.sample(CODES, k=chance.randint(3, len(CODES)))
    nodes: list[tuple[int, dict[str, object]]] = []
    themes: list[dict[str, object]] = []
    for name in names:
        node: dict[str, object] = {"name": name, "definition": f"What {name} means.", "terms": [name.lower()]}
        above = [found for depth, found in nodes if depth < 2]
        if above and chance.random() < 0.6:
            parent = chance.choice(above)
            depth = next(depth for depth, found in nodes if found is parent)
            below = parent.setdefault("codes", [])
            assert isinstance(below, list)
            below.append(node)
            nodes.append((depth + 1, node))
        else:
            themes.append(node)
            nodes.append((0, node))
    return themes


def random_study(folder: Path, seed: int) -> StudyFolder:
    """Make a small study by lot: who speaks where, what is known of them, and what two coders did."""
    chance = Random(seed)  # noqa: S311 - not for secrets
    people = chance.sample(PEOPLE, k=chance.randint(2, 6))
    files, told = {}, ["source,speaker,group,role,area,wave,budget"]
    for number in range(chance.randint(2, 6)):
        name = f"talk-{number}.txt"
        speakers = chance.sample(people, k=chance.choice((1, 1, 1, 2, min(3, len(people)))))
        files[name] = _talk(chance, speakers)
        for speaker in speakers:
            wave = chance.choice((*WAVES, ""))
            told.append(f"{name},{speaker},,,,{wave},")
    for person in people:
        values = [chance.choice((*known, "")) for known in (GROUPS, ROLES, AREAS)]
        told.append(",".join(("", person, *values, "", f'"{chance.choice((*BUDGETS, ""))}"')))
    files["attributes.csv"] = "\n".join(told) + "\n"
    reports = {}
    if chance.random() < 0.5:
        reports["views.md"] = _REPORT.format(first=_said(chance), second=_said(chance))
    study = _new(folder, _themes(chance))
    _import(study, files, reports)
    if chance.random() < 0.7:
        suggest_codes(study, at_least=0.0)
    decide_by_lot(study, chance, chance.randint(5, 40))
    return study


def decide_by_lot(study: StudyFolder, chance: Random, times: int) -> None:
    """Let two coders decide, cut, mark, and take back by lot; what is refused is not done."""
    codes = [code.name for code in current_codebook(study).walk()]
    for _ in range(times):
        with coding_as(chance.choice(CODERS)):
            try:
                _do_something(study, chance, chance.choice(codes))
            except QuotegridError:
                continue


def _do_something(study: StudyFolder, chance: Random, code: str) -> None:
    quotes = all_quotes(study)
    quote = chance.choice(quotes)
    lot = chance.random()
    if lot < 0.45:
        stance = chance.choice([None, None, *Stance])
        decide_segment(study, quote.id, Action.APPLY, code, stance=stance)
    elif lot < 0.55 and quote.codes:
        decide_segment(study, quote.id, Action.REMOVE, chance.choice(quote.codes))
    elif lot < 0.62 and quote.codes:
        decide_segment(study, quote.id, Action.MARK, quote.codes[0], stance=chance.choice([None, *Stance]))
    elif lot < 0.67:
        decide_segment(study, quote.id, Action.SKIP)
    elif lot < 0.72:
        decide_suggestion(study, chance.randint(1, 30), chance.choice((Action.ACCEPT, Action.REJECT)))
    elif lot < 0.85:
        bounds = [
            quote.start,
            *(quote.start + found.start() for found in re.finditer(r"(?<= )\w", quote.text)),
        ]
        start = chance.choice(bounds)
        end = chance.choice([place for place in (*bounds[1:], quote.end) if place > start])
        code_range(study, quote.source, start, end, code, stance=chance.choice([None, Stance.DISPUTES]))
    elif lot < 0.89 and quote.codes:
        chance.choice((widen, narrow))(study, quote.id, chance.choice([*Side]))
    elif lot < 0.94:
        undo(study)
        if chance.random() < 0.3:
            redo(study)
    else:
        mark_read(study, [quote.source], is_read=chance.random() < 0.8)


def awkward_study(folder: Path) -> StudyFolder:
    """Make a study with all that makes counting hard.

    Codes three deep and named like a row's label, several groups in one source, people interviewed twice,
    attributes that are no numbers or read like a table's own words, quotes that name nobody, overlapping
    cuts, codings taken back and made again, two coders, and sources that nobody has read.
    """
    chance = Random(17)  # noqa: S311 - not for secrets
    themes: list[Mapping[str, object]] = [
        {
            "name": "Money",
            "definition": "What the money does.",
            "codes": [
                {
                    "name": "Cuts",
                    "definition": "What is cut.",
                    "terms": ["money"],
                    "codes": [{"name": "debt", "definition": "What is owed.", "terms": ["late"]}],
                },
                {"name": "Cuts (itself)", "definition": "The cuts as such.", "terms": ["plan"]},
            ],
        },
        {"name": "Families", "definition": "What families meet.", "codes": [
            {"name": "long wait", "definition": "Waiting.", "terms": ["waiting list"]},
        ]},
        {"name": "quiet", "definition": "What nobody says.", "terms": ["quiet"]},
    ]  # fmt: skip
    files = {
        "ann-1.txt": _talk(chance, ["Ann Bee"]),
        "ann-2.txt": _talk(chance, ["Ann Bee"]),
        "group.txt": _talk(chance, ["Cy Dee", "Eve Fox", "Gus Hay"]),
        "group-again.txt": _talk(chance, ["Cy Dee", "Eve Fox"]),
        "ina.txt": _talk(chance, ["Ina Jay"]),
        "unread.txt": _talk(chance, ["Kit Low", "Mia Nye"]),
        "attributes.csv": "source,speaker,group,role,area,wave,budget\n"
        'ann-1.txt,Ann Bee,school,Headteacher,Westhay,1,"1,200"\n'
        "ann-2.txt,Ann Bee,,,,2,\n"
        "group.txt,Cy Dee,all,Carer,West / East,1,3.2%\n"
        "group-again.txt,Cy Dee,,,,2,\n"
        "group.txt,Eve Fox,Not known,Nurse,total,1,£507\n"
        "group-again.txt,Eve Fox,,,,3,\n"
        "group.txt,Gus Hay,School,,Westhay,1,n/a\n"
        "ina.txt,Ina Jay,forum / board,,,,88\n"
        "unread.txt,Kit Low,parent,Carer,Eastlow,2,400\n",
        "plan.csv": "group,area,planned\nschool,Westhay,3\nhealth,Eastlow,2\nparent,Eastlow,1\n",
    }
    reports = {"views.md": _REPORT.format(first=_said(chance), second=_said(chance))}
    study = _new(folder, themes)
    _import(study, files, reports)
    suggest_codes(study, at_least=0.0)
    decide_by_lot(study, chance, 90)
    decide_again_and_overlap(study)
    return study


def decide_again_and_overlap(study: StudyFolder) -> None:
    """Take a coding back and make it again, cut overlapping parts out, merge a code, mark what is read."""
    with coding_as("ana"):
        first = max(
            (quote for quote in all_quotes(study) if quote.source == "ann-1.txt" and quote.made_by is None),
            key=lambda quote: len(quote.text),
        )
        decide_segment(study, first.id, Action.APPLY, "debt")
        decide_segment(study, first.id, Action.REMOVE, "debt")
        decide_segment(study, first.id, Action.APPLY, "debt", stance=Stance.MIXED)
        words = [first.start + found.start() for found in re.finditer(r"(?<= )\w", first.text)]
        for start, end in ((words[0], words[2]), (words[1], words[3])):
            code_range(study, first.source, start, end, "Cuts")
        merge_codes(study, "quiet", "long wait")
        mark_read(study, ["ann-1.txt", "ann-2.txt", "group.txt", "group-again.txt", "views.md"])
        mark_read(study, ["unread.txt"], is_read=False)
