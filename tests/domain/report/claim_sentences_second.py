"""Sentences written after the rules: at first sight 18 of 30 were read right, then the rules were mended."""

from __future__ import annotations

from tests.domain.report.claim_sentences import Expected

SECOND: tuple[tuple[str, tuple[Expected, ...]], ...] = (
    (
        "Across all areas, most parents told us about [[the wait]].",
        (("most", "parent", "", "the wait", "", False),),
    ),
    (
        "By contrast, only a few of the school leaders complained of [[strings attached]].",
        (("a few", "school", "", "strings attached", "", False),),
    ),
    (
        "[[Trust worn thin]] was a concern for many parents in Port Wenlow.",
        (("many", "parent", "Port Wenlow", "Trust worn thin", "", False),),
    ),
    (
        "Six of our seven local authority leaders pointed to [[prices we cannot control]].",
        (("6 of 7", "local authority", "", "prices we cannot control", "", False),),
    ),
    (
        "The college leaders were less concerned: just one described [[people leaving]].",
        (("no group", "", "", "people leaving", "", False),),
    ),
    (
        "Health professionals, almost all of them, raised [[the wait]].",
        (("almost all", "health", "", "the wait", "", False),),
    ),
    (
        "All three college leaders and both forum chairs talked about [[pulling together]].",
        (
            ("all of 3", "college", "", "pulling together", "", False),
            ("both", "parent carer forum", "", "pulling together", "", False),
        ),
    ),
    (
        "A majority of headteachers challenged the idea of [[breathing space]].",
        (("over 1/2", "school: Headteacher", "", "breathing space", "disputes", False),),
    ),
    (
        "No parent in Eastmere felt [[closer to home]] had happened.",
        (("none", "parent", "Eastmere", "closer to home", "", False),),
    ),
    (
        "Some parents, and most carers, mentioned [[earlier help]].",
        (
            ("some", "parent", "", "earlier help", "", False),
            ("most", "parent", "", "earlier help", "", False),
        ),
    ),
    (
        "Roughly half of the parents we heard described [[harder to get a plan]].",
        (("about 1/2", "parent", "", "harder to get a plan", "", False),),
    ),
    (
        "Two thirds of health professionals never referred to [[strings attached]].",
        (("2/3", "health", "", "strings attached", "", True),),
    ),
    (
        "There was hardly any talk of [[eyes on it]] among parents.",
        (("no group", "", "", "eyes on it", "", False),),
    ),
    (
        "Virtually all local authority leaders and some of the school leaders endorsed [[breathing space]].",
        (
            ("almost all", "local authority", "", "breathing space", "supports", False),
            ("some", "school", "", "breathing space", "supports", False),
        ),
    ),
    (
        "Neither forum chair brought up [[who pays]].",
        (("neither", "parent carer forum", "", "who pays", "", False),),
    ),
    (
        "As one parent put it, [[the wait]] is the whole story.",
        (("1", "parent", "", "the wait", "", False),),
    ),
    (
        "Most primary school leaders spoke of [[earlier help]].",
        (("unknown group", "primary school leaders", "", "earlier help", "", False),),
    ),
    (
        "[[People leaving]] and [[always firefighting]] were raised by several local authority leaders.",
        (
            ("some", "local authority", "", "People leaving", "", False),
            ("some", "local authority", "", "always firefighting", "", False),
        ),
    ),
    (
        "More than one parent in five spoke of [[trust worn thin]].",
        (("over 1/5", "parent", "", "trust worn thin", "", False),),
    ),
    (
        "While many local authority leaders supported [[breathing space]], few parents did.",
        (
            ("many", "local authority", "", "breathing space", "supports", False),
            ("a few", "parent", "", "breathing space", "supports", False),
        ),
    ),
    ("See the section on [[the wait]].", (("no amount", "", "", "the wait", "", False),)),
    (
        "Over 60 per cent of all participants talked of [[who pays]].",
        (("over 60%", "", "", "who pays", "", False),),
    ),
    (
        "Four school leaders out of five described [[people leaving]].",
        (("4 of 5", "school", "", "people leaving", "", False),),
    ),
    (
        "In Calderby most parents, and in Northmoor some parents, described [[the wait]].",
        (
            ("most", "parent", "Calderby", "the wait", "", False),
            ("some", "parent", "Northmoor", "the wait", "", False),
        ),
    ),
    (
        "No fewer than four LAs said the money came with [[strings attached]].",
        (("at least 4", "local authority", "", "strings attached", "", False),),
    ),
    (
        "For the majority of parents, [[the wait]] mattered more than [[who pays]].",
        (
            ("over 1/2", "parent", "", "the wait", "", False),
            ("over 1/2", "parent", "", "who pays", "", False),
        ),
    ),
    (
        "Not one of the health professionals denied [[the wait]].",
        (("none", "health", "", "the wait", "disputes", False),),
    ),
    (
        "Many school leaders don't accept that the programme is [[breathing space]].",
        (("many", "school", "", "breathing space", "disputes", False),),
    ),
    (
        "Therapists all mentioned [[the wait]].",
        (("all", "health: Therapist", "", "the wait", "", False),),
    ),
    (
        "Many of the young people spoke of [[the wait]].",
        (("unknown group", "young people", "", "the wait", "", False),),
    ),
)
