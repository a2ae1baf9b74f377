"""My account: what I hold, since when, and what it permits."""

from datetime import timedelta

from clusters.models import RoleAssignment
from clusters.services.hosting import begin_hosting


def text_for(as_person, person):
    response = as_person(person).get("/account/")
    assert response.status_code == 200
    return response.content.decode()


def test_each_role_with_what_it_permits(world, as_person):
    text = text_for(as_person, world.duncan)
    for word in (
        "Clinical lead, East Strath",
        "Cluster Quality Lead, Larch",
        "publish them to the cluster",
        "share above the cluster, agree the plan",
        "answer questions from clusters and decide escalations",
    ):
        assert word in text


def test_an_end_that_is_known_is_said(world, as_person):
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=world.today + timedelta(days=10))
    assert "(in 10 days)" in text_for(as_person, world.asha)


def test_ways_to_keep_it_safe_open(world, as_person):
    client = as_person(world.asha)
    text = client.get("/account/").content.decode()
    for path in ("/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"):
        assert path in text
        assert client.get(path).status_code in (200, 302)
    assert 'action="/accounts/logout/"' in text


def test_nobody_sees_another_account(world, as_person):
    text = text_for(as_person, world.nell)
    assert "Nell Croft" in text
    assert "Asha" not in text


def test_without_a_role_it_says_so(world, as_person):
    text = text_for(as_person, world.una)
    assert "You hold no role today" in text
    assert "Clinical" not in text


# --- How far each role reaches, in words (STR-41) --------------------------------------------------


def reaches(as_person, person):
    return as_person(person).get("/account/").context["roles"]


def test_how_far_each_role_reaches(world, as_person):
    said = {
        world.asha: "Alder Medical Practice, and the cluster that it belongs to. Today 1 cluster",
        world.callum: "Rowan and its practices. Today 1 cluster",
        world.rhona: "the clusters of East Strath, and every cluster with a practice there. Today 2 clusters",
        world.heather: f"the clusters that {world.strath} leads, and every cluster with a practice there. "
        "Today 2 clusters",
        world.bruce: f"the clusters of the HSCPs of {world.board}, and every cluster with a practice there. "
        "Today 3 clusters",
        world.olive: "all of Scotland: who and where, never minutes or plans",
        world.iona: "no cluster",
    }
    for who, words in said.items():
        assert reaches(as_person, who)[-1].reaches == words
    assert "It reaches Rowan and its practices." in text_for(as_person, world.callum)


def test_an_administrator_of_one_hscp_is_told_of_that_part_only(world, as_person):
    (hers,), (all_of_it,) = reaches(as_person, world.isla), reaches(as_person, world.priya)
    assert "never minutes or plans. Today 2 clusters" in hers.reaches
    assert "read the audit trail" not in hers.permits
    assert "move practices, name localities, give and end roles in that part" in hers.permits
    assert "read the audit trail" in all_of_it.permits
    assert as_person(world.isla).get("/audit/").status_code == 404


def test_what_comes_with_an_hscp_that_acts_for_another_is_said(world, as_person):
    begin_hosting(host=world.strath, served=world.neighbour, service="Primary care", starts_on=world.today, by=None)
    (held,) = reaches(as_person, world.heather)
    assert f"and the same of {world.neighbour}, for which it acts (Primary care). Today 3 clusters" in held.reaches


# --- The way to handing over (F34) -------------------------------------------------------------------


def test_who_may_hand_over_finds_the_way_beside_the_role(world, as_person):
    held = world.callum.roles_held.get()
    path = f"/registry/roles/{held.pk}/hand-over/?next=/account/"
    client = as_person(world.callum)
    assert f'href="{path}"' in client.get("/account/").content.decode()
    assert client.get(path).status_code == 200


def test_who_may_not_sees_no_way(world, as_person):
    assert "Hand over" not in text_for(as_person, world.asha)
    assert as_person(world.asha).get(f"/registry/roles/{world.asha.roles_held.get().pk}/hand-over/").status_code == 404
