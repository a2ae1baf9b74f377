"""My account: what I hold, since when, and what it permits."""

from datetime import timedelta

from clusters.models import RoleAssignment


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
