"""Text that LaTeX sets literally and never takes for an instruction."""

from __future__ import annotations

import re

from quotegrid.domain.text.normalise import one_line, visible

_CHARACTERS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Babel makes it a command in several languages.
    '"': r"\symbol{34}",
    # Right after the end of a row they would be an argument to it.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
}
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)|(?<=[!?])(?=\N{LEFT SINGLE QUOTATION MARK})")
"""The places between two characters that TeX's fonts would join into a different one."""
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_CONTROL_PICTURES = range(0x2400, 0x2422)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def latex_text(value: str) -> str:
    """Return the value on one line, with everything escaped that LaTeX would act on.

    A control character, for which no font has a sign, becomes its number: "[U+241B]".
    """
    return "{}".join("".join(map(_character, part)) for part in _LIGATURES.split(visible(one_line(value))))


def _character(char: str) -> str:
    if ord(char) in _CONTROL_PICTURES or char == _REPLACEMENT:
        return f"{{[}}U+{ord(char):04X}{{]}}"
    return _CHARACTERS.get(char, char)


def latex_label(value: str) -> str:
    r"""Return the value as a name for `\label` and `\ref`: small ASCII letters, digits and hyphens."""
    return _NO_LETTER.sub("-", value.casefold()).strip("-") or "matrix"
