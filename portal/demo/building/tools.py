"""The tools of Rowan's main project and of the cluster itself."""

from datetime import timedelta

from accounts.models import User
from meetings.models import Meeting
from portal.demo.stage import Stage
from portal.demo.year import tools as told
from qiplans.models import Diagram, DiagramLine, Project
from qiplans.services.diagrams import add_line, start_diagram, start_driver_diagram
from qiplans.services.pdsa import Answered, Asked, add_feedback, plan_cycle, report_cycle, study_cycle


def draw_and_test(stage: Stage) -> None:
    """Drivers, cycles and feedback of one project; a fishbone, a Pareto chart and a SWOT."""
    if "rowan" not in stage.clusters:
        return
    title = stage.say(told.PROJECT)
    project = Project.objects.filter(priority__plan__cluster=stage.clusters["rowan"], title=title).first()
    if project is None:
        return
    by = project.lead or stage.led_by("rowan", stage.now)
    ideas = _drivers(stage, project, by)
    _cycles(stage, project, by, ideas)
    _diagrams(stage, project, by)
    for theme, tone, source, people, ago, changed in told.SAID:
        heard_on = stage.ago(ago)
        add_feedback(
            by=by,
            project=project,
            theme=theme,
            tone=tone,
            source=source,
            heard_on=heard_on,
            people=people,
            changed=changed,
            at=stage.at(heard_on, 16, 20),
        )


def _drivers(stage: Stage, project: Project, by: User) -> dict[str, DiagramLine]:
    diagram = start_driver_diagram(by=by, project=project, at=stage.at(stage.ago(280), 13, 40))
    measured = project.measured.select_related("measure").first()
    ideas = {}
    for n, (primary, secondaries) in enumerate(told.DRIVERS.items()):
        measure = measured.measure if measured and n == 0 else None
        top = add_line(by=by, diagram=diagram, text=primary, measure=measure)
        for secondary, changes in secondaries.items():
            under = add_line(by=by, diagram=diagram, text=secondary, parent=top)
            for change in changes:
                ideas[change] = add_line(by=by, diagram=diagram, text=change, parent=under)
    return ideas


def _cycles(stage: Stage, project: Project, by: User, ideas: dict[str, DiagramLine]) -> None:
    for ago, days, plan, asked, seen, studied in told.CYCLES:
        begun = stage.ago(ago)
        study_on = begun + timedelta(days=days)
        cycle = plan_cycle(
            by=by,
            project=project,
            idea=ideas[told.LETTER],
            questions=[Asked(question, prediction) for question, prediction, _, _ in asked],
            owner=by,
            starts_on=begun,
            study_on=study_on,
            at=stage.at(begun, 14, 15),
            **plan,
        )
        at = stage.at(study_on, 14, 30)
        report_cycle(by=by, cycle=cycle, version=1, observations=seen, was_as_planned=True, at=at)
        answers = [Answered(n, result, came_true) for n, (_, _, result, came_true) in enumerate(asked, start=1)]
        study_cycle(by=by, cycle=cycle, version=2, answers=answers, at=at, **studied)
    begun = stage.ago(19)
    plan_cycle(
        by=by,
        project=project,
        idea=ideas[told.TEXTS],
        questions=[Asked(*told.OPEN_QUESTION)],
        owner=by,
        starts_on=begun,
        study_on=stage.ago(4),
        at=stage.at(begun, 14, 15),
        **told.OPEN_CYCLE,
    )


def _diagrams(stage: Stage, project: Project, by: User) -> None:
    cluster = stage.clusters["rowan"]
    held = Meeting.objects.filter(forum=cluster.forum, state__in=Meeting.TOLD).order_by("-held_on", "-pk").first()
    at = stage.at(held.held_on if held else stage.ago(30), 13, 5)
    fishbone = start_diagram(
        by=by, cluster=cluster, kind=Diagram.Kind.FISHBONE, title=told.EFFECT, project=project, at=at
    )
    for category, causes in told.CAUSES.items():
        top = add_line(by=by, diagram=fishbone, text=category)
        for cause in causes:
            line = add_line(by=by, diagram=fishbone, text=cause, parent=top)
            if why := told.WHY.get(cause):
                add_line(by=by, diagram=fishbone, text=why, parent=line)
    pareto = start_diagram(by=by, cluster=cluster, kind=Diagram.Kind.PARETO, title=told.EFFECT, project=project, at=at)
    for cause, count in told.COUNTED.items():
        add_line(by=by, diagram=pareto, text=cause, count=count)
    swot = start_diagram(by=by, cluster=cluster, kind=Diagram.Kind.SWOT, title=told.SUBJECT, meeting=held, at=at)
    for part, said in told.SWOT.items():
        for text in said:
            add_line(by=by, diagram=swot, text=text, part=part)
