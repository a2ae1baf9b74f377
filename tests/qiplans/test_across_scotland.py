"""Work across Scotland: title, aim and a role to ask, for everybody who can sign in."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiplans import services
from qiplans.models import Project


def read(as_person, person, query=""):
    return as_person(person).get(f"/projects/{query}").content.decode()


def test_only_what_is_shown_to_scotland_is_there_and_no_more_of_it(world, as_person, work):
    services.write_update(by=world.tom, project=work.project, text="First line")
    for level in ("CLUSTER", "HSCP", "BOARD"):
        services.share_project(by=world.callum, project=work.project, level=level)
        assert "Texts for recall" not in read(as_person, world.una)
    services.share_project(by=world.callum, project=work.project, level="SCOTLAND")
    page = read(as_person, world.una)
    for words in ("Texts for recall", "70% of people", "Cluster Quality Lead of Rowan cluster"):
        assert words in page
    for words in ("Tom Kerr", "Alder", "First line", "Money for texts", f"/projects/{work.project.pk}/"):
        assert words not in page


def test_who_may_open_it_gets_a_link(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="SCOTLAND")
    assert f'href="/projects/{work.project.pk}/"' in read(as_person, world.heather)


def test_it_is_searched_by_words_in_any_order_and_by_hscp(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="SCOTLAND")
    for query, found in (
        ("?q=diabetes texts", True),
        ("?q=diabetes asthma", False),
        (f"?hscp={world.strath.code}", True),
        (f"?hscp={world.neighbour.code}", False),
    ):
        assert ("Texts for recall" in read(as_person, world.nell, query)) is found, query
    assert "No project is shown that fits" in read(as_person, world.nell, "?q=asthma")


def test_of_a_closed_cluster_the_hscp_is_asked(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="SCOTLAND")
    world.rowan.closed_on = world.today
    world.rowan.save()
    assert f"HSCP lead of {world.strath}" in read(as_person, world.nell)


def test_one_project_or_twenty_cost_the_same(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="SCOTLAND")
    client = as_person(world.heather)
    client.get("/projects/")
    with CaptureQueriesContext(connection) as few:
        client.get("/projects/")
    Project.objects.bulk_create(
        Project(priority=work.priority, title=f"Work {n}", aim="Better", share_level="SCOTLAND") for n in range(20)
    )
    with CaptureQueriesContext(connection) as many:
        client.get("/projects/")
    assert len(many) == len(few)
