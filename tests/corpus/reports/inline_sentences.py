"""Invented sentences with quotation marks, and what is to be found in them."""

from __future__ import annotations

SPOKEN: list[tuple[str, list[tuple[str, str]]]] = [
    # A reporting verb in front.
    ("One headteacher said: 'The roof came off.'", [("The roof came off.", "headteacher")]),
    ("One headteacher said 'the roof came off'.", [("the roof came off", "headteacher")]),
    ("One headteacher said, 'the roof came off'.", [("the roof came off", "headteacher")]),
    ("Another carer told us that it was 'a lottery'.", [("a lottery", "carer")]),
    ("A parent reported that it was 'like wading through mud'.", [("like wading through mud", "parent")]),
    ("LA leaders described it as a 'leaky bucket'.", [("leaky bucket", "LA leaders")]),
    ('Several school leaders have described it as "a leaky bucket".', [("a leaky bucket", "school leaders")]),
    (
        "Leaders in two of the colleges called it \u201ca lifeline\u201d.",
        [("a lifeline", "Leaders in two of the colleges")],
    ),
    ("Some of the parents we met felt that it was \u2018all talk\u2019.", [("all talk", "parents")]),
    ("A number of LA officers saw it as a 'fresh start'.", [("fresh start", "LA officers")]),
    ("One of the principals warned of a 'cliff edge'.", [("cliff edge", "principals")]),
    ("A DCO who had joined late thought the plan was 'half baked'.", [("half baked", "DCO")]),
    ("The council said it would 'leave no stone unturned'.", [("leave no stone unturned", "council")]),
    ("Two carers, both from the coast, spoke of 'a wall of silence'.", [("a wall of silence", "carers")]),
    (
        "One SENCO explained (at some length, and with two examples) that it was 'a maze'.",
        [("a maze", "SENCO")],
    ),
    ("One SENCO explained \u2013 and others nodded \u2013 that it was 'a maze'.", [("a maze", "SENCO")]),
    ("Parents liked the idea but described the form as 'a monster'.", [("a monster", "Parents")]),
    ("Leaders were cautious, describing the grant as 'a patch'.", [("a patch", "Leaders")]),
    (
        "Participants who had applied twice referred to 'an endless queue'.",
        [("an endless queue", "Participants")],
    ),
    (
        "An interviewee remarked that staff were 'run off their feet'.",
        [("run off their feet", "interviewee")],
    ),
    (
        "Those who had moved schools talked about 'starting from nothing'.",
        [("starting from nothing", "Those who had moved schools")],
    ),
    ('An official conceded that the target was "a guess".', [("a guess", "official")]),
    (
        "The director of children's services argued that 'nobody owns it'.",
        [("nobody owns it", "director of children's services")],
    ),
    (
        "A leader of the council claimed it was 'money well spent'.",
        [("money well spent", "leader of the council")],
    ),
    ("Families used the phrase 'lost in the post' more than once.", [("lost in the post", "Families")]),
    ("With one teacher calling it 'a gift', the mood was good.", [("a gift", "teacher")]),
    # Other constructions in front.
    ("As one school leader put it, 'the tide went out'.", [("the tide went out", "school leader")]),
    ("As one school leader noted, the plan was 'built on sand'.", [("built on sand", "school leader")]),
    (
        "In the words of one LA officer, the scheme was 'a bridge to nowhere'.",
        [("a bridge to nowhere", "LA officer")],
    ),
    ("In one carer's words, it was 'a bridge to nowhere'.", [("a bridge to nowhere", "carer")]),
    (
        "According to one respondent, \u2018the phone just rang\u2019.",
        [("the phone just rang", "respondent")],
    ),
    ("To quote one father, it was 'a second job'.", [("a second job", "father")]),
    ("What one leader called 'the great unravelling' took a year.", [("the great unravelling", "leader")]),
    ("It was described by one carer as 'a second job'.", [("a second job", "carer")]),
    ("Support, described by several parents as 'patchy', has grown.", [("patchy", "parents")]),
    (
        "There was a view among teachers that the rules were 'made for somewhere else'.",
        [("made for somewhere else", "teachers")],
    ),
    (
        "Comments from carers included 'nobody rang' and 'nobody wrote'.",
        [("nobody rang", "carers"), ("nobody wrote", "carers")],
    ),
    ("One parent's verdict was 'too little'.", [("too little", "parent")]),
    ("Parent: 'It never came.'", [("It never came.", "Parent")]),
    ("Teachers were tired: 'we ran out of road'.", [("we ran out of road", "Teachers")]),
    # Behind.
    ("'The roof came off,' said a SENCO.", [("The roof came off,", "SENCO")]),
    ("'The roof came off', one principal said.", [("The roof came off", "principal")]),
    ("'Why did the roof come off?' asked one of the carers.", [("Why did the roof come off?", "carers")]),
    ("'It came off', as one headteacher put it.", [("It came off", "headteacher")]),
    ("'It came off', according to one headteacher.", [("It came off", "headteacher")]),
    ("It was 'a maze', in the words of one carer.", [("a maze", "carer")]),
    ("'A maze' was how one carer described it.", [("A maze", "carer")]),
    ("'A maze' was the word that several parents used.", [("A maze", "parents")]),
    ("The form was described as 'a maze' by one carer.", [("a maze", "carer")]),
    ("The phrase 'a maze' was used by several parents.", [("a maze", "parents")]),
    ("The answer was short: 'no' (headteacher, north).", [("no", "headteacher, north")]),
    ("Money mattered: 'we had none' (P7).", [("we had none", "P7")]),
    (
        "'We tried,' said one principal, 'but the money went.'",
        [("We tried,", "principal"), ("but the money went.", "principal")],
    ),
    (
        "'We tried,' said one principal. 'The money went.'",
        [("We tried,", "principal"), ("The money went.", "principal")],
    ),
    # Several.
    (
        "LA leaders described it as 'slow', 'costly' and 'out of touch'.",
        [("slow", "LA leaders"), ("costly", "LA leaders"), ("out of touch", "LA leaders")],
    ),
    (
        "One carer called it 'a maze' and said it was 'built to lose people'.",
        [("a maze", "carer"), ("built to lose people", "carer")],
    ),
    (
        "It was described as 'slow' and 'costly' by LA leaders.",
        [("slow", "LA leaders"), ("costly", "LA leaders")],
    ),
    (
        "One carer called it 'a maze', while a teacher called it 'a map'.",
        [("a maze", "carer"), ("a map", "teacher")],
    ),
    # Documents and organisations.
    ("The report says 'the pace must quicken'.", [("the pace must quicken", "report")]),
    (
        "A monitoring report noted that progress was 'uneven at best'.",
        [("uneven at best", "monitoring report")],
    ),
    ('According to the paper, the deficit is "not sustainable".', [("not sustainable", "paper")]),
    ("The department said in a letter that the plan was 'on course'.", [("on course", "department")]),
    # Marks, apostrophes and lines.
    ("One carer said: 'It's the leaders' job, isn't it?'", [("It's the leaders' job, isn't it?", "carer")]),
    (
        "One carer said: \u2018It\u2019s the leaders\u2019 job since the \u201990s\u2019.",
        [("It\u2019s the leaders\u2019 job since the \u201990s", "carer")],
    ),
    (
        "One carer said: 'they call us \"hard to reach\" and leave'.",
        [('they call us "hard to reach" and leave', "carer")],
    ),
    (
        "One carer said: \u201cthey call us \u2018hard to reach\u2019 and leave\u201d.",
        [("they call us \u2018hard to reach\u2019 and leave", "carer")],
    ),
    ("The parents' group met. One carer said it was\n'a second job'.", [("a second job", "carer")]),
    ("At five o'clock one teacher said it was 'over'.", [("over", "teacher")]),
    # Referring back.
    ("Teachers tried the new form. They described it as 'a maze'.", [("a maze", "Teachers")]),
    ("One carer had waited for years. She said it was 'a second job'.", [("a second job", "carer")]),
    ("Teachers tried the new form. One described it as 'a maze'.", [("a maze", "Teachers")]),
    ("Ada Stone, chair of the forum, said: 'We asked twice.'", [("We asked twice.", "chair")]),
    ("'We asked twice,' said Ada Stone.", [("We asked twice,", "Ada Stone")]),
    # Speakers whom no list has, and what journalists and evaluators write.
    ("Smith said it was 'a maze'.", [("a maze", "Smith")]),
    ("The principal went on to describe it as 'a maze'.", [("a maze", "principal")]),
    ("One glazier said it was 'a maze'.", [("a maze", "glazier")]),
    ("As one beekeeper put it, 'the hive moved on'.", [("the hive moved on", "beekeeper")]),
    ("The plan was, in the words of one beekeeper, 'all smoke'.", [("all smoke", "beekeeper")]),
    ("In the words of one ward official - 'now we have a map'.", [("now we have a map", "ward official")]),
    ("'It was dark,' said a night porter.", [("It was dark,", "night porter")]),
    ("'It was dark,' said one head of planning in the north.", [("It was dark,", "head")]),
    (
        "'It was dark,' said one carer, who asked not to be named. 'There was mud.'",
        [("It was dark,", "carer"), ("There was mud.", "carer")],
    ),
    (
        "A teacher looked at it and said that it was loose. 'The tool is to blame,' she said.",
        [("The tool is to blame,", "teacher")],
    ),
    (
        "As one participant put it, 'it changed everything' (Participant 27).",
        [("it changed everything", "Participant 27")],
    ),
    ("It was slow \u2013 parents to whom we spoke called it 'glacial'.", [("glacial", "parents")]),
    (
        "The teachers \u2013 heads and others \u2013 that we met in spring called it 'glacial'.",
        [("glacial", "teachers")],
    ),
    ("Parents and carers felt that it was 'glacial'.", [("glacial", "Parents and carers")]),
    ("Parents, carers and teachers called it 'glacial'.", [("glacial", "Parents, carers and teachers")]),
    ("Progress was 'glacial', report warns", [("glacial", "report")]),
    ("The report found gaps.\n\nIt adds: 'the pace must quicken'.", [("the pace must quicken", "report")]),
    ("A mentor from Amber House said it was 'glacial'.", [("glacial", "mentor from Amber House")]),
    (
        "Those taking part in the trial said it was 'glacial'.",
        [("glacial", "Those taking part in the trial")],
    ),
    # Written after the constructions, to see how they do on sentences that they were not made for.
    (
        "Staff in the smaller nurseries were more guarded. As a deputy manager there explained, "
        "\u2018we simply copy what the big ones do\u2019.",
        [("we simply copy what the big ones do", "deputy manager")],
    ),
    (
        "Both the union and the employers have since called the deal \u201cworkable\u201d.",
        [("workable", "union and the employers")],
    ),
    (
        "A third of tenants who answered the survey said they felt \u201cforgotten\u201d by their landlord.",
        [("forgotten", "tenants")],
    ),
    (
        "Officers were blunter: \u201cIt was never going to work,\u201d one told the committee.",
        [("It was never going to work,", "Officers")],
    ),
    (
        "Councillor Mary Holt, who chairs the panel, told members that the figures were \u201ca "
        "wake-up call\u201d.",
        [("a wake-up call", "Councillor Mary Holt")],
    ),
    (
        "What patients most wanted, they said, was \u201csomeone to pick up the phone\u201d.",
        [("someone to pick up the phone", "patients")],
    ),
    (
        "One group of apprentices, asked about pay, laughed and said it was \u2018pocket money\u2019.",
        [("pocket money", "apprentices")],
    ),
    (
        'Nurses complained of "being shouted at" and of "never being thanked".',
        [("being shouted at", "Nurses"), ("never being thanked", "Nurses")],
    ),
    (
        "It would be, one engineer predicted, \u201ca very long winter\u201d.",
        [("a very long winter", "engineer")],
    ),
    (
        "The scheme, which one adviser dubbed \u2018the merry-go-round\u2019, closed in May.",
        [("the merry-go-round", "adviser")],
    ),
    (
        "Young people told researchers they wanted adults to \u2018listen properly\u2019.",
        [("listen properly", "Young people")],
    ),
    (
        "The minister has insisted that there is \u201cno plan B\u201d.",
        [("no plan B", "minister")],
    ),
    (
        "The letter, seen by this newspaper, accuses managers of \u201ca failure of basic care\u201d.",
        [("a failure of basic care", "letter")],
    ),
    (
        "Residents on the estate nicknamed the new road \u2018the moat\u2019.",
        [("the moat", "Residents")],
    ),
    (
        "One respondent (a farmer in the uplands, who had been through the process three times) "
        "likened it to \u2018pulling teeth\u2019.",
        [("pulling teeth", "respondent")],
    ),
    (
        "There was frustration among volunteers at what they saw as \u2018box-ticking\u2019.",
        [("box-ticking", "volunteers")],
    ),
    (
        "\u201cWe can\u2019t recruit,\u201d was a typical response from managers.",
        [("We can\u2019t recruit,", "managers")],
    ),
    (
        "Managers\u2019 responses ranged from \u2018very helpful\u2019 to \u2018a waste of time\u2019.",
        [("very helpful", "Managers"), ("a waste of time", "Managers")],
    ),
    (
        "Two trustees resigned, citing \u201cirreconcilable differences\u201d.",
        [("irreconcilable differences", "trustees")],
    ),
    (
        "The governors\u2019 minutes record that the head \u2018expressed concern\u2019 about numbers.",
        [("expressed concern", "minutes")],
    ),
    (
        "Parents who answered \u2018yes\u2019 to question 3 were asked to continue.",
        [("yes", "Parents")],
    ),
    (
        "The workers' canteen was shut; the workers' view was that it was 'cheaper to starve us'.",
        [("cheaper to starve us", "workers")],
    ),
    (
        'A foster carer of fifteen years summed it up: "You learn not to ask."',
        [("You learn not to ask.", "foster carer")],
    ),
    (
        "Where schools had merged, pupils spoke warmly of \u2018having twice the friends\u2019.",
        [("having twice the friends", "pupils")],
    ),
    (
        "The ombudsman found that the council had shown \u201ca disregard for its own rules\u201d.",
        [("a disregard for its own rules", "ombudsman")],
    ),
    (
        'Ministers say the reform is "on track" but charities have called it "a mirage".',
        [("on track", "Ministers"), ("a mirage", "charities")],
    ),
    (
        "\u2018It is what it is\u2019, shrugged one caretaker.",
        [("It is what it is", "caretaker")],
    ),
    (
        "A social worker based in the hospital commented, \u201cThe beds are there. The people are "
        "not.\u201d",
        [("The beds are there. The people are not.", "social worker")],
    ),
    (
        "None of the principals had seen the data. \u2018We were flying blind,\u2019 said one.",
        [("We were flying blind,", "principals")],
    ),
    (
        "Most thought it fair, but a few of the older members muttered about \u2018favouritism\u2019.",
        [("favouritism", "older members")],
    ),
    (
        "Their grandmother put it more simply: \u201cThey took his seat away.\u201d",
        [("They took his seat away.", "grandmother")],
    ),
    (
        "The plan was met with what one clerk politely termed \u2018limited enthusiasm\u2019.",
        [("limited enthusiasm", "clerk")],
    ),
    (
        "Asked whether the money had helped, the director replied: \u2018Yes, for a week.\u2019",
        [("Yes, for a week.", "director")],
    ),
    (
        "According to several of the midwives interviewed, the rota was \u2018a lottery\u2019.",
        [("a lottery", "midwives")],
    ),
    (
        "The strategy promises \u2018a place for every child\u2019 by 2030.",
        [("a place for every child", "strategy")],
    ),
    (
        "One in five teachers said workload was \u2018unmanageable\u2019.",
        [("unmanageable", "teachers")],
    ),
    (
        "Pupils from the unit reported feeling \u201clike ghosts\u201d in corridors.",
        [("like ghosts", "Pupils")],
    ),
    (
        "The chair's opening words, \u201clet us be honest\u201d, were much repeated.",
        [("let us be honest", "chair")],
    ),
    (
        "Carers also wanted to be \u2018heard, not managed\u2019, as one said.",
        [("heard, not managed", "Carers")],
    ),
    (
        "In a joint statement, the unions said they were \u201cappalled\u201d by the offer and "
        "would \u201cfight it every step of the way\u201d.",
        [("appalled", "unions"), ("fight it every step of the way", "unions")],
    ),
    (
        "Health visitors and nursery staff both used the word \u2018firefighting\u2019.",
        [("firefighting", "Health visitors and nursery staff")],
    ),
    (
        "\u201cIt's a scandal,\u201d the MP Tom Reed said on Friday.",
        [("It's a scandal,", "MP Tom Reed")],
    ),
    (
        "A spokesperson for the council said: \u201cWe are sorry for the delay.\u201d",
        [("We are sorry for the delay.", "spokesperson for the council")],
    ),
    (
        "The evaluation concluded that benefits were \u2018modest and uneven\u2019.",
        [("modest and uneven", "evaluation")],
    ),
    ("Participant 12 described it as 'grim'.", [("grim", "Participant 12")]),
    ("There was, said one leader, 'no money'.", [("no money", "leader")]),
    ("A leaflet, said leaders, was 'what it took'.", [("what it took", "leaders")]),
]

NOT_SPOKEN = [
    "The 'early help' offer grew in every area.",
    "So-called 'hidden' costs rose again.",
    "The programme, known as 'Level Ground', began in spring.",
    "A scheme called 'First Steps' was closed.",
    "Schools differ in what 'ready' means to them.",
    "The term 'inclusion' has many meanings.",
    "We use 'provider' for any setting with a contract.",
    "This report uses the term 'area' for a council and its partners.",
    "The guide is entitled 'Who pays?' and is free.",
    "Figure 2 shows 'high' and 'low' areas.",
    "One parent said the letter came late. The 'fast track' route had closed.",
    "LA leaders said that they had joined the 'Level Ground' programme late.",
    "Earlier in this chapter you added 'low' to the names of some areas.",
    "Two 'lead' schools were named in March.",
    "The \u2018notional\u2019 budget is set out in annex B.",
    "The \u2018one stop shop\u2019 model has three parts.",
    "Table 4 groups answers as \u2018agree\u2019, \u2018neutral\u2019 or \u2018disagree\u2019.",
    "This chapter asks what \u2018success\u2019 might look like for learners.",
    "Teachers\u2019 pay rose, but so-called \u2018golden hellos\u2019 ended.",
    "Carers\u2019 assessments under section 10 (\u2018the duty\u2019) are set out below.",
    "Participants were asked to rate the statement \u2018I feel safe at work\u2019 from 1 to 5.",
    "The question \u2018Who decides?\u2019 was put to every group.",
    "Respondents could tick \u2018other\u2019 and write in an answer.",
    "In \u2018closed\u2019 cases, officers reported no further contact.",
    "The department\u2019s \u2018Fair Start\u2019 fund helped 400 families.",
    "The \u2018golden thread\u2019 of the plan is early help.",
    "Pupils move from \u2018assess\u2019 to \u2018plan\u2019 to \u2018do\u2019 and \u2018review\u2019.",
    "Schools with a \u2018good\u2019 judgement were more likely to take part.",
    "The new \u2018children\u2019s hub\u2019 opened in May, and parents said it was busy.",
    "See chapter 3, \u2018What parents told us\u2019, for more.",
    "The word \u2018inclusion\u2019 appears in all plans.",
    "Officers keep a list of \u2018at risk\u2019 tenants, which the panel reviews.",
]

NO_QUOTE = [
    "One carer said that nobody rang.",
    "The leaders' view and the parents' view were the same.",
    "In the '90s they couldn't say, and it's still so at five o'clock.",
    "Children's services and schools' budgets don't match.",
    "The board was 6' long and 2\" thick.",
    "One carer said 'nobody rang.",
    "One carer said \u201cnobody rang.\n\nNobody wrote.\u201d",
    "Nothing stands between '' these \"\" marks or ' - ' these.",
    "In the '60s and '70s the board's rules didn't say who'd pay.",
]
