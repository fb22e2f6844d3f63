"""Lists the words by which transcripts in many languages name the parts in a conversation."""

from __future__ import annotations

# ruff: noqa: RUF001 - Turkish has a letter that looks like another one.

ASKS = frozenset(
    """
    interviewer interviewers int iv ivr i q ques question questioner moderator mod facilitator researcher
    interviewerin moderatorin befrager befragerin forscher forscherin fragesteller frage
    entrevistador entrevistadora investigador investigadora moderador moderadora pregunta preg
    pesquisador pesquisadora pergunta
    enquêteur enquêtrice enqueteur enquetrice intervieweur intervieweuse chercheur chercheuse
    animateur animatrice modérateur modératrice
    intervistatore intervistatrice ricercatore ricercatrice moderatore moderatrice domanda
    onderzoeker ankieter ankieterka badacz badaczka prowadzący prowadząca pytanie
    haastattelija tutkija kysymys intervjuare intervjuaren intervjuer intervjueren forsker
    görüşmeci araştırmacı
    интервьюер исследователь модератор вопрос интерв'юер
    采访者 采访人 訪問者 访谈者 访谈员 主持人 問 问 研究者 면접자 질문자
    聞き手 インタビュアー 司会 司会者 質問者 質問
    الباحث الباحثة المحاور المحاورة السائل
    מראיין מראיינת המראיין המראיינת חוקר חוקרת
    साक्षात्कारकर्ता प्रश्न शोधकर्ता
    συνεντευκτής ερευνητής ερευνήτρια
    ผู้สัมภาษณ์ ผู้วิจัย pewawancara penanya peneliti mhojaji tazatel tazatelka otázka kérdező kérdés
    intervievator intervievatoare întrebare анкетёр корреспондент ведущий ведущая питання مصاحبه‌گر مصاحبه‌کننده
    pertanyaan tanya pitanje ispitivač vprašanje voditelj vraag fråga spørsmål spørgsmål klausimas
    küsimus jautājums ερώτηση سوال السؤال שאלה 인터뷰어 면담자 soru röportajcı 진행자 연구자 질문 记者 記者
    """.split()
)
"""Names of those who ask."""
ANSWERS = frozenset(
    """
    participant respondent interviewee informant subject speaker answer ans response resp user
    teilnehmer teilnehmerin befragter befragte interviewte interviewter interviewpartner
    interviewpartnerin antwort sprecher sprecherin
    entrevistado entrevistada participante informante respuesta resposta respondente orador hablante
    enquêté enquêtée interviewé interviewée participante réponse locuteur locutrice répondant répondante
    intervistato intervistata partecipante risposta parlante
    geïnterviewde deelnemer respondente spreker
    respondentka badany badana uczestnik uczestniczka rozmówca rozmówczyni odpowiedź
    haastateltava vastaaja osallistuja puhuja vastaus deltagare talare intervjuobjekt informanten
    katılımcı görüşülen
    респондент участник участница ответ собеседник
    受访者 被访者 被采访者 受訪者 参与者 答 回答者 話し手 参加者 回答 응답자 참여자
    المشارك المشاركة المستجيب
    מרואיין מרואיינת משתתף משתתפת
    प्रतिभागी उत्तरदाता उत्तर
    συμμετέχων συμμετέχουσα ερωτώμενος
    ผู้ให้สัมภาษณ์ ผู้ถูกสัมภาษณ์ narasumber informan responden terwawancara mhojiwa dotazovaný dotazovaná
    válaszadó válasz intervievat intervievată răspuns відповідь респондентка
    jawaban jawab odgovor ispitanik ispitanica antwoord svar atsakymas vastus atbilde
    απάντηση جواب الجواب תשובה 인터뷰이 피면담자 مصاحبه‌شونده cevap yanıt 답변 참가자
    """.split()
)
"""Names of those who answer."""
PAIRED = frozenset(
    "q a ques ans question answer frage antwort pregunta respuesta pergunta resposta domanda risposta f p "
    "r".split()
)
"""Words and letters for a question and for an answer, whose numbers count the questions."""
