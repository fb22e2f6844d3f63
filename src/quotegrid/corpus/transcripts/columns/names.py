"""The names by which tables call their columns of speakers, words and times, in several languages."""

from __future__ import annotations

import re
import unicodedata

_ENDS = re.compile(
    r"(?:end|stop|ende|fin|final|fim|fine|einde|slut|loppu|koniec|konec|конец|кінець|סיום|結束|结束|終了"
    r"|종료|bitiş|τέλος|to|out)\b.*"
)
_ASIDE = re.compile(r"\s*[(\[{].*?[)\]}]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def folded_name(name: str) -> str:
    """Return a column's name for comparison: "Start Time (s)", "startTime" and "start_time" are one."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFC", _ASIDE.sub("", name)))
    return " ".join(re.sub(r"[\W_]+", " ", spaced).split()).casefold()


def _folded(names: str) -> frozenset[str]:
    return frozenset(folded_name(name) for name in names.replace("\n", "|").split("|") if name.strip())


SPEAKERS = _folded(
    """
    speaker|speakers|speaker name|speaker label|speaker id|speaker names|who speaks
    sprecher|sprecherin|sprecher in|sprechende|sprechende person|locuteur|locutrice|intervenant|orateur
    interlocuteur|hablante|interlocutor|orador|falante|locutor|parlante|interlocutore|oratore|spreker
    talare|taler|taleren|puhuja|mówca|rozmówca|mluvčí|спикер|говорящий|мовець|дובר|דובר|דוברת|المتحدث|المتكلم
    वक्ता|说话人|說話人|发言人|發言人|讲话人|話者|発言者|発話者|화자|발화자|konuşmacı|konuşan|ομιλητής
    """  # noqa: RUF001 - the Turkish letter is meant
)
"""Names that stand for whoever speaks and for nothing else."""
PERSONS = _folded(
    """
    who|name|person|participant|character|actor|voice|party|role|wer|nom|qui|nombre|quién|participante|nome
    pessoa|persona|personne|autor|autora|auteur|auteure|autore|absender|remitente|remetente|expéditeur|mittente
    username|user name|nick|nickname|handle|display name|full name
    автор|作者|发送者|投稿者|작성자|yazar|pengirim|orang
    quem|chi|naam|wie|namn|navn|osoba|имя|участник|кто|שם|姓名|이름|student|teacher|pupil|user|sender|from|author
    """
)
"""Names of columns of people, who may speak in turn or answer a survey: the cells must show which."""
WORDS = _folded(
    """
    content|text|transcript|transcription|speech|words|utterance|utterances|what was said|dialogue|dialog|said
    sentence|sentences|body|script|message|caption|captions|turn text|inhalt|äußerung|aussage|wortlaut
    transkript|transkription|redebeitrag|gesagtes|texte|paroles|propos|énoncé|contenu|texto|palabras
    transcripción|intervención|enunciado|contenido|fala|transcrição|conteúdo|testo|parole|trascrizione|battuta
    contenuto|tekst|uitspraak|transcriptie|inhoud|yttrande|ytring|transskription|teksti|puhe|puheenvuoro
    wypowiedź|transkrypcja|treść|výrok|přepis|текст|реплика|репліка|высказывание|слова|טקסט|תמלול|النص|الكلام
    पाठ|कथन|内容|內容|文本|发言|發言|发言内容|文字|発言|発話|発言内容|テキスト|台詞|내용|발화|텍스트|metin|konuşma
    κείμενο|λόγια|mensaje|mensagem|messaggio|nachricht|meddelande|besked|melding|viesti|wiadomość|zpráva
    сообщение|повідомлення|消息|讯息|メッセージ|메시지|mesaj|pesan
    remark|remarks|spoken text|full text|raw text
    """
)
TIMES = _folded(
    """
    timespan|time|timestamp|times|time stamp|timestamps|timecode|time code|tc|start|start time|starttime|begin
    from|in|start ms|start s|start seconds|start timecode|zeit|zeitmarke|zeitstempel|beginn|anfang|temps|heure
    horodatage|début|tiempo|hora|inicio|marca de tiempo|tempo|início|inizio|orario|tijd|tijdstip|begintijd|tid
    tidpunkt|tidskod|aika|czas|początek|čas|začátek|время|начало|час|початок|זמן|התחלה|الوقت|البداية|समय
    时间|時間|开始时间|開始時間|开始|開始|時刻|시간|시작|zaman|başlangıç|ώρα|χρόνος
    """  # noqa: RUF001 - the Turkish letter is meant
)
"""Names of columns that say when somebody begins to speak."""


QUESTIONS = _folded(
    """
    question|questions|question asked|interview question|q|frage|fragen|question posée|pregunta|preguntas
    pergunta|perguntas|domanda|domande|vraag|vragen|fråga|frågor|spørgsmål|spørsmål|kysymys|kysymykset|pytanie|pytania
    otázka|вопрос|вопросы|питання|שאלה|السؤال|प्रश्न|问题|問題|提问|質問|질문|soru|sorular|pertanyaan|câu hỏi
    ερώτηση
    """
)
"""Names of columns of what was asked."""
ANSWERS = _folded(
    """
    answer|answers|response|responses|reply|replies|a|antwort|antworten|réponse|réponses|respuesta|respuestas
    resposta|respostas|risposta|risposte|antwoord|antwoorden|svar|vastaus|vastaukset|odpowiedź|odpowiedzi|odpověď
    ответ|ответы|відповідь|תשובה|الجواب|الإجابة|उत्तर|回答|答案|答え|답변|응답|cevap|cevaplar|yanıt|jawaban
    trả lời|απάντηση
    """  # noqa: RUF001 - the Turkish letter is meant
)
"""Names of columns of what was answered."""


INTERVIEWS = _folded(
    """
    interview|interview id|interview no|interview number|interview name|session|session id
    recording|recording id|conversation|conversation id|transcript id|file|file name|filename|document|source
    entrevista|entretien|gespräch|intervista|wywiad|intervju|haastattelu|интервью|访谈|インタビュー|인터뷰|wawancara
    """
)
"""Names of columns that say to which of several interviews a row belongs."""


def names_interviews(name: str) -> bool:
    """Return whether a column is called by a name of what tells several interviews apart."""
    return folded_name(name) in INTERVIEWS


def names_questions(name: str) -> bool:
    """Return whether a column is called by a name of what was asked: "Question", "Pertanyaan"."""
    return folded_name(name) in QUESTIONS


def names_answers(name: str) -> bool:
    """Return whether a column is called by a name of what was answered: "Answer", "Jawaban"."""
    return folded_name(name) in ANSWERS


def names_speakers(name: str) -> bool:
    """Return whether a column is called by a name of whoever speaks."""
    return folded_name(name) in SPEAKERS


def names_people(name: str) -> bool:
    """Return whether a column is called by a name of people, who need not be speakers."""
    return folded_name(name) in PERSONS


def names_words(name: str) -> bool:
    """Return whether a column is called by a name of what is said, of whatever kind: "Raw transcription"."""
    folded = folded_name(name)
    return folded in WORDS or folded.rpartition(" ")[2] in WORDS


def is_called_words(name: str) -> bool:
    """Return whether a column's whole name is one of what is said: "Transcription"."""
    return folded_name(name) in WORDS


def names_start(name: str) -> bool:
    """Return whether a column is called by a name of when somebody begins to speak."""
    return folded_name(name) in TIMES


def names_end(name: str) -> bool:
    """Return whether a column is called by a name of when somebody ends to speak."""
    return _ENDS.fullmatch(folded_name(name)) is not None
