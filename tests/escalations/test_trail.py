"""What the audit trail says of confidential matters: that one changed, never which or by whom."""

import pytest

from escalations.models import Step
from tests.escalations.story import acknowledge, ask_review, confidential, decline, raised


def secret_story(world):
    esc = confidential(world)
    acknowledge(escalation=esc, by=world.heather)
    decline(escalation=esc, by=world.heather, reasons="Talk first.")
    return ask_review(escalation=esc, by=world.asha, reasons="We did.")


@pytest.mark.parametrize("name", ["olive", "priya"])
def test_the_trail_tells_that_it_happened_and_nothing_more(world, as_person, name):
    esc = secret_story(world)
    client = as_person(getattr(world, name))
    page = client.get("/audit/?kind=escalations.escalation").content.decode()
    assert page.count("Confidential escalation changed") == Step.objects.count() == 4
    for hidden in ("Asha Rahman", "Heather Lind", "Rhona Fyfe", esc.reference, "Rowan"):
        assert hidden not in page


def test_nobody_finds_it_by_trying_names(world, as_person):
    secret_story(world)
    raised(world)
    client = as_person(world.olive)
    for name, events in (("Asha", 1), ("Heather", 0)):
        page = client.get(f"/audit/?kind=escalations.escalation&actor={name}")
        assert len(page.context["trail"].events) == events
