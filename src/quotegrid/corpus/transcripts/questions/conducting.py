"""The phrases by which somebody shows that they lead an interview, such as "the next question"."""

from __future__ import annotations

# ruff: noqa: RUF001 - Cyrillic has letters that look like others.
import re

_PHRASES = r"""
\b(?:my|the|our|your|a|one|this|another)\s+(?:very\s+)?(?:first|next|last|final|second|
    third|other)\s+(?:\w+\s+)?question\b
\b(?:interview|opening|closing)\s+questions?\b
\bthank(?:s|\s+you)(?:\s+(?:so|very)\s+much)?\s+for\s+(?:being|joining|coming|agreeing|
    taking|your\s+time|participating|speaking|talking|meeting|sitting|doing|making)\b
\bwelcome\s+(?:back\s+)?to\s+(?:the|this|our|my|another)\b
\b(?:my|our)\s+guests?\b
\bi(?:['\u2019]m|\s+am)\s+(?:here\s+with|interviewing|(?:talking|speaking|
    sitting)\s+(?:to|with))\b
\bi(?:['\u2019]m|\s+am|['\u2019]d|\s+would)\s+(?:\w+\s+){0,3}interview(?:ing)?\s+(?:you|
    with|him|her|them)\b
\b(?:today|now)\s+(?:we|i)(?:['\u2019]re|\s+are|['\u2019]m|\s+am)\s+(?:\w+\s+)?(?:joined|
    talking|speaking|interviewing|here\s+with)\b
\b(?:conducting|start|begin|record|recording|doing)\s+(?:the|this|these|an|
    our)\s+(?:\w+\s+)?interviews?\b
\bwe\s+are\s+(?:interviewing|recording)\b
\b(?:erste|nächste|letzte|weitere)[nrs]?\s+frage\b|\b(?:danke|
    dank)\b[^.?!]{0,30}\b(?:zeit|interview|gespräch|bereit)\w*
\b(?:première|prochaine|dernière|autre)\s+question\b|
    \bmerci\s+(?:\w+\s+){0,3}(?:d['\u2019]avoir\s+accepté|pour\s+(?:votre|ton)\s+temps)
\b(?:primera|próxima|siguiente|última)\s+pregunta\b|\bgracias\s+por\s+(?:tu|su|aceptar|
    acompañar|participar|recib|esta)\w*
\b(?:primeira|próxima|última)\s+pergunta\b|\bobrigad[oa]\s+(?:por|pela|pelo)\s+(?:aceitar|
    participa|disponib|seu|sua|tempo|entrevista)\w*
\b(?:prima|prossima|ultima)\s+domanda\b|\bgrazie\s+per\s+(?:aver|la\s+(?:sua|tua)|
    il\s+(?:suo|tuo))
\b(?:eerste|volgende|laatste)\s+vraag\b|\bbedankt\s+(?:dat|voor)\b
\b(?:første|neste|næste|siste|sidste|första|nästa|sista)\s+(?:spørgsmål|spørsmål|
    spørsmålet|fråga|frågan)\b
\b(?:pierwsze|następne|kolejne|ostatnie)\s+pytanie\b
\b(?:первый|следующий|последний)\s+вопрос\b|\bспасибо,?\s+что\s+(?:согласил|пришл|нашл)\w*
\b(?:pertanyaan)\s+(?:pertama|berikutnya|selanjutnya|terakhir)\b
\b(?:ilk|son|sonraki|bir\s+sonraki)\s+soru\w*
(?:第一个|下一个|最后一个)问题|感谢您?(?:接受|参加|参与|抽)|(?:最初|次|最後)の質問|本日は|お時間をいただき|첫\s*번째\s*질문|마지막\s*질문
"""
"""A pattern a line, of which an indented one goes on."""
_LEADS = re.compile(
    "|".join(_PHRASES.replace("\n    ", "").strip().split("\n")),
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"[\W_]*(?:(?:hello|hi|good\s+(?:morning|afternoon|evening|day)|welcome|hola|buen[oa]s|bienvenid[oa]s?|olá|bom\s+dia"
    r"|boa\s+(?:tarde|noite)|bonjour|bonsoir|salut|ciao|buongiorno|buonasera|salve|hallo|guten\s+(?:tag|morgen|abend)"
    r"|grüezi|servus|hej|hei|goedemiddag|goedemorgen|dzień\s+dobry|cześć|witam\w*|dobrý\s+den|merhaba\w*|selam"
    r"|iyi\s+günler|здравствуй\w*|добрый\s+(?:день|вечер)|доброе\s+утро|привет|selamat\s+(?:pagi|siang|sore|malam)"
    r"|halo|përshëndetje|mirëdita|jó\s+napot|bună\s+ziua|שלום|مرحبا)\b|你好|您好|こんにちは|안녕하세요)",
    re.IGNORECASE,
)
_CALLS_THEMSELVES = re.compile(
    r"\b(?:i(?:['\u2019]m|\s+am|['\u2019]ll\s+be|\s+will\s+be)|my\s+name\s+is)\b[^.?!]{0,80}\binterviewers?\b"
    r"|\bich\s+bin\b[^.?!]{0,60}\binterviewer(?:in)?\b|\bje\s+suis\b[^.?!]{0,60}\benquêt\w+"
    r"|\bsoy\b[^.?!]{0,60}\bentrevistador[a]?\b",
    re.IGNORECASE,
)


def leads(words: str) -> bool:
    """Return whether words are such by which an interview is led rather than answered."""
    return _LEADS.search(words) is not None


def calls_themselves_interviewer(words: str) -> bool:
    """Return whether somebody says to be an interviewer: "I'm Jo and I'll be the interviewer"."""
    return _CALLS_THEMSELVES.search(words) is not None


def greets(words: str) -> bool:
    """Return whether words begin with a greeting, as an interviewer's first ones do."""
    return _GREETS.match(words) is not None
