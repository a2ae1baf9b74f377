"""Diagrams and PDSA cycles, as the services make them."""

from datetime import UTC, datetime, timedelta

from qiplans.models import Diagram
from qiplans.services import diagrams, pdsa
from qiplans.services.pdsa import Answered, Asked

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
ASKED = (Asked("Do people come?", "Eight of ten come."),)


def some_drivers(world, project):
    """A driver diagram with one line on each level; gives the diagram and the lines from driver to change idea."""
    diagram = diagrams.start_driver_diagram(by=world.callum, project=project)
    first = diagrams.add_line(by=world.callum, diagram=diagram, text="Reliable recall")
    second = diagrams.add_line(by=world.callum, diagram=diagram, text="One letter for all", parent=first)
    idea = diagrams.add_line(by=world.callum, diagram=diagram, text="Text reminder", parent=second)
    return diagram, [first, second, idea]


def a_diagram(world, kind="FISHB", project=None, meeting=None, title="Foot checks are missed"):
    return diagrams.start_diagram(
        by=world.callum, cluster=world.rowan, kind=kind, title=title, project=project, meeting=meeting
    )


def a_pareto(world, counts, project=None):
    """A Pareto chart of `counts` (name to count)."""
    diagram = a_diagram(world, Diagram.Kind.PARETO, project)
    for name, count in counts.items():
        diagrams.add_line(by=world.callum, diagram=diagram, text=name, count=count)
    return diagram


def a_cycle(world, project, **told):
    """A planned cycle of an idea in words of its own."""
    told = {"title": "Text reminder", "objective": "Do texts bring people in?", "questions": ASKED, **told}
    return pdsa.plan_cycle(by=world.callum, project=project, **told)


def a_studied_cycle(world, project, **told):
    """A cycle that is done and studied, to be adapted."""
    cycle = a_cycle(world, project, **told)
    pdsa.report_cycle(by=world.callum, cycle=cycle, version=1, observations="Six of ten came to Alder.")
    pdsa.study_cycle(
        by=world.callum,
        cycle=cycle,
        version=2,
        answers=[Answered(1, "Six of ten came.", False)],
        decision="ADAPT",
        learning="A text the day before is too late.",
        has_improved=True,
        next_step="Send it three days before.",
    )
    return cycle


def some_feedback(world, project):
    return pdsa.add_feedback(
        by=world.callum,
        project=project,
        theme="People like to be reminded",
        tone="WELL",
        source="TALK",
        heard_on=world.today - timedelta(days=3),
    )
