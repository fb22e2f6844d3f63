"""Sentences written after that: at first sight 17 of 25 were read right, then the rules were mended."""

from __future__ import annotations

from tests.domain.report.claim_sentences import Expected

THIRD: tuple[tuple[str, tuple[Expected, ...]], ...] = (
    (
        "The wait dominated: nearly every parent in Calderby described [[the wait]].",
        (("almost all", "parent", "Calderby", "the wait", "", False),),
    ),
    (
        "Among college leaders, two of three spoke of [[people leaving]].",
        (("2 of 3", "college", "", "people leaving", "", False),),
    ),
    (
        "We heard [[who pays]] from most health professionals and a handful of parents.",
        (("most", "health", "", "who pays", "", False), ("a few", "parent", "", "who pays", "", False)),
    ),
    (
        "Parents mostly accepted [[closer to home]].",
        (("no amount", "", "", "closer to home", "", False),),
    ),
    (
        "Almost none of the school leaders doubted [[people leaving]].",
        (("a few", "school", "", "people leaving", "disputes", False),),
    ),
    (
        "Three of the five school leaders, one college leader and no parents spoke of [[eyes on it]].",
        (
            ("3 of 5", "school", "", "eyes on it", "", False),
            ("1", "college", "", "eyes on it", "", False),
            ("none", "parent", "", "eyes on it", "", False),
        ),
    ),
    (
        "Only in Northmoor did most parents mention [[earlier help]].",
        (("most", "parent", "Northmoor", "earlier help", "", False),),
    ),
    (
        "Some local authority leaders argued against [[sticking plaster]].",
        (("some", "local authority", "", "sticking plaster", "disputes", False),),
    ),
    (
        "[[Trust worn thin]] was absent from what all three health professionals told us.",
        (("all of 3", "health", "", "Trust worn thin", "", True),),
    ),
    (
        "A quarter of participants, mainly parents, raised [[harder to get a plan]].",
        (("1/4", "", "", "harder to get a plan", "", False),),
    ),
    (
        "Most school leaders had nothing to say about [[strings attached]].",
        (("most", "school", "", "strings attached", "", True),),
    ),
    (
        "Both [[the wait]] and [[who pays]] were named by a majority of parents.",
        (
            ("over 1/2", "parent", "", "the wait", "", False),
            ("over 1/2", "parent", "", "who pays", "", False),
        ),
    ),
    (
        "Up to four local authority leaders described [[always firefighting]].",
        (("at most 4", "local authority", "", "always firefighting", "", False),),
    ),
    (
        "Though few councils said so, many parents described [[trust worn thin]].",
        (
            ("a few", "local authority", "", "trust worn thin", "", False),
            ("many", "parent", "", "trust worn thin", "", False),
        ),
    ),
    (
        "Several of the special school heads supported [[pulling together]].",
        (("unknown group", "special school heads", "", "pulling together", "", False),),
    ),
    (
        "The theme [[breathing space]] has two sides.",
        (("no amount", "", "", "breathing space", "", False),),
    ),
    (
        "10 out of the 21 participants talked about [[sticking plaster]].",
        (("10 of 21", "", "", "sticking plaster", "", False),),
    ),
    (
        "Every single parent brought up [[the wait]].",
        (("all", "parent", "", "the wait", "", False),),
    ),
    (
        "Most parents in Port Wenlow and some in Eastmere spoke of [[closer to home]].",
        (
            ("most", "parent", "Port Wenlow", "closer to home", "", False),
            ("some", "parent", "Eastmere", "closer to home", "", False),
        ),
    ),
    (
        "While the forum chairs welcomed [[pulling together]], none of the school leaders agreed with it.",
        (("none", "school", "", "pulling together", "supports", False),),
    ),
    (
        "Not a single college leader spoke about [[harder to get a plan]].",
        (("none", "college", "", "harder to get a plan", "", False),),
    ),
    (
        "More health professionals than parents raised [[people leaving]].",
        (("no amount", "", "", "people leaving", "", False),),
    ),
    (
        "Most mothers and all fathers described [[the wait]].",
        (("most", "parent", "", "the wait", "", False), ("all", "parent", "", "the wait", "", False)),
    ),
    (
        "A large number of parents, 3 of 4, disagreed with [[closer to home]].",
        (("many; 3 of 4", "parent", "", "closer to home", "disputes", False),),
    ),
    (
        "It was headteachers, most of them in Calderby, who raised [[rules that pull the wrong way]].",
        (("most", "school: Headteacher", "Calderby", "rules that pull the wrong way", "", False),),
    ),
)
