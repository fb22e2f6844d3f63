"""The words that open or mark what closes a transcript: its end, credits, notes, sources and a page's links.

They are in the languages of the transcripts that quotegrid was tried on, and are one sign among others.
"""

from __future__ import annotations

import re


def _opening(phrases: str) -> re.Pattern[str]:
    """Compile a pattern for any of the phrases, a line each; a space stands for any white space.

    `TALK` stands for words for a talk, `END` for the paragraph's end.
    """
    lines = [line.replace("TALK", _TALK).replace("END", _END) for line in phrases.split("\n") if line]
    return re.compile("|".join(line.replace(" ", r"\s+") for line in lines), re.IGNORECASE)


_TALK = "(?:interview|recording|transcript|transcription|tape|audio|conversation|session|episode|call|video)"
_END = r"\s*[.:!\uff1a]?\s*\Z"
CERTAINLY_CLOSING = _opening(
    r"""
©
copyright\b
all rights reserved
alle rechte vorbehalten
tous droits réservés
todos (?:los derechos|os direitos)
(?:the )?end of (?:the |this )?TALK\b
TALK (?:ends?|ended|stops?|stopped)\b.{0,30}\Z
(?:the )?endEND
fin de (?:l['\u2019]|la |el )?(?:entretien|entrevista|enregistrement|transcripción|grabación)
fim d[ae] (?:entrevista|gravação|transcrição)
ende (?:des|der) (?:interviews?|gesprächs|aufnahme|transkripts?|audio\w*)
(?:einde|slut på|slut|koniec|konec|loppu) (?:van het |van de )?\w*(?:interview|intervju|opname|wywiad)\w*END
конец (?:интервью|записи)
(?:采访|访谈|录音)结束
(?:transcribed|transcription|transcript|transkribiert|retranscrit|transcrito) (?:by|von|par|por)\b
(?:interview|conversation) (?:was )?(?:conducted|recorded|edited|transcribed|held) (?:by|in|on|at|for)\b
this TALK (?:was|is|has been) (?:\w+ )?(?:edited|transcribed|recorded|conducted|translated|published)
propos recueillis
entretien (?:réalisé|mené|conduit) (?:par|le|en|à)\b
entrevista (?:realizada|feita|concedida|hecha) (?:por|en|em|el|a)\b
(?:das )?(?:interview|gespräch) (?:führten?|wurde)\b
(?:editor|transcriber|translator|researcher|interviewer)(?:['\u2019]?s['\u2019]?)? (?:notes?|comments?)\b
(?:references|bibliography|works cited|literatur(?:verzeichnis)?|bibliographie|bibliograf[íi]a)END
(?:footnotes|endnotes|see also|read more|related (?:articles|posts|stories)|share this\b.{0,20})END
leave a (?:reply|comment)END
注[:\uff1a]
(?:采访|记者|整理|撰文|摄影|编辑|文字)(?:[/\uff0f]\w+)?\s*[:\uff1a]
参考文献
"""
)
"""Matches the beginning of a paragraph that is hardly ever anybody's words."""
CLOSING = _opening(
    r"""
\(c\)\s
licen[sc]ed?\b
end(?:s|ed)?(?: of| time|\s*[.:]|\s+\d)
(?:fin|ende|einde|slut|koniec|konec|kraj|loppu)\b.{0,40}\Z
конец|结束|完\s*\Z|終わり|終了
(?:recorded|interviewed|edited|compiled|translated|proofread|prepared|written) (?:by|in|on|at|from)\b
(?:conducted|published|posted|produced|filmed|photographed|reported|reviewed) (?:by|in|on|at|from)\b
(?:interview|text|words|photos?|photograph(?:s|y)?|images?|pictures?)(?: (?:credits?|by|courtesy)\b|\s*:)
(?:illustrations?|cover|story|sound|music|production|design|layout|report)(?: (?:credits?|by)\b|\s*:)
(?:\w+ )?(?:music|theme|artwork|editing) by\b
(?:this|the above) (?:TALK|article|text|story|notes?)\b
these notes\b
(?:notes?|nb|n\.b\.|ps|p\.s\.|nota(?: bene)?|notas|remarques?|anmerkung(?:en)?|hinweise?)\s?[:\uff1a.]
(?:opmerking(?:en)?|noter|catatan|примечани[ея]|備考|备注)\s?[:\uff1a.]
(?:observacion(?:es)?|observaç(?:ão|ões)|osservazion[ei]|remarques?|bemerkung(?:en)?|примечания)\s?[:\uff1a]
(?:summary|observations?|conclusions?|reflections?|key (?:points|takeaways|findings)|analysis)END
(?:sources?|quellen?|références|fuentes|fontes|bronnen|further reading|links?|resources|glossary)END
(?:anhang|annexe?s?|anexos?|bijlagen?|liitteet|附录|总结)END
(?:observations?|summary|tags?|keywords|categor(?:y|ies)|sources?|links?|annexe?|anhang)\s*[:\uff1a]
(?:zusammenfassung|résumé|resumen|resumo|samenvatting|kesimpulan|podsumowanie|závěr|zaključak|sonuç)END
(?:conclus(?:ión|ão|ioni|ions?)|fazit|conclusie|выводы?|итоги?)(?: (?:de|del|da|do|della|van|по)\b.{0,40})?END
[^\s.!?\u3002]{0,12}(?:情况分析|問卷分析|问卷分析|调查结果|数据分析|访谈总结|采访总结|小结)END
append(?:ix|ices)\b.{0,60}\Z
about the (?:author|interview\w*|speaker|guest)\b
(?:see also|read (?:more|also)|related|share (?:this|on)|follow us|subscribe|leave a|previous|next)\b
comments?\s*(?:\(|:|\Z)
(?:back to|more from|sign up|download|listen (?:to the|on)|watch (?:the|this)|click here)\b
(?:for more information|visit (?:us|our)|learn more|contact us)\b
(?:contact|e-?mail|tel\.?|website|web|wiki|github|twitter|facebook|telegram|instagram)\s?[:\uff1a]
(?:total (?:time|length)|duration|length|last (?:updated|modified|edited)|time ended)\b
(?:interview (?:date|length|time)|dauer|durée|duración|duração)\b
(?:publicad[oa]|entrevistad[oa]r?a?|transcri(?:to|ta|pción|ção))(?: (?:en|em|por|de|realizada)\b|\s*:)
(?:fotos?|fotograf[ií]as?|textos?|traducción|redacción|edición)(?: (?:en|em|por|de)\b|\s*:)
(?:publié|transcription|photos?|crédits?|texte)(?: (?:par|le|en|dans|de)\b|\s*:)
(?:aufgezeichnet|veröffentlicht|foto|bild|text|interview|quelle)(?: (?:von|durch|am|in)\b|\s*:)
(?:uitgewerkt|geschreven|afgenomen|getranscribeerd) door\b
(?:intervjuet|intervju|tekst|foto|interviewet)(?: (?:av|af)\b|\s*:)
интервью (?:взял|пров)|беседовал|(?:фото|источник)\s*:
(?:来源|图片|本文|取材|文責|写真)\s?[:\uff1a/|\uff5c]
"""
)
"""Matches the beginning of a paragraph that often closes a transcript, though people begin so as well."""
FIRST_PERSON = re.compile(
    r"\b(?:i|i['\u2019]\w+|my|me|we|our|us|ich|wir|mein\w*|mir|uns|je|j['\u2019]|nous|mon|ma|mes|yo|mi|nosotros"
    r"|nos|eu|meu|minha|nós|io|mio|noi|ik|mijn|wij|jag|jeg|min|vi|saya|kami|aku|я|мы|мне|меня"
    r"|yeah|yes|no|ja|nein|oui|sí|sim|да|you)\b|[我俺私僕]",
    re.IGNORECASE,
)
"""Matches words by which people speak of themselves or to each other."""
ABOUT_THE_TALK = re.compile(
    r"\b(?:interview\w*|transcri\w+|recording|recorded|entrevista\w*|entretien|gespräch\w*|transkri\w*"
    r"|intervist\w*|wywiad\w*|intervju\w*|podcast|episode|magazine|newsletter|интервью)\b"
    r"|[采採][访訪]|访谈|訪談|取材",
    re.IGNORECASE,
)
"""Matches words for the talk itself and for where it appeared."""
FAREWELL = re.compile(
    r"thank|bye|cheers|danke|tschüss|wiedersehen|merci|au revoir|gracias|adiós|obrigad|tchau|grazie|bedankt"
    r"|dank je|tack|takk|tak\b|kiitos|dziękuj|спасибо|谢谢|感谢|再见|ありがとう|terima kasih",
    re.IGNORECASE,
)
"""Matches the thanks and goodbyes with which a talk ends."""
