"""A filter whose choice is not offered (an old address, or somebody else's) answers in the portal's words."""

import pytest

PLACE = "You do not reach this place (any more). Choose one from the list."
OTHER = "This cannot be chosen (any more). Choose one from the list."


@pytest.mark.parametrize(
    ("who", "path", "words"),
    [
        ("nell", "/people/lists/?role=PQL&place=cluster:rowan", PLACE),
        ("nell", "/people/?place=cluster:rowan", PLACE),
        ("isla", "/registry/practices/?hscp=S37000013", PLACE),
        ("isla", "/registry/practices/?locality=999999", PLACE),
        ("isla", "/registry/practices/?cluster=larch-of-nowhere", PLACE),
        ("isla", "/registry/practices/?contract=XXXX", OTHER),
        ("isla", "/clusters/?board=S08000099", PLACE),
        ("isla", "/forums/?hscp=S37000013", PLACE),
        ("isla", "/people/lists/?role=WIZARD", OTHER),
        ("isla", "/registry/roles/?role=WIZARD", OTHER),
        ("isla", "/registry/people/invitations/?when=never", OTHER),
        ("isla", "/terms/?hscp=S37000013", PLACE),
        ("priya", "/letters/?state=NEVER", OTHER),
    ],
)
def test_a_choice_that_is_not_offered(world, as_person, who, path, words):
    answer = as_person(getattr(world, who)).get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert words in text
    assert "Select a valid choice" not in text


def test_a_choice_that_is_offered_is_not_refused(world, as_person):
    text = as_person(world.isla).get(f"/registry/practices/?hscp={world.strath.code}").content.decode()
    assert PLACE not in text


FOLDED = '<details class="portal-filter portal-noprint">'
OPEN = '<details class="portal-filter portal-noprint" open>'


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("callum", "/actions/"),
        ("callum", "/clusters/rowan/actions/"),
        ("heather", "/tracker/"),
        ("isla", "/registry/practices/"),
        ("isla", "/registry/roles/"),
        ("priya", "/audit/"),
        ("priya", "/letters/"),
    ],
)
def test_a_search_is_folded_until_something_is_chosen(world, as_person, who, path):
    text = as_person(getattr(world, who)).get(path).content.decode()
    assert FOLDED in text
    assert OPEN not in text


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("callum", "/actions/?q=recall"),
        ("callum", "/clusters/rowan/actions/?show=done"),
        ("callum", "/clusters/rowan/actions/?kind=WIZARD"),
        ("heather", "/tracker/?only=waiting"),
        ("isla", "/registry/practices/?q=Alder"),
        ("priya", "/audit/?before=never"),
        ("priya", "/letters/?state=SENT"),
        ("priya", "/registry/people/invitations/?q=asha"),
        ("callum", "/people/"),
    ],
)
def test_it_is_open_where_something_is_chosen_or_searching_is_what_the_page_is_for(world, as_person, who, path):
    text = as_person(getattr(world, who)).get(path).content.decode()
    assert OPEN in text
    assert FOLDED not in text
