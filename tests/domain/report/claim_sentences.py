"""Sentences of draft reports with what a careful reader takes them to claim, written before the rules were.

Each claim is (amount, who, areas, code, stance, whether it is said of those who did not); everybody is "".
"""

from __future__ import annotations

Expected = tuple[str, str, str, str, str, bool]

SENTENCES: tuple[tuple[str, tuple[Expected, ...]], ...] = (
    ("Most school leaders spoke of [[who pays]].", (("most", "school", "", "who pays", "", False),)),
    (
        "Few of the parents in Northmoor disputed [[breathing space]].",
        (("a few", "parent", "Northmoor", "breathing space", "disputes", False),),
    ),
    (
        "None of the college leaders mentioned [[strings attached]].",
        (("none", "college", "", "strings attached", "", False),),
    ),
    (
        "7 of the 9 school leaders talked about [[the wait]].",
        (("7 of 9", "school", "", "the wait", "", False),),
    ),
    ("[[Who pays]] was raised by most parents.", (("most", "parent", "", "Who pays", "", False),)),
    (
        "[[the wait]] came up with all four parents and with none of the local authority leaders.",
        (
            ("all of 4", "parent", "", "the wait", "", False),
            ("none", "local authority", "", "the wait", "", False),
        ),
    ),
    (
        "Most school leaders, but only one of the parents, described [[closer to home]].",
        (
            ("most", "school", "", "closer to home", "", False),
            ("1", "parent", "", "closer to home", "", False),
        ),
    ),
    (
        "Many parents and school leaders talked of [[the wait]].",
        (("many", "parent", "", "the wait", "", False), ("many", "school", "", "the wait", "", False)),
    ),
    (
        "Almost all health professionals raised [[who pays]] and [[people leaving]].",
        (
            ("almost all", "health", "", "who pays", "", False),
            ("almost all", "health", "", "people leaving", "", False),
        ),
    ),
    (
        "In Eastmere, most of the parents described [[harder to get a plan]].",
        (("most", "parent", "Eastmere", "harder to get a plan", "", False),),
    ),
    (
        "Two of the three college leaders disagreed with [[eyes on it]].",
        (("2 of 3", "college", "", "eyes on it", "disputes", False),),
    ),
    ("Everyone spoke of [[the wait]].", (("all", "", "", "the wait", "", False),)),
    (
        "Nobody in Port Wenlow mentioned [[earlier help]].",
        (("none", "", "Port Wenlow", "earlier help", "", False),),
    ),
    (
        "Most participants agreed with [[pulling together]].",
        (("most", "", "", "pulling together", "supports", False),),
    ),
    (
        "More than half of the local authority leaders rejected [[sticking plaster]].",
        (("over 1/2", "local authority", "", "sticking plaster", "disputes", False),),
    ),
    ("A third of the parents told us of [[the wait]].", (("1/3", "parent", "", "the wait", "", False),)),
    (
        "At least three parents described [[the wait]].",
        (("at least 3", "parent", "", "the wait", "", False),),
    ),
    (
        "Fewer than five of the people we interviewed talked about [[earlier help]].",
        (("under 5", "", "", "earlier help", "", False),),
    ),
    (
        "The majority of school leaders spoke of [[trust worn thin]].",
        (("over 1/2", "school", "", "trust worn thin", "", False),),
    ),
    (
        "Only a minority of parents mentioned [[who pays]].",
        (("minority", "parent", "", "who pays", "", False),),
    ),
    (
        "75% of local authority leaders mentioned [[people leaving]].",
        (("75%", "local authority", "", "people leaving", "", False),),
    ),
    (
        "Most headteachers spoke of [[people leaving]].",
        (("most", "school: Headteacher", "", "people leaving", "", False),),
    ),
    (
        "Several councils described [[strings attached]].",
        (("some", "local authority", "", "strings attached", "", False),),
    ),
    (
        "Most parents did not mention [[strings attached]].",
        (("most", "parent", "", "strings attached", "", True),),
    ),
    (
        "Not all school leaders spoke of [[who pays]].",
        (("not all", "school", "", "who pays", "", False),),
    ),
    (
        "Both forum chairs spoke of [[pulling together]].",
        (("both", "parent carer forum", "", "pulling together", "", False),),
    ),
    (
        "Most (7 of 9) of the school leaders spoke of [[who pays]].",
        (("most; 7 of 9", "school", "", "who pays", "", False),),
    ),
    (
        "Most of the school leaders (3 of 5) spoke of [[who pays]].",
        (("most; 3 of 5", "school", "", "who pays", "", False),),
    ),
    (
        "Some school leaders said it was not a [[sticking plaster]].",
        (("some", "school", "", "sticking plaster", "disputes", False),),
    ),
    (
        "Most Calderby parents described [[the wait]], while few of the Eastmere parents did.",
        (
            ("most", "parent", "Calderby", "the wait", "", False),
            ("a few", "parent", "Eastmere", "the wait", "", False),
        ),
    ),
    (
        "Most parents spoke of [[the wait]], whereas no college leaders spoke of [[who pays]].",
        (("most", "parent", "", "the wait", "", False), ("none", "college", "", "who pays", "", False)),
    ),
    (
        "All but one of the parents described [[the wait]].",
        (("all but 1", "parent", "", "the wait", "", False),),
    ),
    (
        "Most of the governors spoke of [[who pays]].",
        (("unknown group", "governors", "", "who pays", "", False),),
    ),
    (
        "Few trade union officers and most parents talked about [[the wait]].",
        (
            ("unknown group", "trade union officers", "", "the wait", "", False),
            ("most", "parent", "", "the wait", "", False),
        ),
    ),
    ("School leaders spoke of [[who pays]] at length.", (("no amount", "", "", "who pays", "", False),)),
    ("We return to [[breathing space]] below.", (("no amount", "", "", "breathing space", "", False),)),
    ("Some of the trouble with [[who pays]] is old.", (("no amount", "", "", "who pays", "", False),)),
    (
        "It took some months before [[the wait]] was on anybody's list.",
        (("no amount", "", "", "the wait", "", False),),
    ),
    (
        "One of the reasons why most parents spoke of [[the wait]] was the letter.",
        (("most", "parent", "", "the wait", "", False),),
    ),
    ("Most parents spoke of the waiting list.", ()),
    (
        "Three quarters of school leaders were divided over [[breathing space]].",
        (("3/4", "school", "", "breathing space", "mixed", False),),
    ),
    (
        "Every health professional in Calderby welcomed [[pulling together]].",
        (("all", "health", "Calderby", "pulling together", "supports", False),),
    ),
    (
        "Hardly any parents questioned [[closer to home]].",
        (("a few", "parent", "", "closer to home", "disputes", False),),
    ),
    (
        "Most school leaders disagreed about [[who pays]].",
        (("most", "school", "", "who pays", "", False),),
    ),
    (
        "Many of those we spoke to in Calderby and Northmoor described [[the wait]].",
        (("many", "", "Calderby|Northmoor", "the wait", "", False),),
    ),
    (
        "A handful of school leaders did not agree with [[earlier help]].",
        (("a few", "school", "", "earlier help", "disputes", False),),
    ),
    (
        "Most school leaders who had seen the figures spoke of [[who pays]].",
        (("restricted", "school", "", "who pays", "", False),),
    ),
    (
        "There were three parents who spoke of [[the wait]].",
        (("3", "parent", "", "the wait", "", False),),
    ),
    (
        "None of the parents and two of the school leaders brought up [[rules that pull the wrong way]].",
        (
            ("none", "parent", "", "rules that pull the wrong way", "", False),
            ("2", "school", "", "rules that pull the wrong way", "", False),
        ),
    ),
    (
        "[[Breathing space]] was disputed by half of the local authority leaders.",
        (("1/2", "local authority", "", "Breathing space", "disputes", False),),
    ),
)
