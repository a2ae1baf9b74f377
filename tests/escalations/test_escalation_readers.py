"""The raiser adds and removes readers."""

from accounts.models import User
from escalations.models import Viewer
from tests.escalations.story import confidential, raised


def path(esc):
    return f"/escalations/{esc.reference}/readers/"


def test_added_by_name_or_address_and_removed(world, as_person):
    esc, asha = raised(world), as_person(world.asha)
    asha.post(path(esc), {"who": "lewis orr"})
    asha.post(path(esc), {"who": "TOM@example.org"})
    assert {v.person for v in esc.viewers.all()} == {world.lewis, world.tom}
    assert as_person(world.lewis).get(f"/escalations/{esc.reference}/").status_code == 200
    asha.post(path(esc), {"remove": str(world.lewis.pk)})
    assert as_person(world.lewis).get(f"/escalations/{esc.reference}/").status_code == 404


def test_what_does_not_fit_is_said_beside_the_field(world, as_person):
    esc, asha = raised(world, about=world.tom), as_person(world.asha)
    User.objects.filter(pk=world.lewis.pk).update(full_name="Rhona Orr")
    for who, sentence in (
        ("", "Type the name"),
        ("Nell Croft", "Nobody of that name"),
        ("nell@example.org", "Nobody of that name"),
        ("rhona", "More than one person fits: Rhona Fyfe, Rhona Orr. Type"),
        ("rh", "at least three letters"),
        ("Tom Kerr", "The matter is about Tom Kerr"),
    ):
        page = asha.post(path(esc), {"who": who}).content.decode()
        assert sentence in page
        assert "rhona@example.org" not in page
    assert not Viewer.objects.exists()


def test_only_the_raiser_and_not_for_a_confidential_one(world, as_person):
    esc = raised(world)
    assert as_person(world.callum).get(path(esc)).status_code == 403
    assert as_person(world.nell).get(path(esc)).status_code == 404
    assert as_person(world.asha).get(path(confidential(world))).status_code == 403
