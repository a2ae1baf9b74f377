"""What the people of Rowan say of their knowledge and skills."""

from clusters.selectors import people_inside, reach_of
from portal.demo.stage import Stage
from qiplans.rules.learning import can_say_needs
from qiplans.services.learning import say_needs

ANSWERS = ((4, 3, 2), (2, 4, 3), (5, 4, 4), (2, 2, 2), (3, 4, 1))
ASKED = ("methods", "leading", "facilitating")


def say_learning_needs(stage: Stage) -> None:
    """Five answers, so that the counts are shown."""
    if "rowan" not in stage.clusters:
        return
    cluster = stage.clusters["rowan"]
    able = [p for p in people_inside(cluster, on=stage.now) if can_say_needs(reach_of(p, on=stage.now), cluster)]
    for person, answers in zip(able, ANSWERS, strict=False):
        say_needs(by=person, cluster=cluster, on=stage.now, **dict(zip(ASKED, answers, strict=True)))
