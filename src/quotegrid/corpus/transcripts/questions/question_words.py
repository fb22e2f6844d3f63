"""Tells questions by their words, by the language of a text, where no mark or another one closes them."""

from __future__ import annotations

# ruff: noqa: RUF001 - Cyrillic and Turkish have letters that look like others.
import re
from collections.abc import Mapping
from functools import lru_cache

_OPENING = r"(?:\A|[.!?\u2026,:;\u2014\u2013-])\s*(?:[^\W\d_]{1,12}[,\s]\s*){0,2}?"
"""The text before the words that open a question: the end of a sentence or clause, and "so" or "and"."""
_BEGIN: Mapping[str, str] = {
    "en": (
        r"(?:what|how|why|where|when|who|which)(?:['\u2019]s|\s+(?:\w+\s+){0,3}?(?:is|are|do|does|"
        r"did|was|were|can|could|would|have|has|will|made|about))\b|(?:do|did|are|have|can|could|"
        r"would|will|were)\s+you\b|(?:is|was)\s+(?:that|there|it)\b|tell\s+(?:me|us)\b|describe\b|"
        r"walk\s+(?:me|us)\b|talk\s+(?:me|us|about)\b"
    ),
    "de": (
        r"(?:was|wie|warum|wieso|weshalb|wo|woher|wohin|wann|wer|wem|wen|welche[nrsm]?|inwiefern|"
        r"inwieweit)\s+(?:\w+\s+){0,2}?(?:ist|sind|war|waren|hast|haben|hat|bist|kann|können|"
        r"würde[nst]*|w[äu]rde[nst]*|mach\w*|geh\w*|sieh\w*|seh\w*|denk\w*|kam\w*|bei)\b|(?:hast|"
        r"bist|kannst|könntest|würdest|machst|gibt)\s+(?:du|es)\b|(?:haben|sind|können|könnten|"
        r"würden)\s+sie\b|erzähl\w*|beschreib\w*"
    ),
    "fr": (
        r"(?:qu['\u2019]est[- ]ce|est[- ]ce\s+qu|comment|pourquoi|quand|où|combien|quel(?:le)?s?)\b|"
        r"(?:\w+-(?:vous|tu|il|elle|on|ce))\b|(?:parl|racont|décri[vs])\w*[- ](?:moi|nous)\b"
    ),
    "es": (
        r"(?:¿|qué|cómo|por\s+qué|cuándo|dónde|cuál(?:es)?|quién(?:es)?|cuánt[oa]s?|cu[eé]nt[ae]\w*|"
        r"háblame|descríb\w+)\b"
    ),
    "pt": (
        r"(?:o\s+que|como|por\s*qu[eê]|quando|onde|qual|quais|quem|quant[oa]s?|(?:me\s+)?(?:fal[ea]|"
        r"cont[ea])|descrev\w+|você\s+(?:já|tem|acha|costuma|usa|gosta))\b"
    ),
    "it": (
        r"(?:che\s+cosa|cosa|come|perch[eé]|quando|dove|quale|quali|chi|quant[oaie]|raccont\w*(?:mi|"
        r"ci)|(?:mi|ci)\s+(?:racconti|parli|dica)|parlami|descriv\w+)\b"
    ),
    "nl": (
        r"(?:wat|hoe|waarom|waar|wanneer|wie|welke?)\s+(?:\w+\s+){0,2}?(?:is|zijn|was|waren|heb|"
        r"hebt|heeft|doe|doet|kan|vind|vindt|ga|gaat|denk|denkt|ben|bent|zou|werkt?|komt?)\b|(?:heb|"
        r"ben|kun|kan|zou|vind|doe|ga)\s+(?:je|jij|u)\b|vertel\b|beschrijf\b"
    ),
    "da": (r"(?:hvad|hvordan|hvorfor|hvor|hvornår|hvem|hvilke[nt]?|har\s+du|kan\s+du|er\s+du|fortæl)\b"),
    "no": (
        r"(?:hva|hvordan|hvorfor|hvor|når\s+\w+\s+du|hvem|hvilke[nt]?|har\s+du|kan\s+du|er\s+du|"
        r"fortell)\b"
    ),
    "sv": (
        r"(?:vad|hur|varför|var\s+\w+\s+du|när\s+\w+\s+du|vem|vilke[nt]|vilka|har\s+du|kan\s+du|"
        r"är\s+du|berätta)\b"
    ),
    "fi": r"(?:mitä|mikä|miten|miksi|missä|milloin|kuka|kuinka|millai\w+|\w+(?:ko|kö)|kerro\w*)\b",
    "pl": (
        r"(?:co|jak|jaki\w*|jaka|dlaczego|czemu|gdzie|kiedy|kto|czy|ile|proszę\s+(?:opowiedzieć|"
        r"powiedzieć|opisać)|opowiedz)\b"
    ),
    "ru": (
        r"(?:что|как(?:ой|ая|ие|ую|им)?|почему|зачем|где|когда|кто|сколько|расскажите|опишите|"
        r"а\s+вы|вы\s+когда)\b"
    ),
    "uk": r"(?:що|як(?:ий|а|і)?|чому|навіщо|де|коли|хто|скільки|чи|розкажіть|опишіть)\b",
    "id": (
        r"(?:apa(?:kah)?|bagaimana|mengapa|kenapa|di\s*mana|kapan|siapa|berapa|sudah\s+berapa|"
        r"coba\s+ceritakan|bisa\w*\s+\w*\s*cerita\w*)\b"
    ),
    "ms": (r"(?:apa(?:kah)?|bagaimana(?:kah)?|mengapa|kenapa|di\s*mana|bila|siapa|berapa|ceritakan)\b"),
    "tr": r"(?:ne(?:den|rede|reden|ler)?|nasıl|niçin|niye|hangi|kim|kaç|anlat\w*)\b",
    "vi": r"(?:tại\s+sao|vì\s+sao|khi\s+nào|như\s+thế\s+nào|ai|bao\s+(?:lâu|nhiêu))\b",
    "ar": r"(?:هل|ما(?:ذا)?|كيف|لماذا|متى|أين|من\s+هو|كم|منذ\s+متى|حدثنا|حدثني|صف)\b",
    "fa": r"(?:آیا|چه|چرا|چگونه|چطور|کی|کجا|چند)\b",
    "he": r"(?:מה|איך|למה|מדוע|מתי|איפה|היכן|מי|כמה|האם|ספר|ספרי|תאר|תארי)\b",
    "hi": r"(?:क्या|कैसे|क्यों|कब|कहाँ|कौन)(?:\s|$)",
}
_WITHIN: Mapping[str, str] = {
    "hi": r"(?:^|\s)(?:क्या|कैसे|क्यों|कब|कहाँ|कौन|किस\S*|कितन\S)(?=\s)",
    "bn": r"(?:কি|কী|কেন|কবে|কোথায়|কে|কীভাবে)(?=[\s।])",
    "tr": r"\bm[ıiuü](?:s[ıiuü]n[ıiuü]z|y\w+|dir|dır)?\b\W*$",
    "zh": (
        r"(?:吗|嗎|呢|么|什么|什麼|怎么|怎麼|怎样|怎樣|为什么|為什麼|"
        r"哪|谁|誰|多久|多少|几[个年次天]|如何|是否)"
    ),
    "ja": (
        r"(?:ですか|ますか|でしょうか|ましたか|ですかね|ませんか|のか|かな|"
        r"教えてください|聞かせてください)[\u3002.]?\W*$"
    ),
    "ko": r"(?:까요|나요|은가요|는지요|습니까|입니까|ㅂ니까|어요|죠)[.]?\W*$",
    "th": (
        r"(?:ไหม|มั้ย|หรือเปล่า|หรือไม่|หรือยัง|อะไร|อย่างไร|ยังไง|ทำไม|เมื่อไหร่|เมื่อไร|ที่ไหน|"
        r"ใคร|เท่าไหร่|เท่าไร|แค่ไหน|กี่|ล่ะ)"
    ),
    "vi": r"(?:không|chưa|gì|nào|đâu|sao|thế\s+nào)\W*$",
    "id": r"\b(?:apa|bagaimana|berapa|kapan|siapa|kenapa|mengapa)\b",
}
"""Words of questions of languages that have them at the end of a sentence, or anywhere in it."""
_SAME = {"nb": "no", "nn": "no", "gl": "pt", "ca": "es"}
_LAST = 160
"""The number of characters at the end of what somebody says in which a question is looked for."""
_SHORT = 90
"""The number of characters up to which all that somebody says may be a question without a mark."""


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    known = _SAME.get(language, language)
    found = []
    if known in _BEGIN:
        found.append(re.compile(rf"{_OPENING}(?:{_BEGIN[known]})", re.IGNORECASE))
    if known in _WITHIN:
        found.append(re.compile(_WITHIN[known], re.IGNORECASE))
    return tuple(found)


def asks_in_words(words: str, language: str | None) -> bool:
    """Return whether what somebody says ends in words of a question, such as "and how did you get there".

    Args:
        words: What somebody says in a turn.
        language: The code of its language; None if it is not known, so that nothing can be told.
    """
    if language is None:
        return False
    last = words.rstrip()[-_LAST:] if len(words) > _SHORT else words.strip()
    return any(pattern.search(last) is not None for pattern in _patterns(language))
