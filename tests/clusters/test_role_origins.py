"""How people came to their roles: nobody sees one answer, in no list, export or trail, nor as a difference."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.roles import Role
from clusters.models import RoleAssignment, RoleOrigin
from clusters.selectors.origins import FEWER, NEARLY_ALL, counts_as_of, counts_in
from clusters.services import end_role
from clusters.services.origins import say_how
from practices.models import Practice

COUNTS = reverse("clusters:role_origins")
How = RoleOrigin.How


def own(world, who="callum"):
    return reverse("clusters:role_origin", args=[getattr(world, who).roles_held.get().pk])


def answers(world, how, number, *, hscp=None, days=60):
    """So many PQLs of practices of their own in an HSCP, who all gave the same answer."""
    at = timezone.make_aware(datetime.combine(world.today - timedelta(days=days), datetime.min.time()))
    for _n in range(number):
        code = f"{70000 + Practice.objects.count()}"
        practice = Practice.objects.create(code=code, name=f"Practice {code}", hscp=hscp or world.strath)
        person = User.objects.create_user(f"p{code}@example.org", f"Person {code}")
        held = RoleAssignment.objects.create(person=person, role=Role.PQL, practice=practice, starts_on=world.since)
        say_how(held=held, how=how, by=person, at=at)


def line(world, hscp):
    """What is said of an HSCP, by answer."""
    said = counts_in([hscp], on=world.today)[0].said
    return dict(zip(How.values, said, strict=True))


# --- Said ------------------------------------------------------------------------------------------


def test_it_is_said_changed_and_taken_back(world, as_person):
    callum = as_person(world.callum)
    assert own(world) in callum.get("/account/").content.decode()
    for how in ("ONLY", "ONLY", "VOLUNTEER", ""):
        assert callum.post(own(world), {"how": how}).status_code == 302
    assert list(RoleOrigin.objects.values_list("how", flat=True)) == ["ONLY", "VOLUNTEER", ""]
    assert "checked" in callum.get(own(world)).content.decode()


@pytest.mark.parametrize("who", ["priya", "heather", "olive", "morag", "nell", "una"])
def test_nobody_else_opens_it(world, as_person, who):
    client = as_person(getattr(world, who))
    assert client.get(own(world)).status_code == 404
    assert client.post(own(world), {"how": "ONLY"}).status_code == 404
    assert not RoleOrigin.objects.exists()


def test_the_service_takes_it_from_the_holder_alone(world):
    held = world.callum.roles_held.get()
    with pytest.raises(PermissionDenied):
        say_how(held=held, how="ONLY", by=world.priya)
    with pytest.raises(ValidationError):
        say_how(held=world.heather.roles_held.get(), how="ONLY", by=world.heather)


def test_it_is_in_no_list_no_export_and_not_in_the_trail(world, as_person):
    say_how(held=world.callum.roles_held.get(), how=How.ONLY_ONE, by=world.callum)
    event = AuditEvent.objects.get()
    assert (event.changes, event.verb, event.by) == ({}, "private answer given", world.callum)
    role = reverse("reporting:record_changes", args=["role", world.callum.roles_held.get().pk])
    for who, path in (
        ("isla", role),
        ("priya", role),
        ("priya", reverse("reporting:audit") + "?actor=callum"),
        ("priya", reverse("clusters:role_list") + "?q=callum"),
        ("priya", reverse("reporting:audit")),
        ("olive", reverse("reporting:audit")),
        ("heather", reverse("directory:people")),
        ("asha", reverse("reporting:cluster", args=["rowan"])),
    ):
        text = as_person(getattr(world, who)).get(path).content.decode()
        assert "only person willing" not in text.lower()
        assert "ONLY" not in text
        assert "answer given" not in text or "Callum Reid" not in text
        assert "answer given" not in text or path == reverse("reporting:audit")


# --- Counted ---------------------------------------------------------------------------------------


def test_five_are_shown_and_four_are_not(world):
    answers(world, How.ONLY_ONE, 5)
    answers(world, How.VOLUNTEERED, 4)
    answers(world, How.NOMINATED, 1)
    found = line(world, world.strath)
    assert (found[How.ONLY_ONE], found[How.VOLUNTEERED], found[How.APPOINTED]) == ("5", FEWER, FEWER)


def test_an_answer_that_nearly_everybody_gave_would_tell_each(world):
    answers(world, How.ONLY_ONE, 6, hscp=world.neighbour)
    answers(world, How.VOLUNTEERED, 4, hscp=world.neighbour)
    assert line(world, world.neighbour)[How.ONLY_ONE] == NEARLY_ALL


def test_the_board_shows_no_more_than_its_hscps_do(world, as_person):
    """Seven in Strath and two elsewhere: nine would give the two away."""
    answers(world, How.ONLY_ONE, 7)
    answers(world, How.VOLUNTEERED, 5)
    answers(world, How.ONLY_ONE, 2, hscp=world.neighbour)
    lines = {one.name: one.said for one in counts_in([world.strath, world.neighbour], on=world.today)}
    board = next(said for name, said in lines.items() if "what its HSCPs show" in name)
    assert board[How.values.index(How.ONLY_ONE)] == "7"
    page = as_person(world.bruce).get(COUNTS).content.decode()
    assert ">9<" not in page


def test_people_are_counted_and_not_their_roles(world):
    answers(world, How.VOLUNTEERED, 5)
    answers(world, How.ONLY_ONE, 4)
    first = RoleOrigin.objects.filter(how=How.ONLY_ONE).first()
    for practice in (world.ash, world.beech, world.elm):
        person = first.held.person
        held = RoleAssignment.objects.create(person=person, role=Role.PQL, practice=practice, starts_on=world.since)
        say_how(held=held, how=How.ONLY_ONE, by=person, at=first.said_at)
    assert line(world, world.strath)[How.ONLY_ONE] == FEWER
    answers(world, How.ONLY_ONE, 1)
    assert line(world, world.strath)[How.ONLY_ONE] == "5"


def test_an_answer_of_this_month_waits_for_the_next(world):
    answers(world, How.ONLY_ONE, 6)
    answers(world, How.VOLUNTEERED, 5)
    answers(world, How.ONLY_ONE, 5, days=0)
    assert counts_as_of(world.today).day == 1
    assert line(world, world.strath)[How.ONLY_ONE] == "6"


def test_nothing_done_to_roles_or_places_moves_a_figure(world):
    """Whoever keeps the registry would read one answer off the difference."""
    answers(world, How.ONLY_ONE, 6)
    answers(world, How.VOLUNTEERED, 5)
    held = [answer.held for answer in RoleOrigin.objects.filter(how=How.ONLY_ONE)]
    end_role(held=held[0], last_day=world.today.replace(day=1) - timedelta(days=1), by=world.isla)
    RoleAssignment.objects.filter(pk=held[1].pk).update(withdrawn_at=timezone.now())
    Practice.objects.filter(pk=held[2].practice_id).update(hscp=world.neighbour)
    assert line(world, world.strath)[How.ONLY_ONE] == "6"
    say_how(held=held[2], how="", by=held[2].person)
    assert set(RoleOrigin.objects.filter(held=held[2]).values_list("hscp", flat=True)) == {world.strath.pk}


def test_a_line_stays_until_five_people_differ(world):
    answers(world, How.ONLY_ONE, 6, days=200)
    answers(world, How.VOLUNTEERED, 5, days=200)
    answers(world, How.ONLY_ONE, 4, days=100)
    assert line(world, world.strath)[How.ONLY_ONE] == "6"
    answers(world, How.ONLY_ONE, 1, days=60)
    assert line(world, world.strath)[How.ONLY_ONE] == "11"


def test_taken_back_it_counts_no_more(world):
    answers(world, How.ONLY_ONE, 5)
    answers(world, How.VOLUNTEERED, 5)
    assert line(world, world.strath)[How.ONLY_ONE] == "5"
    first = RoleOrigin.objects.first()
    say_how(held=first.held, how="", by=first.held.person, at=first.said_at)
    assert line(world, world.strath)[How.ONLY_ONE] == FEWER


def test_each_sees_their_own_hscps(world, as_person):
    page = as_person(world.heather).get(COUNTS).content.decode()
    assert str(world.strath) in page
    assert str(world.neighbour) not in page
    assert str(world.neighbour) in as_person(world.bruce).get(COUNTS).content.decode()
    for who in ("callum", "rhona", "lewis", "olive", "nell"):
        assert as_person(getattr(world, who)).get(COUNTS).status_code == 404
