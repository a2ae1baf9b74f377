"""The later meetings of Rowan, the last of them still a draft."""

from portal.demo.parts import Minute, Question, Todo, Topic

SECOND = (
    Minute(
        ago=170,
        away={0: "DEPUTY", 4: "APOLOGY"},
        deputies={0: "{pam}"},
        data=True,
        topics=(
            Topic(
                "Recall: first figures with texts",
                "66 in 100 for the cluster, up from 58. The two practices that began late have moved least.",
                "DATA",
                todos=(
                    Todo(
                        "Offer a morning of help to the two practices that began late",
                        "callum",
                        28,
                        25,
                        "Both visited; one clinic list cleaned",
                    ),
                ),
            ),
            Topic(
                "Looking after each other while posts are empty",
                (
                    "Two practices are short of a GP for three months. Neighbours will take urgent paperwork on "
                    "two days a week."
                ),
                "PEER",
                kept=True,
            ),
            Topic(
                "Home visits for frail people",
                (
                    "We visit on average four days after being asked. Two practices let the community nurse go "
                    "first and call in the GP, as they did for the lady at the old toll house."
                ),
                "LEARN",
                todos=(
                    Todo(
                        "Write half a page on letting the community nurse go first",
                        "holly",
                        42,
                        30,
                        "Half a page sent round",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=121,
        shared="BOARD",
        away={5: "APOLOGY"},
        guests=(("Lead pharmacist for discharge", "Acute hospital"), ("{heather}", "HSCP")),
        data=True,
        topics=(
            Topic(
                "Medicines after discharge, with the hospital pharmacist",
                "The ward system cannot print a reason unless the prescriber types it. The pharmacist will ask "
                "two wards to try a required field.",
                "DISC",
                "Practices send examples, without anything that points to a patient, to the pharmacist every month.",
                "The wards need to see what we see.",
                todos=(
                    Todo(
                        "Collect three examples a month, nothing that points to a patient",
                        "practice 1",
                        30,
                        28,
                        "First nine examples sent",
                    ),
                    Todo(
                        "Tell us which two wards will try the required field, and from when",
                        "heather",
                        45,
                        41,
                        "Two medical wards, from the first of last month",
                    ),
                ),
            ),
            Topic(
                "Phlebotomy at {alder}",
                (
                    "Since the community sessions stopped, {alder} takes about 60 bloods a week that the hospital"
                    " clinics ask for."
                ),
                "DISC",
                todos=(
                    Todo(
                        "Count for two weeks who asked for each blood test",
                        "pam",
                        28,
                        17,
                        "118 of 240 were asked for by hospital clinics",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=79,
        shared="HSCP",
        away={4: "ABSENT", 6: "APOLOGY"},
        data=True,
        topics=(
            Topic(
                "Recall: are we holding on to it?",
                "70 in 100 three months running. {beech} has kept it up with half the letters by asking at any visit.",
                "DATA",
                (
                    "Ask at any visit becomes part of the project; letters go only to those who have not been in "
                    "for nine months."
                ),
                "Same result for less work.",
                todos=(
                    Todo(
                        "Change the recall search to leave out those seen in the last nine months",
                        "tom",
                        28,
                        26,
                        "Search shared with all practices",
                    ),
                    Todo("Put the prompt for foot checks on the long-term condition template", "practice 7", 60),
                ),
            ),
            Topic(
                "Vaccination at home",
                "Three practices have had questions about who vaccinates people who cannot leave home.",
                question=Question(
                    "Who vaccinates people who cannot leave home, and how do practices refer them?",
                    in_days=14,
                    reply=(
                        "The community vaccination team, by the single form on the intranet; two working days’ notice."
                    ),
                    after=10,
                ),
            ),
        ),
    ),
    Minute(
        ago=37,
        shared="HSCP",
        away={1: "DEPUTY", 4: "ABSENT"},
        deputies={1: "Fiona Guthrie"},
        guests=(("{moira}", "Health board"),),
        data=True,
        mode="BOTH",
        next_in=35,
        topics=(
            Topic(
                "Diabetes recall: what is left",
                (
                    "71 in 100. Those who still do not come are younger and in work; evening clinics filled in "
                    "two days at {ash}."
                ),
                "DISC",
                "Every practice offers one evening recall clinic before the end of the year.",
                "It is the only thing that has moved the figure for people under 50.",
                todos=(
                    Todo("Send the recall letter template to all practices", "callum", 30),
                    Todo(
                        "Fix a date for an evening recall clinic", "practice 2", 42, 12, "Second Tuesday of next month"
                    ),
                    Todo("Fix a date for an evening recall clinic", "asha", 45),
                ),
            ),
            Topic(
                "Medicines after discharge: two wards with a required field",
                "From the two wards, 31 of 34 letters give a reason now. From the other wards it is still about half.",
                "DATA",
                todos=(
                    Todo("Ask the hospital for the same field on all medical wards", "heather", 28),
                    Todo("Go on sending examples from the wards without the field", "practice 1", 60),
                ),
            ),
            Topic(
                "Nobody holds the role of quality lead at {hazel}",
                "{callum} will speak with the partners. Until then {beech} passes on papers.",
                "PEER",
                kept=True,
                todos=(Todo("Speak with the partners at {hazel} about a successor", "callum", 21),),
            ),
            Topic(
                "Joint training afternoon",
                "Cover could not be found for the afternoon that we had planned.",
                todos=(
                    Todo(
                        "Find cover for a shared training afternoon",
                        "morag",
                        30,
                        15,
                        "Three agencies asked: no cover to be had this time",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=3,
        draft=True,
        away={4: "ABSENT", 5: "DEPUTY"},
        deputies={5: "Ann Lee"},
        guests=(("{lewis}", "HSCP analyst"),),
        data=True,
        next_in=35,
        topics=(
            Topic(
                "Diabetes recall: evening clinics",
                "Four of seven practices have a date. {lewis} showed the figures by age.",
                "DATA",
                "Those without a date share one at {alder}.",
                "A shared clinic needs one nurse, not three.",
                options="A clinic in every practice, or none before spring.",
                against="The bus does not go there in the evening.",
                how="MAJOR",
                review_in=90,
                todos=(Todo("Offer twelve places at the evening clinic to the neighbours", "asha", 21),),
            ),
            Topic(
                "Antidepressants for longer than two years",
                "{willow} asked 20 people whether they still wanted theirs; eight wished to come off, slowly.",
                "LEARN",
                todos=(Todo("Share the letter and the tapering table", "practice 7", 28),),
                question=Question("Can the pharmacy team help with reviews of long-term antidepressants?", in_days=14),
            ),
            Topic(
                "What the patient group of {alder} asks for",
                "Letters in larger print, and one telephone number for the evening clinics.",
                "VOICE",
            ),
        ),
    ),
)
