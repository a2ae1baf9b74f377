"""A Cluster Quality Lead's term ends, a successor takes over, and the form that was still open is refused kindly."""

from datetime import timedelta

import pytest

from meetings.models import Action, Meeting
from qiplans.models import Project
from tests.cast import PASSWORD, build_world
from tests.escalations.story import raised
from tests.journeys.browser import check, follow
from tests.journeys.test_log_a_meeting import sign_in, with_address
from tests.meetings.minutes import an_action
from tests.qiplans.conftest import a_plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def someone(browser, live_server):
    """`someone(world.callum)` gives a page of their own, signed in, on a phone."""
    contexts = []

    def opened(person):
        context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        sign_in(page, live_server.url, person.email, PASSWORD)
        return page

    yield opened
    for context in contexts:
        context.close()


def what_callum_holds(world):
    action = an_action(world, what="Audit the recall list")
    project = a_plan(world).project
    Project.objects.filter(pk=project.pk).update(lead=world.callum)
    return action, project, raised(world, by=world.callum, title="Phlebotomy in Rowan")


def test_the_term_ends_and_the_successor_goes_on(live_server, someone):
    world = build_world()
    for person in (world.callum, world.priya, world.una, world.heather):
        with_address(person)
    action, project, escalation = what_callum_holds(world)

    callum = someone(world.callum)
    callum.goto(f"{live_server.url}/clusters/rowan/meetings/log/")
    item = callum.locator("[data-item]").nth(0)
    item.get_by_label("What it was about").fill("Recall by text, as agreed in the spring")

    priya = someone(world.priya)
    priya.goto(f"{live_server.url}/registry/roles/?q=callum")
    follow(priya, priya.get_by_role("link", name="End the role Cluster Quality Lead of Callum Reid"))
    priya.get_by_text("Open actions").first.wait_for()
    check(priya)
    priya.get_by_label("Last day").fill(str(world.today - timedelta(days=1)))
    follow(priya, priya.get_by_role("button", name="End the role"))
    priya.get_by_text("These would have no owner").first.wait_for()
    check(priya)
    priya.get_by_label("Who takes over: e-mail address").fill("una@example.org")
    follow(priya, priya.get_by_role("button", name="End the role"))
    priya.get_by_text("Passed on: 3.").wait_for()
    check(priya)

    follow(callum, callum.get_by_role("button", name="Preview what each reader will see"))
    callum.get_by_text("Your role Cluster Quality Lead of Rowan ended on").wait_for()
    assert "Una Blair and Heather Lind can go on with it." in callum.locator("main").inner_text()
    copied = callum.locator("textarea").evaluate_all("all => all.map(one => one.value)")
    assert "Recall by text, as agreed in the spring" in copied
    check(callum)
    assert not Meeting.objects.exists()

    una = someone(world.una)
    una.get_by_text("Cluster Quality Lead · Rowan cluster").wait_for()
    una.goto(f"{live_server.url}/actions/")
    una.get_by_text("Audit the recall list").first.wait_for()
    una.goto(f"{live_server.url}/projects/{project.pk}/")
    assert "Una Blair" in una.locator("main").inner_text()
    una.goto(f"{live_server.url}/escalations/{escalation.reference}/")
    una.get_by_text("Una Blair speaks for that side since a handover").wait_for()
    check(una)
    assert Action.objects.get(pk=action.pk).owner == world.una

    heather = someone(world.heather)
    assert "no owner" not in heather.locator("main").inner_text()
    heather.goto(f"{live_server.url}/clusters/rowan/without-owner/")
    heather.get_by_text("Everything in this cluster has an owner.").wait_for()
    check(heather)
