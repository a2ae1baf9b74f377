"""Progress: proposed from evidence with its reasons, confirmed by a person, never a ranking."""

from decimal import Decimal

import pytest

from qiplans.rules.progress import Evidence, propose_progress, share_of_goal
from tests.qiplans.conftest import a_measure

NOTHING = {
    "has_charter": False,
    "has_team": False,
    "has_plan": False,
    "tests": 0,
    "figures": 0,
    "has_enough": False,
    "is_better": False,
    "share": None,
    "is_sustained": False,
}
STARTED = {"has_charter": True, "has_team": True, "has_plan": True, "tests": 2, "figures": 12, "has_enough": True}


@pytest.mark.parametrize(
    ("found", "score"),
    [
        ({}, "0.5"),
        ({"has_charter": True}, "0.5"),
        ({"has_charter": True, "has_team": True}, "1.0"),
        ({"has_plan": True}, "1.5"),
        ({"tests": 1}, "2.0"),
        (STARTED, "2.5"),
        ({**STARTED, "share": Decimal("0.2")}, "3.0"),
        ({**STARTED, "is_better": True}, "3.0"),
        ({**STARTED, "is_better": True, "share": Decimal("0.3")}, "3.5"),
        ({**STARTED, "is_better": True, "share": Decimal("0.5")}, "4.0"),
        ({**STARTED, "is_better": True, "share": Decimal("0.5"), "is_sustained": True}, "4.5"),
        ({**STARTED, "is_better": True, "share": Decimal(1), "is_sustained": True}, "5.0"),
    ],
)
def test_each_step_of_the_scale_has_its_evidence(found, score):
    proposed = propose_progress(Evidence(**{**NOTHING, **found}))
    assert proposed.score == Decimal(score)
    assert proposed.reasons


def test_share_of_the_goal_goes_from_the_first_figures_to_the_latest():
    values = [Decimal(v) for v in (50, 50, 50, 50, 50, 50, 55, 60, 60, 60)]
    assert share_of_goal(values, Decimal(70)) == Decimal("0.5")
    assert share_of_goal(values, Decimal(40)) == Decimal(-1)
    assert share_of_goal(values, None) is None
    assert share_of_goal(values, Decimal(50)) is None
    assert share_of_goal(values[:5], Decimal(70)) is None


def test_a_person_confirms_and_the_page_shows_both_where_they_differ(world, as_person, work):
    a_measure(world, work.project, [50, 51, 52])
    client, path = as_person(world.tom), f"/projects/{work.project.pk}/"
    assert "Proposed: <strong>2.0: activity, no change yet" in client.get(path).content.decode()
    client.post(f"{path}progress/", {"score": "2.0"})
    page = client.get(path).content.decode()
    assert "confirmed by Tom Kerr" in page
    assert "The evidence today points to" not in page
    client.post(f"{path}progress/", {"score": "1.0", "note": "Only one practice counts"})
    page = client.get(path).content.decode()
    assert "Only one practice counts" in page
    assert "The evidence today points to" in page
