"""/registry/practices/<code>/decide/: what happened to a practice, asked, shown and confirmed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Membership
from clusters.selectors import history_of_practice, membership_on, reach_of
from practices.models import ListSize, Practice, Succession
from tests.reporting import told


@pytest.fixture
def path(world):
    world.alder.missing_since = date(2026, 10, 1)
    world.alder.save()
    return reverse("clusters:practice_decide", args=[world.alder.code])


def closing(world, **changes):
    return {
        "decision": "closed",
        "on": str(world.today),
        "reason": "The last GP retired",
        "confirmed": "yes",
        **changes,
    }


def test_kept_it_stays_and_asks_no_more(world, as_person, path):
    assert as_person(world.priya).post(path, {"decision": "kept"}).status_code == 302
    world.alder.refresh_from_db()
    assert (world.alder.missing_since, world.alder.closed_on) == (None, None)
    assert membership_on(world.alder, on=world.today).cluster == world.rowan
    assert AuditEvent.objects.get().verb == "practice kept"


def test_closed_it_leaves_its_cluster_and_roles_end(world, as_person, path):
    assert as_person(world.priya).post(path, closing(world)).status_code == 302
    world.alder.refresh_from_db()
    assert (world.alder.missing_since, world.alder.closed_on) == (None, world.today)
    assert membership_on(world.alder, on=world.today) is None
    assert reach_of(world.asha, on=world.today).roles() == frozenset()
    assert reach_of(world.asha, on=world.today - timedelta(days=1)).roles() == {Role.PQL}
    (span,) = history_of_practice(world.alder)
    assert (span.end_reason, span.ended_by) == ("The last GP retired", "Priya Nair")
    verbs = sorted(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == ["membership ended", "practice closed", "role ended", "role ended", "role ended"]
    again = as_person(world.priya).post(path, closing(world))
    assert "Choose one of these" in str(again.context["form"].errors["decision"])


def test_why_it_closed_and_who_ended_what_stand_on_its_page(world, as_person, path):
    priya = as_person(world.priya)
    priya.post(path, closing(world))
    page = " ".join(priya.get(reverse("reporting:practice", args=[world.alder.code])).content.decode().split())
    assert ": The last GP retired (put down by Priya Nair)" in page


def test_the_reason_is_kept_for_a_practice_without_a_cluster(world, as_person, path):
    priya = as_person(world.priya)
    Membership.objects.filter(practice=world.alder).delete()
    assert priya.post(path, closing(world)).status_code == 302
    world.alder.refresh_from_db()
    assert world.alder.closed_reason == "The last GP retired"
    assert (
        ": The last GP retired</p>"
        in priya.get(reverse("reporting:practice", args=[world.alder.code])).content.decode()
    )
    assert "retired" not in str(AuditEvent.objects.get(verb="practice closed").changes)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"decision": ""}, "decision", "Choose what happened."),
        ({"on": ""}, "on", "Say from which day"),
        ({"on": "x"}, "on", "Type the day as in"),
        ({"on": "9999-12-31"}, "on", "still to come"),
        ({"on": "0001-01-01"}, "on", "Choose a later day."),
        ({"reason": ""}, "reason", "how it came about"),
        ({"decision": "merged"}, "into", "Say which practice came after it."),
        ({"decision": "merged", "into": "nowhere"}, "into", "names no single open practice"),
        ({"decision": "recoded", "into": "90000"}, "into", "cannot come after itself"),
        ({"decision": "merged", "into": "90001", "on": "0001-01-01"}, "on", "Choose a later day"),
        ({"decision": "split", "into": "90001"}, "second", "two or more"),
        ({"decision": "split", "into": "90001", "second": "90001"}, "into", "once"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, as_person, path, changes, field, words):
    page = as_person(world.priya).post(path, closing(world, **changes))
    assert page.status_code == 200
    assert words in str(page.context["form"].errors[field])
    world.alder.refresh_from_db()
    assert world.alder.closed_on is None


@pytest.mark.parametrize(("typed", "found"), [("bee", "Beech"), ("BEECH", "Beech"), ("a", None), ("practice", None)])
def test_a_part_of_a_name_is_enough_where_one_practice_fits(world, as_person, path, typed, found):
    page = as_person(world.priya).post(path, closing(world, decision="merged", into=typed), follow=True)
    if found:
        assert f"is merged into {found} Medical Practice from" in page.content.decode()
    else:
        assert "names no single open practice" in str(page.context["form"].errors["into"])


def test_only_the_registry_decides(world, as_person, path):
    assert as_person(world.nell).post(path, closing(world)).status_code == 404
    assert as_person(world.callum).post(path, closing(world)).status_code == 404
    assert as_person(world.olive).post(path, closing(world)).status_code == 403


# --- What came after it ----------------------------------------------------------------------------


@pytest.fixture
def new(world):
    """A code that is new since the last list of Alder, and of about its size."""
    practice = Practice.objects.create(code="91000", name="Alder Health Centre", hscp=world.strath)
    ListSize.objects.create(practice=practice, counted_on=date(2026, 10, 20), patients=5050)
    return practice


def test_what_fits_is_offered_first_and_fills_the_form(world, as_person, path, new):
    grown = ListSize.objects.create(practice=world.pine, counted_on=date(2026, 10, 20), patients=9600)
    priya = as_person(world.priya)
    page = priya.get(path)
    fits = [(fit.practice, fit.is_same) for fit in page.context["form"].candidates]
    assert fits == [(new, True), (grown.practice, False)]
    text = " ".join(page.content.decode().split())
    assert "perhaps the same under a new code. New on Tue 20 Oct 2026 with 5,050 patients (+50)" in text
    assert "which grew by 4,600 patients" in text
    assert text.index('<option value="91000 Alder Health Centre">') < text.index('<option value="90001')
    filled = priya.get(path + "?fits=91000").context["form"]
    assert (filled["decision"].value(), filled["into"].value()) == ("recoded", "91000 Alder Health Centre")
    assert filled["on"].value() == world.alder.missing_since
    assert priya.get(path + "?fits=%00").context["form"]["decision"].value() is None


def test_what_does_not_fit_is_not_offered(world, as_person, path, new):
    ListSize.objects.filter(practice=new).update(patients=5200)
    assert as_person(world.priya).get(path).context["form"].candidates == ()
    ListSize.objects.filter(practice=world.alder).delete()
    assert as_person(world.priya).get(path).context["form"].candidates == ()


def test_first_it_is_shown_who_goes_on_and_nothing_changes(world, as_person, path, new):
    asked = closing(world, decision="recoded", into="91000 Alder Health Centre", confirmed="")
    del asked["confirmed"]
    text = " ".join(as_person(world.priya).post(path, asked).content.decode().split())
    for words in (
        "90000 Alder Medical Practice closes.",
        "90000 Alder Medical Practice leaves Rowan.",
        "91000 Alder Health Centre is in Rowan from",
        "Open actions of 90000 Alder Medical Practice are offered to the people of 91000 Alder Health Centre.",
        "Asha Rahman, Practice Quality Lead at 90000 Alder Medical Practice: ends",
        "Asha Rahman, Practice Quality Lead at 91000 Alder Health Centre: from",
        "Nobody gains or loses sight of anything.",
    ):
        assert words in text
    assert not AuditEvent.objects.exists()
    assert not Succession.objects.exists()
    world.alder.refresh_from_db()
    assert world.alder.closed_on is None


def test_who_loses_and_who_gains_sight_is_said(world, as_person, path):
    asked = closing(world, decision="merged", into=world.beech.code)
    del asked["confirmed"]
    text = " ".join(as_person(world.priya).post(path, asked).content.decode().split())
    assert "Asha Rahman no longer sees Rowan." in text
    assert "Tom Kerr newly sees what Alder Medical Practice left open." in text


def test_what_would_have_no_owner_is_named_when_roles_end_and_not_when_they_go_on(world, as_person, path, new):
    told.action(world, "Send the letter", owner=world.asha)
    asked = closing(world, decision="merged", into=world.beech.code)
    del asked["confirmed"]
    page = as_person(world.priya).post(path, asked).content.decode()
    held = world.asha.roles_held.get()
    assert "What would have no owner" in page
    assert reverse("clusters:role_hand_over", args=[held.pk]) in page
    assert "Send the letter" not in page
    page = as_person(world.priya).post(path, {**asked, "decision": "recoded", "into": "91000"}).content.decode()
    assert "What would have no owner" not in page


@pytest.mark.parametrize(
    ("changes", "kind", "after"),
    [
        ({"decision": "recoded", "into": "91000"}, "RECODED", ["91000"]),
        ({"decision": "merged", "into": "beech medical practice"}, "MERGED", ["90002"]),
        ({"decision": "merged", "into": "90010"}, "MERGED", ["90010"]),
        ({"decision": "split", "into": "91000", "second": "90002"}, "SPLIT", ["91000", "90002"]),
    ],
)
def test_confirmed_it_is_done(world, as_person, path, new, changes, kind, after):
    done = as_person(world.priya).post(path, closing(world, **changes), follow=True)
    assert "Its history stays." in done.content.decode()
    links = Succession.objects.filter(before=world.alder).order_by("pk")
    assert [(link.kind, link.after.code) for link in links] == [(kind, code) for code in after]
    world.alder.refresh_from_db()
    assert (world.alder.closed_on, world.alder.answered_by.code) == (world.today, after[0])
    assert as_person(world.priya).get(path).status_code == 403
    assert as_person(world.priya).post(path, closing(world, **changes)).status_code == 403


def test_a_part_may_stay(world, as_person, path, new):
    sent = closing(world, decision="split", into="91000", stays="on")
    shown = as_person(world.priya).post(path, {k: v for k, v in sent.items() if k != "confirmed"})
    assert "stays open, with its cluster and its roles" in shown.content.decode()
    assert 'name="stays" value="True"' in shown.content.decode()
    as_person(world.priya).post(path, {**sent, "stays": "True"})
    world.alder.refresh_from_db()
    assert world.alder.closed_on is None
    assert Succession.objects.get().after == new


def test_changing_something_shows_the_form_as_it_was(world, as_person, path, new):
    text = as_person(world.priya).post(path, closing(world, into="91000", change="yes")).content.decode()
    assert 'value="91000"' in text
    assert "There is a problem" not in text


def test_one_that_closed_is_asked_what_came_after_it(world, as_person, path, new):
    priya = as_person(world.priya)
    priya.post(path, closing(world))
    page = priya.get(path)
    assert "Is it known what came after it?" in page.content.decode()
    assert page.context["form"]["on"].value() == world.today
    priya.post(path, closing(world, decision="recoded", into="91000"))
    world.alder.refresh_from_db()
    assert world.alder.answered_by == new


def test_who_keeps_one_hscp_chooses_among_its_practices(world, as_person, path, new):
    isla = as_person(world.isla)
    page = isla.post(path, closing(world, decision="merged", into=world.gean.code))
    assert "by who looks after all of Scotland" in page.context["form"].errors["into"][0]
    assert "Gean" not in isla.get(path).content.decode()
    assert isla.post(path, closing(world, decision="merged", into=world.pine.code)).status_code == 302
