"""Changing a priority: two editors, no word lost."""

from qiplans import services


def path_to(work):
    return f"/priorities/{work.priority.pk}/"


def words(**changes):
    return {"title": "Diabetes", "purpose": "Mine, typed slowly.", "orientation": "INTR", "version": 1, **changes}


def test_it_is_saved_and_the_plan_knows(world, as_person, work):
    assert as_person(world.morag).post(path_to(work), words()).status_code == 302
    work.priority.refresh_from_db()
    assert (work.priority.title, work.priority.version) == ("Diabetes", 2)
    before = work.plan.version
    work.plan.refresh_from_db()
    assert work.plan.version == before + 1


def test_the_second_editor_sees_both_texts(world, as_person, work):
    services.change_priority(
        by=world.morag, priority=work.priority, version=1, title="Diabetes", purpose="Theirs.", orientation="INTR"
    )
    client = as_person(world.callum)
    answer = client.post(path_to(work), words())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody saved this while you were typing" in page
    assert "Theirs." in page
    assert page.count("Mine, typed slowly.") == 2
    assert 'name="version" value="2"' in page
    work.priority.refresh_from_db()
    assert work.priority.purpose == "Theirs."
    assert client.post(path_to(work), words(version=2)).status_code == 302
    work.priority.refresh_from_db()
    assert (work.priority.purpose, work.priority.version) == ("Mine, typed slowly.", 3)


def test_a_second_press_is_no_clash(world, as_person, work):
    client = as_person(world.callum)
    assert [client.post(path_to(work), words()).status_code for _ in range(2)] == [302, 302]


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), words()).status_code == 404
    assert as_person(world.asha).post(path_to(work), words()).status_code == 403
