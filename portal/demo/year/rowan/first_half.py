"""The first meetings of Rowan."""

from portal.demo.parts import Minute, Question, Todo, Topic

FIRST = (
    Minute(
        ago=590,
        away={3: "APOLOGY"},
        data=False,
        topics=(
            Topic(
                "Urgent letters",
                "At two practices letters waited three days before anybody read them.",
                "DISC",
                "The plan for the year is agreed: one shared rule for urgent letters.",
                "It was the first thing on which all seven agreed.",
                todos=(
                    Todo(
                        "Write down the rule in five lines",
                        "callum",
                        21,
                        18,
                        "Five lines on the wall of every mail room",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=338,
        mode="PERSON",
        data=True,
        away={6: "APOLOGY"},
        topics=(
            Topic(
                "What we work on this year",
                "Each practice brought its three biggest pressures. Recall for long-term conditions came first at"
                " five of seven, hospital letters second.",
                "DISC",
                "Recall for type 2 diabetes is our first piece of work, medicines after discharge the second.",
                "Both matter in every practice, and both can be counted from what we hold already.",
                todos=(
                    Todo(
                        "Write up what each practice counts today for diabetes recall",
                        "morag",
                        28,
                        20,
                        "Table sent to all seven practices",
                    ),
                    Todo(
                        "Ask the analyst for two years of cluster figures",
                        "callum",
                        21,
                        9,
                        "Figures received and shown at the next meeting",
                    ),
                ),
            ),
            Topic(
                "Practice list pressures",
                "New housing is adding patients at two practices faster than rooms can be found.",
                kept=True,
            ),
        ),
    ),
    Minute(
        ago=296,
        shared="HSCP",
        data=True,
        away={4: "DEPUTY", 6: "ABSENT"},
        deputies={4: "Ann Lee"},
        guests=(("{lewis}", "HSCP analyst"),),
        topics=(
            Topic(
                "Diabetes recall: where we stand",
                "58 in 100 people had all eight care processes in the last 15 months. The range between practices"
                " is wide, and foot checks are what is most often missing.",
                "DATA",
                "Start with foot checks and urine samples: ask for both in one letter.",
                "They account for two thirds of the gaps.",
                todos=(
                    Todo(
                        "Draft one recall letter that asks for foot check and urine sample together",
                        "asha",
                        28,
                        24,
                        "Draft tried with 40 patients at {alder}",
                    ),
                    Todo(
                        "Agree one set of recall codes for all practices",
                        "beech",
                        35,
                        33,
                        "Code list saved in the cluster folder",
                    ),
                ),
            ),
            Topic(
                "Podiatry waiting times",
                (
                    "Referrals from routine foot checks come back because the community team cannot take low-risk"
                    " patients."
                ),
                question=Question(
                    "Can low-risk foot checks be done by practice healthcare assistants if podiatry trains them?",
                    in_days=21,
                    reply=(
                        "Yes. Podiatry will run two half-day sessions; dates have been sent to every practice manager."
                    ),
                    after=12,
                ),
            ),
        ),
    ),
    Minute(
        ago=254,
        shared="HSCP",
        data=True,
        away={3: "APOLOGY"},
        topics=(
            Topic(
                "The plan for the year",
                "We went through the two priorities line by line. Everyone can live with the aims; {willow} asked"
                " that nothing needs a new form.",
                "DECN",
                "The plan is agreed.",
                "All seven practices were heard and each has a part in at least one project.",
                todos=(
                    Todo(
                        "Put the plan on one page for practice meetings",
                        "morag",
                        14,
                        11,
                        "One page sent with the minutes",
                    ),
                ),
            ),
            Topic(
                "Recall letter tried at {alder}",
                "Of 40 people asked, 27 came within three weeks. Before, it was about 15 in 40.",
                "DATA",
                "Two more practices try the same letter.",
                "One practice may be lucky; three would tell us something.",
                todos=(
                    Todo(
                        "Try the recall letter with 40 patients",
                        "practice 3",
                        42,
                        38,
                        "31 of 40 came; figures in the cluster folder",
                    ),
                    Todo("Try the recall letter with 40 patients", "practice 6", 42, 40, "24 of 40 came"),
                ),
            ),
            Topic(
                "A near miss with a blood result",
                "A result was filed without being seen for nine days. No harm came of it. We compared how each "
                "practice hands over results when somebody is on leave.",
                "SEA",
                kept=True,
                todos=(
                    Todo(
                        "Write down who covers results on leave, and check it twice a year",
                        "practice 4",
                        30,
                        22,
                        "Rota changed; checked twice since",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=212,
        shared="HSCP",
        away={2: "DEPUTY", 6: "DEPUTY"},
        deputies={2: "Stuart Imrie", 6: "Jyoti Bhatt"},
        data=True,
        topics=(
            Topic(
                "Text reminders with the recall letter",
                (
                    "The letter works; a text two days later works better. Three practices have texting set up, "
                    "four do not."
                ),
                "DECN",
                "All seven practices send a text two days after the letter from next month.",
                "It takes ten minutes a week and brought in six more people in every 40.",
                todos=(
                    Todo(
                        "Set up texting in the four practices that do not have it",
                        "ruaridh",
                        30,
                        27,
                        "All seven can send texts",
                    ),
                    Todo(
                        "Share the wording of the text, in plain English and in Polish",
                        "elm",
                        21,
                        14,
                        "Both wordings in the cluster folder",
                    ),
                ),
            ),
            Topic(
                "Medicines after discharge: first look",
                (
                    "We read 70 discharge letters, ten a practice. In 29 of them a medicine had changed without a"
                    " reason given."
                ),
                "DATA",
                todos=(
                    Todo(
                        "Count, for four weeks, how long it takes from letter to updated repeat list",
                        "pql 1",
                        35,
                        36,
                        "Median four working days; sheet in the cluster folder",
                    ),
                ),
                question=Question(
                    "Who at the hospital can we speak to about reasons for changes in discharge letters?",
                    in_days=14,
                    reply="The lead pharmacist for discharge. She will come to your next meeting but one.",
                    after=9,
                ),
            ),
        ),
    ),
)
