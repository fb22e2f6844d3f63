"""The English words with which reports attribute quotes: nouns for speakers, and verbs of reporting."""

from __future__ import annotations

PEOPLE = frozenset(
    "adolescent adult adviser advisor advocate analyst applicant apprentice assessor assistant attendee "
    "auditor author boy brother bursar campaigner carer caseworker chair chairman chairperson chairwoman "
    "chief child children citizen client clinician co-ordinator coach colleague commentator commissioner "
    "consultant contributor coordinator councillor counsellor critic customer dad daughter dean delegate "
    "deputy director doctor donor economist educator employee employer everybody everyone executive "
    "expert facilitator farmer father founder girl governor gp graduate grandfather grandmother "
    "grandparent guardian head headteacher host informant insider inspector interlocutor interviewee "
    "judge lawyer lead leader learner lecturer librarian listener man manager member men mentor midwife "
    "midwives minister mother mp mum neighbour nobody nurse observer officer official organiser owner "
    "panellist parent participant partner patient people person physician planner policymaker politician "
    "practitioner president principal professional professor provost psychologist pupil reader "
    "receptionist recipient representative researcher resident respondent reviewer secretary senco sendco "
    "sister solicitor somebody someone son source speaker specialist spokesman spokesperson spokeswoman "
    "staff stakeholder student superintendent supervisor supporter surgeon teacher technician teenager "
    "tenant therapist those trainee tribunal-judge trustee tutor union-representative user visitor voices "
    "volunteer voter warden witness woman women worker writer youngster youth".split()
)
"""Nouns, in the singular, for people who can be quoted."""

ORGANISATIONS = frozenset(
    "academy agency alliance association authority board body borough business cabinet centre charity "
    "clinic club coalition college commission committee community company confederation consortium "
    "council county department district employer family federation firm forum foundation government group "
    "hospital household icb inspectorate institute institution la local-authority ministry network ngo "
    "nhs nursery ofsted ombudsman organisation organization panel parliament partnership party practice "
    "provider publisher regulator school secretariat sendiass service setting site society team treasury "
    "tribunal trust union university ward watchdog".split()
)

DOCUMENTS = frozenset(
    "act analysis announcement article assessment audit blog briefing brochure bulletin circular code "
    "consultation contract document e-mail email essay evaluation evidence guidance guideline inquiry "
    "inspection law leaflet letter literature manifesto memo memorandum minute newsletter newspaper note "
    "opinion-piece paper petition plan policy post prospectus publication regulation report research "
    "review ruling specification standard statement strategy study submission summary survey "
    "terms-of-reference transcript website".split()
)

COLLECTIVES = frozenset(
    "all another any both couple dozen each eight either few five four group half handful majority many "
    "minority most neither nine none number one ones other others proportion quarter range seven several "
    "six some ten third three two variety".split()
)
"""Words before "of" where the people after it are the speakers: "some of the leaders"."""

DETERMINERS = frozenset(
    "a an certain her his its my numerous our such that the their these this those various what which "
    "your".split()
)
QUANTIFIERS = frozenset(
    "about all almost another any around both each eight every few fewer five four half just many more "
    "most nearly nine no one only other others over seven several six some ten three two".split()
)
NUMBERS = frozenset("eight five four nine one seven six ten three two".split())
PLURAL_QUANTIFIERS = frozenset(
    "all both eight few five four half many most nine others seven several six some ten these those three "
    "two".split()
)
COUNTING = PLURAL_QUANTIFIERS | {"one", "another", "other"}
PERSONAL = frozenset({"they", "he", "she", "it"})
AUTHORS = frozenset({"i", "we", "you"})
"""Pronouns for the report's authors and readers, whose words are not quotes."""
GOING_ON = frozenset(
    "began begin begins came chose continue continued continues like likes on prefer preferred prefers "
    "seemed tend tended tends".split()
)
"""Words after which "to" and a verb of saying report speech: "went on to say"."""
REFERRING = frozenset(
    "all another both each few five four half majority many most neither none one others several six some "
    "the-other three two".split()
)
"""Words that can be a subject alone and refer to people named before: "Another said ..."."""

PREPOSITIONS = frozenset(
    "about above across against along alongside amid among amongst around at behind below beneath beside "
    "between beyond by concerning despite during except for from in including inside into like near of "
    "off on onto outside over per regarding through throughout to toward towards under unlike upon via "
    "with within without".split()
)
CONJUNCTIONS = frozenset(
    "after although and as because before but if nor or since so than then though unless until when where "
    "whereas while yet".split()
)
RELATIVES = frozenset("that which who whom whose".split())
AUXILIARIES = frozenset(
    "am are be been being can can't cannot could couldn't did didn't do does doesn't don't had hadn't has "
    "hasn't have haven't is isn't may might must never not ought shall should to was wasn't were weren't "
    "will won't would wouldn't".split()
)
BE = frozenset("am are aren't be been being get gets got is isn't was wasn't were weren't".split())
ADVERBS = frozenset(
    "again almost already also always elsewhere even ever first further furthermore here however instead "
    "just later meanwhile moreover nevertheless now often once only out perhaps quite rather simply since "
    "sometimes soon still then there therefore though thus too typically very well yet".split()
)

DETACHED = frozenset(
    "called dubbed entitled headed known labeled labelled named so-called termed titled".split()
)
"""Words that announce a name or a term when directly before a mark and without a speaker."""


def _forms(*stems: str) -> frozenset[str]:
    """Return the forms of regular verbs; irregular verbs are given with their forms after a colon."""
    forms: set[str] = set()
    for stem in stems:
        base, _, others = stem.partition(":")
        if others:
            forms.update({base, *others.split("/")})
        elif base.endswith("e") and not base.endswith("ee"):
            forms.update({base, f"{base}s", f"{base}d", f"{base[:-1]}ing"})
        elif base.endswith("y") and base[-2] not in "aeou":
            forms.update({base, f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"})
        elif base.endswith(("s", "x", "ch", "sh")):
            forms.update({base, f"{base}es", f"{base}ed", f"{base}ing"})
        else:
            past = f"{base}d" if base.endswith("e") else f"{base}ed"
            forms.update({base, f"{base}s", past, f"{base}ing"})
    return frozenset(forms)


SAYING = _forms(
    "accuse", "acknowledge", "add", "admit:admits/admitted/admitting", "advise", "agree", "allege",
    "announce", "answered:answering", "anticipate", "argue", "articulate", "ask", "assert", "assure",
    "boast", "call", "caution", "chuckle", "cite", "claim", "clarify", "comment", "complain", "concede",
    "conclude", "confess", "confirm", "contend", "continue", "counter", "cry", "declare", "demand", "deny",
    "deplore", "disclose", "echo", "emphasise", "emphasize", "exclaim", "explain", "express",
    "forecast:forecasts/forecasting", "go:goes/went/going", "groan", "grumble", "guess", "highlight",
    "hint", "imply", "indicate", "inform", "insist", "joke", "lament", "laugh", "list", "maintain",
    "make:makes/made/making", "mention", "moan", "murmur", "muse", "mutter", "note", "object", "observe",
    "offer", "outline", "plead", "pledge", "point", "predict", "promise", "propose", "protest",
    "put:puts/putting", "question", "quip:quips/quipped/quipping", "quote", "raise", "recall", "reckon",
    "recommend", "record", "refer:refers/referred/referring", "reference", "reflect",
    "regret:regrets/regretted/regretting", "reiterate", "relate", "remark", "remind", "repeat", "reply",
    "report", "respond", "retort", "reveal", "say:says/said/saying", "set:sets/setting", "share", "shout",
    "shrug:shrugs/shrugged", "sigh", "signal:signals/signalled/signalling", "snap:snaps/snapped",
    "sob:sobs/sobbed", "speak:speaks/spoke/spoken/speaking", "speculate", "state", "stress", "suggest",
    "sum:sums/summed/summing", "summarise", "summarize", "swear:swears/swore/swearing", "talk",
    "tell:tells/told/telling", "testify", "urge", "use", "voice", "vow", "warn", "whisper",
    "write:writes/wrote/written/writing", "yell",
)  # fmt: skip

NAMING = _forms(
    "blame", "brand", "call", "characterise", "characterize", "compare", "condemn", "criticise",
    "criticize", "decry", "deem", "denounce", "depict", "deride", "describe", "dismiss",
    "dub:dubs/dubbed/dubbing", "frame", "hail", "label:labels/labelled/labeled/labelling/labeling", "liken",
    "nickname", "portray", "praise", "put:puts/putting", "refer:refers/referred/referring",
    "sum:sums/summed/summing", "term",
)  # fmt: skip
"""Verbs that name something; however few the quoted words, they are the speaker's."""

FEELING = _forms(
    "believe", "consider", "fear", "feel:feels/felt/feeling", "find:finds/found/finding", "hope", "judge",
    "perceive", "regard", "see:sees/saw/seen/seeing", "think:thinks/thought/thinking", "view", "worry",
)  # fmt: skip

WISHING = _forms(
    "appreciate", "define", "discuss", "expect", "experience", "favour", "identify", "include",
    "know:knows/knew/known/knowing", "need", "prefer:prefers/preferred/preferring", "prioritise",
    "recognise", "recognize", "require", "show", "stipulate", "support",
    "understand:understands/understood/understanding", "value", "want", "welcome",
)  # fmt: skip
"""Verbs after which the quoted words may be the speaker's or the authors'."""

REPORTING = SAYING | NAMING | FEELING | WISHING

ALSO_NOUNS = frozenset(
    "add answer answers being brand brands call calls cite claim claims comment comments counter cry "
    "demand demands echo experience experiences fear fears feeling feelings find finding findings finds "
    "forecast forecasts frame frames going guess highlight highlights hope hopes including judge judges "
    "known label labels laugh like list lists meaning mention mentions need needs note notes object "
    "objects offer offers outline outlines point points promise put puts question questions quote quotes "
    "raise raises recall record records reference references regret regrets repeat reply report reports "
    "see set sets setting settings share shares shout show shows shrug signal signals snap state states "
    "stress sum sums support term terms thinking understanding use uses value values view views voice "
    "voices vow vows worries worry written".split()
)
"""Forms that are verbs only if their subject directly precedes them."""

_IRREGULAR_PARTICIPLES = frozenset(
    "felt found known put said seen set spoken thought told understood written".split()
)
PARTICIPLES = frozenset(verb for verb in REPORTING if verb.endswith("ed") or verb in _IRREGULAR_PARTICIPLES)

STATEMENTS = frozenset(
    "account accusation admission allegation analogy answer appeal argument assertion belief call "
    "characterisation claim comment complaint concern conclusion criticism description experience "
    "explanation expression fear feedback feeling frustration impression language message metaphor "
    "observation opinion perception perspective phrase plea quip quotation quote reaction reason "
    "reflection remark reply request response sense sentiment statement story suggestion summary term "
    "testimony theme thought verdict view viewpoint warning word worry".split()
)
"""Nouns for what somebody says or thinks: "view among parents", "one leader's words"."""

SPEAKING_NOUNS = frozenset(
    "analogy expression label language metaphor phrase phrases term terms word words".split()
)

ONLY_WITH: dict[str, frozenset[str]] = {
    form: companions
    for forms, companions in (
        ("go goes went going", frozenset({"on", "far"})),
        ("make makes made making", frozenset({"point", "points", "clear", "case", "observation"})),
        ("point points pointed pointing", frozenset({"out", "to"})),
        ("put puts putting", frozenset({"it", "this", "that", "as"})),
        ("refer refers referred referring", frozenset({"to"})),
        ("relate relates related relating", frozenset({"that", "how"})),
        ("set sets setting", frozenset({"out"})),
        ("speak speaks spoke spoken speaking", frozenset({"of", "about"})),
        ("sum sums summed summing", frozenset({"up"})),
        ("talk talks talked talking", frozenset({"of", "about", "up"})),
        ("use uses used using", SPEAKING_NOUNS | {"as"}),
    )
    for form in forms.split()
}
"""Verbs that report speech only if one of these words follows."""

ONE = frozenset({"one", "another"})
ANY_ONE = ONE | {"a", "an"}
BREAKS = frozenset(";:")
"""Signs beyond which no subject is searched for."""
SIGNS_BETWEEN = frozenset(",()\u2013\u2014-")
"""Signs that may separate a subject from its verb."""

FUNCTION_WORDS = (
    DETERMINERS
    | QUANTIFIERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | RELATIVES
    | AUXILIARIES
    | ADVERBS
    | PERSONAL
    | AUTHORS
    | REPORTING
)
"""Words that never come between a determiner and the noun of a phrase."""
