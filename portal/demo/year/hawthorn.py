"""Hawthorn: a cluster whose lead has gone."""

from portal.demo.parts import Goal, Minute, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=204,
        away={5: "ABSENT"},
        topics=(
            Topic(
                "What we might work on",
                "Wound care and same-day access came up most. Nobody wants another audit that ends in a drawer.",
                "DISC",
                todos=(
                    Todo("Ask each practice for one week of same-day figures", "morag", 28, 27, "Five of six sent"),
                ),
            ),
        ),
    ),
    Minute(
        ago=97,
        shared="HSCP",
        away={1: "APOLOGY", 5: "ABSENT"},
        data=False,
        next_in=None,
        topics=(
            Topic(
                "Same-day access: five ways of doing it",
                "One practice calls back within the hour, two use the nurse first, two fill the day by ten o’clock.",
                "LEARN",
                todos=(
                    Todo(
                        "Visit the practice that calls back within the hour",
                        "pql 2",
                        45,
                        40,
                        "Visited; notes sent round",
                    ),
                ),
            ),
            Topic(
                "Our lead steps down",
                "{fergus} has led the cluster for three years and stops soon. Nobody has come forward yet.",
                "DISC",
                todos=(Todo("Ask each practice who might lead", "practice 4", 40),),
            ),
        ),
    ),
)

PLANS = (
    YearPlan(
        "hawthorn",
        95,
        (
            Goal(
                "Same-day access that is fair",
                "Five practices have five ways. People say that it depends on who can hold the line at eight o’clock.",
                "INTR",
                (
                    Work(
                        "Call back within the hour",
                        "Two more practices call people back within an hour of their first call.",
                        "One practice does, and its line is free by nine.",
                        "hawthorn2",
                        (2, 4),
                        ((90, "SCOPING", ""),),
                        ((70, "Visited the practice that calls back; notes sent round."),),
                    ),
                    Work(
                        "Wound care in one place",
                        "One practice dresses wounds for all six on one afternoon.",
                        "Nurses are short everywhere on different days.",
                        "",
                        (),
                    ),
                ),
            ),
        ),
        agreed=None,
    ),
)
