"""Topics that members of Rowan proposed, at every stage, and a decision that somebody looked back on."""

from uuid import uuid4

from clusters.selectors import members_of, people_inside
from meetings.models import Item, LookBack, Meeting
from meetings.services.topics import look_back, move_topic, propose_topic
from portal.demo.stage import Stage

# Title, why, days ago, and the steps after it with their lines.
TOPICS = (
    (
        "One way to share the care of lithium",
        "Each practice does it in its own way, and the hospital writes to us in a third one.",
        9,
        (),
    ),
    (
        "Who looks at results on a Friday afternoon",
        "Twice this autumn a result waited over a weekend because two people thought of each other.",
        40,
        (("IMPORT", "Everybody had a case; nobody had a rule."),),
    ),
    (
        "A phone line for care homes",
        "Care homes ring the front desk and wait with everybody else.",
        120,
        (
            ("IMPORT", "Four practices look after homes."),
            ("PILOT", "One practice tries it for eight weeks."),
            ("REPORT", "Calls were answered in half the time; it needs a named nurse."),
        ),
    ),
    (
        "Send the practice newsletter by post",
        "Older people asked for it.",
        150,
        (("STOP", "Three practices print a few at the desk, which does it."),),
    ),
)
REFLECTION = "Two practices kept to it, the others fell back after the summer. We ask again once the new rota runs."
AGAIN = 60


def fill_topic_box(stage: Stage) -> None:
    """The box of Rowan, and the oldest decision of its minutes looked back on."""
    if "rowan" not in stage.clusters:
        return
    cluster = stage.clusters["rowan"]
    pilot = next(iter(members_of(cluster, on=stage.now)), None)
    for number, (title, why, ago, steps) in enumerate(TOPICS):
        day = stage.working_days_ago(ago)
        lead = stage.led_by("rowan", day)
        people = [person for person in people_inside(cluster, on=day) if person != lead] or [lead]
        by, at = people[number % len(people)], stage.at(day, 18, 20)
        topic = propose_topic(by=by, forum=cluster.forum, title=title, why=why, nonce=uuid4(), at=at)
        for step, (name, note) in enumerate(steps, start=1):
            then = stage.working_days_ago(ago - 5 * step)
            mover, when = stage.led_by("rowan", then), stage.at(then, 19, 0)
            topic = move_topic(by=mover, topic=topic, was=topic.stage, stage=name, note=note, pilot=pilot, at=when)
    _look_back(stage)


def _look_back(stage: Stage) -> None:
    told = Item.objects.filter(meeting__forum=stage.clusters["rowan"].forum_id, meeting__state__in=Meeting.TOLD)
    item = told.exclude(decision="").order_by("meeting__held_on", "position").first()
    if item:
        lead, at = stage.led_by("rowan", stage.now), stage.at(stage.working_days_ago(12), 18, 45)
        look_back(
            by=lead,
            item=item,
            verdict=LookBack.Verdict.PARTLY,
            reflection=REFLECTION,
            again_on=stage.after(stage.now, AGAIN),
            nonce=uuid4(),
            at=at,
        )
