"""Builds the demo: all of it or nothing, once."""

from datetime import date

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, User
from office.services import redact_words
from portal.demo import people, places
from portal.demo.building.actions import move_actions_on
from portal.demo.building.after import look_back_on_meetings
from portal.demo.building.agendas import choose_standing_items, put_agendas_together
from portal.demo.building.boundaries import note_boundaries
from portal.demo.building.charters import write_charters
from portal.demo.building.charts import read_charts
from portal.demo.building.circulation import correct_and_amend
from portal.demo.building.clusters import tell_of_clusters
from portal.demo.building.directory import declare_interests, fill_directory, publish_all_terms
from portal.demo.building.events import analyse_events
from portal.demo.building.figures import count_by_practice
from portal.demo.building.forums import register_forums
from portal.demo.building.hosting import let_one_act_for_another
from portal.demo.building.invitations import invite_people
from portal.demo.building.learning import say_learning_needs
from portal.demo.building.matters import raise_matters, set_ladders
from portal.demo.building.meetings import ask_between_meetings, hold_meetings
from portal.demo.building.people import bring_everybody, bring_keeper, sign_ins
from portal.demo.building.places import bring_waiting_list, invented, name_localities
from portal.demo.building.planning import plan_meetings
from portal.demo.building.plans import make_plans
from portal.demo.building.practices import describe_practices, tell_what_became
from portal.demo.building.real import REAL_LOCALITIES, Unsuitable, on_real_clusters
from portal.demo.building.reminders import remind_people
from portal.demo.building.roles import describe_roles, leave_roles, say_how_they_came
from portal.demo.building.studio import fill_studio
from portal.demo.building.tools import draw_and_test
from portal.demo.building.topics import fill_topic_box
from portal.demo.stage import Names, Stage
from portal.demo.year.questions import BLACKED_OUT, WHY_BLACKED_OUT
from practices.models import HSCP, Practice

BUILT = "demo built"

SignIns = list[tuple[str, str, str]]


class InTheWay(Exception):
    """The database holds what the demo did not make; the message says what, in a sentence."""


def sign_ins_of_demo() -> SignIns | None:
    """Role, name and address of everybody who can sign in to the demo that is here; None when there is none."""
    event = AuditEvent.objects.filter(verb=BUILT).first()
    return sign_ins(Names(event.changes["names"])) if event else None


@transaction.atomic
def build_invented() -> SignIns:
    """The demo on invented practices, or the one that is here already.

    Raises InTheWay when the database is not empty of practices.
    """
    _one_at_a_time()
    if there := sign_ins_of_demo():
        return there
    _refuse_others()
    stage = invented()
    made = _tell(stage, places.LOCALITIES)
    bring_waiting_list(stage, stage.people["priya"])
    return made


@transaction.atomic
def build_on_file(*, data: bytes, file_name: str, as_of: date) -> SignIns:
    """The same year on the clusters of a real practice file, or the demo that is here already.

    Raises InTheWay, Unsuitable, or what the import of practice lists raises for a file that it cannot take.
    """
    _one_at_a_time()
    if there := sign_ins_of_demo():
        return there
    _refuse_others()
    return _tell(on_real_clusters(data=data, file_name=file_name, as_of=as_of), REAL_LOCALITIES)


def _one_at_a_time() -> None:
    """Of two that build at once the second waits, and then finds what the first has built."""
    list(HSCP.objects.select_for_update().order_by("pk").values_list("pk"))


def _refuse_others() -> None:
    if Practice.objects.exists():
        raise InTheWay(
            "This database holds practices that the demo did not make. The demo needs a database of its own."
        )
    taken = User.objects.filter(email__in=[f"{key}@example.org" for key, _, _, _ in people.CAST]).first()
    if taken:
        raise InTheWay(f"{taken.email} has an account here already, and the demo needs that address.")


def _tell(stage: Stage, localities: dict[str, str]) -> SignIns:
    keeper = bring_keeper(stage)
    name_localities(stage, localities, keeper)
    bring_everybody(stage, keeper)
    tell_what_became(stage, keeper)
    describe_practices(stage, keeper)
    let_one_act_for_another(stage, keeper)
    describe_roles(stage, keeper)
    invite_people(stage, keeper)
    tell_of_clusters(stage, keeper)
    set_ladders(stage, keeper)
    register_forums(stage, keeper)
    fill_directory(stage, keeper)
    publish_all_terms(stage, keeper)
    declare_interests(stage)
    hold_meetings(stage)
    analyse_events(stage)
    correct_and_amend(stage)
    look_back_on_meetings(stage)
    fill_topic_box(stage)
    make_plans(stage)
    read_charts(stage)
    draw_and_test(stage)
    count_by_practice(stage)
    write_charters(stage)
    say_learning_needs(stage)
    fill_studio(stage)
    ask_between_meetings(stage)
    move_actions_on(stage)
    choose_standing_items(stage)
    plan_meetings(stage)
    raise_matters(stage)
    put_agendas_together(stage)
    leave_roles(stage, keeper)
    say_how_they_came(stage)
    note_boundaries(stage)
    redact_words(words=BLACKED_OUT, why=WHY_BLACKED_OUT, ignore_case=False, by=stage.people["iona"])
    remind_people(stage)
    shown = {key: stage.names[key] for key in ("rowan", "alder", "larch", "birch")}
    audit.record(BUILT, keeper, by=None, detail={"names": shown})
    return sign_ins(stage.names)


__all__ = ["InTheWay", "SignIns", "Unsuitable", "build_invented", "build_on_file", "sign_ins_of_demo"]
