"""/terms/: terms of roles, version by version; who is asked to accept them, and who sees who did."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, User
from accounts.roles import Role
from clusters.models import RoleAssignment
from clusters.selectors import reach_of
from directory.models import RoleTerms, TermsAcceptance
from directory.selectors.terms import own_terms, terms_to_accept
from directory.services.terms import accept_terms, publish_terms


def published(world, hscp=None, role=Role.CQL, in_days=0, text="Four sessions."):
    day = world.today + timedelta(days=in_days)
    return publish_terms(role=role, hscp=hscp, text=text, starts_on=day, by=world.priya)


def waiting(world, who):
    return terms_to_accept(reach_of(getattr(world, who), on=world.today))


def form(world, **fields):
    return {"role": "CQL", "hscp": world.strath.code, "text": "Mine", "starts_on": str(world.today), **fields}


# --- Which version holds ---------------------------------------------------------------------------


def test_the_hscps_own_terms_hold_there_and_the_national_ones_elsewhere(world):
    national, own = published(world), published(world, world.strath)
    assert waiting(world, "callum") == [own]
    assert waiting(world, "nell") == [national]
    assert waiting(world, "asha") == waiting(world, "una") == []


def test_a_new_version_asks_again_from_its_first_day(world):
    first = published(world, world.strath)
    accept_terms(terms=first, by=world.callum)
    assert waiting(world, "callum") == []
    planned = published(world, world.strath, in_days=3)
    assert (first.version, planned.version) == (1, 2)
    assert waiting(world, "callum") == []
    later = world.today + timedelta(days=3)
    assert [own.terms for own in own_terms(world.callum.pk, on=later)] == [planned]
    assert own_terms(world.callum.pk, on=later)[0].accepted_at is None


def test_two_versions_from_one_day_the_later_holds(world):
    published(world, world.strath)
    later = published(world, world.strath)
    assert waiting(world, "callum") == [later]


def test_each_of_several_roles_has_its_own(world):
    cql, lead = published(world, world.strath), published(world, world.strath, role=Role.CLINICAL_LEAD)
    assert set(waiting(world, "duncan")) == {cql, lead}


def test_after_the_role_nothing_waits(world):
    published(world, world.strath)
    assert waiting(world, "fergus") == waiting(world, "gail") == []


def test_asking_takes_few_queries(world, django_assert_max_num_queries):
    published(world, world.strath)
    with django_assert_max_num_queries(3):
        own_terms(world.callum.pk, on=world.today)
    with django_assert_max_num_queries(0):
        terms_to_accept(reach_of(None, on=world.today))


# --- Accepting -------------------------------------------------------------------------------------


def test_home_and_account_ask_and_work_goes_on(world, as_person):
    terms, client = published(world, world.strath), as_person(world.callum)
    assert f'href="/terms/{terms.pk}/"' in client.get("/").content.decode()
    assert "not accepted yet" in client.get("/account/").content.decode()
    assert client.get("/clusters/rowan/").status_code == 200
    assert "Tick the box" in client.post(f"/terms/{terms.pk}/accept/").content.decode()
    assert client.post(f"/terms/{terms.pk}/accept/", {"read": "on"}).status_code == 302
    assert f'href="/terms/{terms.pk}/"' not in client.get("/").content.decode()
    assert "accepted on" in client.get("/account/").content.decode()
    assert "You accepted these terms" in client.get(f"/terms/{terms.pk}/").content.decode()


def test_a_second_press_changes_nothing(world, as_person):
    terms = published(world, world.strath)
    for _ in range(2):
        as_person(world.callum).post(f"/terms/{terms.pk}/accept/", {"read": "on"})
    assert TermsAcceptance.objects.count() == 1
    assert AuditEvent.objects.filter(verb="terms accepted").count() == 1


@pytest.mark.parametrize("who", ["asha", "heather", "priya"])
def test_who_does_not_hold_the_role_is_not_asked(world, as_person, who):
    terms, client = published(world, world.strath), as_person(getattr(world, who))
    assert "Do you accept them?" not in client.get(f"/terms/{terms.pk}/").content.decode()
    refused = client.post(f"/terms/{terms.pk}/accept/", {"read": "on"})
    assert refused.status_code == 200
    assert not TermsAcceptance.objects.exists()


def test_an_old_version_is_read_but_not_accepted(world, as_person):
    old, _ = published(world, world.strath, text="Once upon a time"), published(world, world.strath)
    page = as_person(world.callum).get(f"/terms/{old.pk}/").content.decode()
    assert "Once upon a time" in page
    assert "An earlier version" in page
    assert "Do you accept them?" not in page
    with pytest.raises(ValidationError, match="nothing to accept"):
        accept_terms(terms=old, by=world.callum)


# --- Reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["nell", "una", "fergus"])
def test_terms_of_another_hscp_do_not_exist(world, as_person, who):
    terms, client = published(world, world.strath, text="Zzsecret"), as_person(getattr(world, who))
    for path in (f"/terms/{terms.pk}/", f"/terms/{terms.pk}/accepted/"):
        assert client.get(path).status_code == 404
    # Fergus may have had the form open until his role ended: he is told so.
    refused = 403 if who == "fergus" else 404
    assert client.post(f"/terms/{terms.pk}/accept/", {"read": "on"}).status_code == refused
    for path in ("/terms/", "/roles/cql/"):
        assert str(world.strath) not in client.get(path).content.decode()


def test_national_terms_are_read_by_everybody(world, as_person):
    terms = published(world)
    assert as_person(world.una).get(f"/terms/{terms.pk}/").status_code == 200
    assert f'href="/terms/{terms.pk}/"' in as_person(world.una).get("/roles/cql/").content.decode()


def test_a_planned_version_is_seen_by_who_publishes(world, as_person):
    planned = published(world, world.strath, in_days=5)
    assert as_person(world.callum).get(f"/terms/{planned.pk}/").status_code == 404
    assert "Planned" in as_person(world.heather).get("/terms/").content.decode()


# --- Publishing ------------------------------------------------------------------------------------


def test_a_lead_publishes_for_her_hscp(world, as_person):
    client = as_person(world.heather)
    assert client.post("/terms/publish/", form(world, what_changed="All of it")).status_code == 302
    terms = RoleTerms.objects.get()
    assert (terms.hscp, terms.version, terms.published_by) == (world.strath, 1, world.heather)


@pytest.mark.parametrize("hscp", ["national", "S37000013"])
def test_but_not_for_another_nor_for_the_nation(world, as_person, hscp):
    refused = as_person(world.heather).post("/terms/publish/", form(world, hscp=hscp))
    assert "Choose from the list" in refused.content.decode()
    assert not RoleTerms.objects.exists()
    assert as_person(world.priya).post("/terms/publish/", form(world, hscp=hscp)).status_code == 302


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Write the terms here"),
        ({"link": "http://example.org/x"}, "begins with https"),
        ({"link": "javascript:alert(1)"}, "Type an address like"),
        ({"starts_on": "2020-01-01"}, "Choose today or a later day"),
        ({"role": ""}, "Choose a role"),
        ({"text": "CHI 0101010019"}, "CHI"),
    ],
)
def test_what_is_refused_is_said_and_kept(world, as_person, fields, told):
    page = as_person(world.heather).post("/terms/publish/", form(world, what_changed="Kept words", **fields))
    assert told in page.content.decode()
    assert "Kept words" in page.content.decode()
    assert not RoleTerms.objects.exists()


def test_a_link_alone_will_do(world, as_person):
    as_person(world.heather).post("/terms/publish/", form(world, text="", link="https://example.org/terms"))
    page = as_person(world.callum).get(f"/terms/{RoleTerms.objects.get().pk}/").content.decode()
    assert 'href="https://example.org/terms" rel="noopener noreferrer"' in page


# --- Who accepted ----------------------------------------------------------------------------------


def test_keepers_see_who_accepted_in_their_own_hscp(world, as_person):
    national = published(world)
    accept_terms(terms=national, by=world.callum)
    accept_terms(terms=national, by=world.nell)
    page = as_person(world.heather).get(f"/terms/{national.pk}/accepted/")
    assert "1 of 2 accepted" in page.content.decode()
    assert "Nell" not in page.content.decode()
    assert "2 of 3 accepted" in as_person(world.priya).get(f"/terms/{national.pk}/accepted/").content.decode()
    assert "1 of 2" in as_person(world.heather).get("/terms/").content.decode()


@pytest.mark.parametrize("who", ["callum", "asha", "rhona", "bruce", "olive"])
def test_others_do_not(world, as_person, who):
    terms, client = published(world, world.strath), as_person(getattr(world, who))
    assert client.get(f"/terms/{terms.pk}/accepted/").status_code == 403
    assert f"/terms/{terms.pk}/accepted/" not in client.get("/terms/").content.decode()
    assert f"/terms/{terms.pk}/accepted/" not in client.get(f"/terms/{terms.pk}/").content.decode()


def test_where_the_hscp_has_its_own_the_national_ones_count_nobody(world, as_person):
    national, _ = published(world), published(world, world.strath)
    assert "0 of 0 accepted" in as_person(world.heather).get(f"/terms/{national.pk}/accepted/").content.decode()


@pytest.mark.parametrize("page", ["/terms/", "/terms/{}/accepted/"])
def test_one_and_twenty_take_the_same_queries(world, as_person, page):
    terms, client = published(world, world.strath), as_person(world.heather)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page.format(terms.pk)).status_code == 200
        return len(seen)

    queries()
    few = queries()
    for n in range(20):
        person = User.objects.create_user(f"cql{n}@example.org", f"Cql {n}")
        RoleAssignment.objects.create(person=person, role=Role.CQL, cluster=world.rowan, starts_on=world.since)
        terms = published(world, world.strath)
    assert queries() == few
