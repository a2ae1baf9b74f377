"""From a topic in the box to a chart that says whether it worked: the practice manager, a PQL and the CQL in turn.

Each has a phone of their own and comes to every page by what stands on the page before; the start page alone is
opened by its address. Six practices count twelve months: Pam enters one figure of Alder's by its form and brings the
eleven before as a table, Callum brings the table of the other five.
"""

import sys
from datetime import date

import pytest
from playwright.sync_api import Browser

from clusters.models import Membership
from clusters.selectors import members_of
from measures.analysis.periods import first_day, name_of, preceding
from measures.models import DataPoint
from qiplans.models import Cycle, Project
from tests.cast import World, build_world
from tests.journeys.browser import check
from tests.journeys.phone import Phone
from tests.measures.practices import consent

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC, RIVAL = "Foot checks are missed", "High blood pressure"
PROJECT, MEASURE = "Feet while they wait", "Feet checked in time"
DECISION = "We see to the feet of people with diabetes"
PRIMARY, SECONDARY, IDEA = "Feet are seen at every visit", "Shoes are off in time", "Shoes off in the waiting room"
MONTHS, CHANGED_AFTER = 12, 6


def test_from_topic_to_chart(live_server, browser: Browser, capsys):
    world = a_cluster_of_six()
    pam, tom, callum = (
        Phone.of(who, browser=browser, base_url=live_server.url) for who in (world.pam, world.tom, world.callum)
    )
    phones = {"practice manager": pam, "PQL": tom, "CQL": callum}
    a_topic_is_put_in_the_box(pam)
    it_becomes_a_candidate(tom)
    a_vote_is_opened(callum)
    place_dots(callum)
    place_dots(pam)
    place_dots(tom)
    the_meeting_chooses_it(callum)
    the_plan_is_agreed(callum)
    a_project_is_begun(world, callum)
    the_driver_diagram_is_drawn(tom)
    two_pdsa_cycles_are_run(tom)
    alder_gives_its_figures(world, pam)
    the_table_of_the_others_is_brought(world, callum)
    the_cluster_says_what_it_means(callum)
    all_read_the_same_sentences(world, phones)
    was_kept(world)
    for phone in phones.values():
        assert phone.errors == []
    with capsys.disabled():
        taken = {who: phone.interactions for who, phone in phones.items()}
        sys.stdout.write(f"\ninteractions: {sum(taken.values())} ({taken})\n")


def a_cluster_of_six() -> World:
    """Rowan without Willow; each of its six practices lets the others see its figures."""
    world = build_world()
    Membership.objects.filter(practice=world.willow).delete()
    world.six = list(members_of(world.rowan, on=world.today).order_by("name"))
    for practice in world.six:
        consent(world, practice, inside="NAMED")
    return world


def a_topic_is_put_in_the_box(pam: Phone) -> None:
    pam.go("Rowan", "Topic box", "Propose a topic")
    pam.write(
        {
            "What should be talked about": TOPIC,
            "Why it matters": "A third of our people with diabetes had none last year.",
        }
    )
    pam.press("Put it in the box")
    check(pam.page)


def it_becomes_a_candidate(tom: Phone) -> None:
    tom.go("Rowan", "Topic box", TOPIC, "Put it forward")
    tom.write({"How do we know?": "The audit of the spring."})
    tom.press("Put it forward")
    tom.reads(TOPIC, "A third of our people with diabetes")
    check(tom.page)


def a_vote_is_opened(callum: Phone) -> None:
    callum.go("Rowan", "Choosing priorities", "Suggested list", f"Put it forward: {RIVAL}")
    callum.press("Put it forward")
    callum.up("Choosing priorities")
    callum.go("Vote on topics")
    callum.write({"What is the vote about?": "Which one for this year?"})
    callum.choose(TOPIC, RIVAL)
    callum.press("Open the vote")
    callum.reads("0 of")
    check(callum.page)


def place_dots(phone: Phone) -> None:
    """Whoever is not at the vote yet comes to it from the start page."""
    if phone.main.get_by_text("Place your dots").count() == 0:
        phone.home()
        phone.go("Place your dots")
    phone.write({TOPIC: "2", RIVAL: "1"})
    phone.press("Place my dots")
    phone.reads("Your dots are counted.")
    check(phone.page)


def the_meeting_chooses_it(callum: Phone) -> None:
    callum.go("Look again")
    callum.reads("3 of", "6 dots", "3 dots")
    callum.go("Close the vote")
    callum.press("Close the vote")
    callum.up("Rowan")
    callum.go("Log a meeting")
    callum.tap(callum.main.get_by_role("button", name="All present"))
    callum.write({"What it was about": "Which priority for this year", "Decision": DECISION})
    callum.press("Preview what each reader will see")
    callum.press("Publish")
    callum.up("Rowan")
    callum.go("Choosing priorities", TOPIC)
    callum.reads("6 dots")
    check(callum.page)
    callum.go("A meeting chose it")
    callum.pick("Which meeting decided it?", DECISION)
    callum.write({"Why this one?": "Every practice can do it, and most dots."})
    callum.press("It is chosen")
    check(callum.page)


def the_plan_is_agreed(callum: Phone) -> None:
    callum.go("Agree the plan at a meeting")
    callum.pick("Which meeting agreed it?", "20")
    callum.press("The plan is agreed")
    callum.reads("✓ Agreed", TOPIC)
    check(callum.page)


def a_project_is_begun(world: World, callum: Phone) -> None:
    callum.go("Add a project")
    callum.write({"Project": PROJECT, "Aim": "In our six practices 60% have had a foot check by March."})
    callum.pick("Who leads it", world.tom.full_name)
    callum.choose(*(practice.name for practice in world.six))
    callum.press("Add the project")
    callum.go("Say how you will measure it")
    callum.write({"Name of the measure": MEASURE, "What is counted": "People checked", "Out of what": "People due"})
    callum.choose("One figure for each practice", "Higher is better")
    callum.press("Save the measure")
    callum.reads(MEASURE)
    check(callum.page)


def the_driver_diagram_is_drawn(tom: Phone) -> None:
    tom.home()
    tom.go("Rowan", PROJECT)
    tom.press("Start the driver diagram")
    tom.write({"Primary driver": PRIMARY})
    tom.press("Add")
    tom.go("Add a secondary driver")
    tom.write({"Secondary driver": SECONDARY})
    tom.press("Add")
    tom.go("Add a change idea")
    tom.write({"Change idea": IDEA})
    tom.press("Add")
    tom.reads(PRIMARY, SECONDARY, IDEA)
    check(tom.page)


def two_pdsa_cycles_are_run(tom: Phone) -> None:
    tom.go("Test it")
    tom.write({"What is this cycle to find out": "Whether people do it when asked: five people, one morning."})
    one_cycle(tom, decision="Adapt", learning="They do it when the chair stands there.")
    tom.go("Plan the next cycle")
    one_cycle(tom, decision="Adopt", learning="With a chair all of them do it.")
    tom.up(PROJECT)
    tom.reads("the project still stands at “Idea”")
    tom.tap(tom.main.get_by_role("link", name="Move it on").first)
    tom.choose("Testing")
    tom.press("Move the project")
    tom.reads("The project is now “Testing”.")


def one_cycle(tom: Phone, *, decision: str, learning: str) -> None:
    tom.write({"Question": "How many of five take their shoes off?", "What do you predict?": "All five"})
    tom.press("Plan the cycle")
    tom.go("Write down what happened")
    tom.write({"What did you see?": "Four of five did."})
    tom.press("Save")
    tom.go("Study the result")
    tom.write({"Result": "Four of five"})
    tom.choose("No", decision, "Add more")
    tom.write({"What did you learn?": learning})
    tom.press("Save")
    tom.reads(learning)
    check(tom.page)


def alder_gives_its_figures(world: World, pam: Phone) -> None:
    """The month that is due by its form, the eleven before as a table."""
    months = months_before(world.today)
    pam.home()
    pam.reads(MEASURE)
    pam.go("Enter")
    at, out_of = counted(0, MONTHS - 1)
    pam.write({"People checked": str(at), "Out of": str(out_of)})
    check(pam.page)
    pam.press("Save the figure")
    pam.go("The chart", "Bring a table")
    bring(pam, [table_line(world.alder.name, 0, MONTHS - 1)], months[:-1])


def the_table_of_the_others_is_brought(world: World, callum: Phone) -> None:
    others = [practice for practice in world.six if practice != world.alder]
    callum.go("Bring a table")
    lines = [table_line(practice.name, place, MONTHS) for place, practice in enumerate(others, start=1)]
    bring(callum, lines, months_before(world.today))


def bring(phone: Phone, lines: list[str], months: list[date]) -> None:
    head = "\t".join(["Practice", *(name_of(month, "MONTH") for month in months)])
    phone.write({"Paste the table": "\n".join([head, *lines])})
    phone.press("Show what it would do")
    many = len(lines) * len(months)
    phone.reads(f"{many} new")
    check(phone.page)
    phone.press(f"Load {many} figures")
    phone.reads(f"{many} figures loaded.")
    check(phone.page)


def the_cluster_says_what_it_means(callum: Phone) -> None:
    callum.go(MEASURE)
    callum.reads("Not discussed yet.")
    callum.go("Say what it means")
    callum.write({"So what?": "Shoes off works. Every practice keeps the chair."})
    callum.press("Save")
    check(callum.page)


def all_read_the_same_sentences(world: World, phones: dict[str, Phone]) -> None:
    """What the chart shows, by which rule, and how sure: to each of the three, with a line for each practice."""
    months = [name_of(month, "MONTH") for month in months_before(world.today)]
    since, many = months[CHANGED_AFTER], MONTHS - CHANGED_AFTER
    for phone in phones.values():
        phone.home()
        phone.go("Rowan", PROJECT, "Its page")
        phone.reads(
            "A shift by the run chart rules of Perla and colleagues: "
            f"{many} points in a row from {since} to {months[-1]} lie above the median",
            f"pure noise of {MONTHS} points shows a signal in about 13 of 100 charts",
            "Shoes off works.",
        )
        assert phone.main.locator(".portal-qi-chart svg").count() == 1
        assert phone.main.locator(".portal-qi-small > li").count() == len(world.six)
        check(phone.page)


def months_before(day: date) -> list[date]:
    """The last twelve whole months."""
    months = [preceding(first_day(day, "MONTH"), "MONTH")]
    while len(months) < MONTHS:
        months.insert(0, preceding(months[0], "MONTH"))
    return months


def counted(place: int, month: int) -> tuple[int, int]:
    """People checked of 50 at one practice in one month: the shoes came off after the sixth."""
    return 20 + place % 3 + month % 2 + (12 if month >= CHANGED_AFTER else 0), 50


def table_line(name: str, place: int, months: int) -> str:
    return "\t".join([name, *("{} of {}".format(*counted(place, month)) for month in range(months))])


def was_kept(world: World) -> None:
    """What the database holds afterwards."""
    project = Project.objects.get(title=PROJECT)
    assert project.priority.plan.state == "AGREED"
    assert project.practices.count() == len(world.six)
    assert [cycle.decision for cycle in Cycle.objects.filter(ramp__project=project).order_by("pk")] == [
        "ADAPT",
        "ADOPT",
    ]
    points = DataPoint.objects.filter(measure__name=MEASURE)
    assert points.values("practice").distinct().count() == len(world.six)
    assert points.count() == len(world.six) * MONTHS
