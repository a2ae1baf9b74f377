"""Where clusters stand, time freed, one that merged in the past, and a move that is planned."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from accounts.models import User
from accounts.roles import Role
from accounts.services import add_person
from clusters.models import Cluster
from clusters.rules import year_of
from clusters.selectors import members_of
from clusters.services import assign_role, create_cluster, describe_cluster, move_practice
from clusters.services.ending import merge_clusters
from clusters.services.ending_checks import Ending
from clusters.services.forums import describe_forum
from clusters.services.records import note_development, note_freed_time
from meetings.models import Attendance
from meetings.services import AttendanceEntry, ItemEntry, MinuteEntry, publish_meeting, save_minute
from portal.demo import clusters as told
from portal.demo.building.people import address_of
from portal.demo.building.places import code_of
from portal.demo.stage import Stage


def tell_of_clusters(stage: Stage, by: User) -> None:
    """Stage and support of every cluster and time freed; of invented ones a merger, and a move to come."""
    _describe(stage, by)
    _set_terms(stage, by)
    _note_stages(stage, by)
    _note_freed_time(stage, by)
    if stage.practice["alder"].code == code_of("alder"):
        _merge(stage, by)
        _plan_a_move(stage, by)


def _describe(stage: Stage, by: User) -> None:
    """What each cluster is for and when it meets, in the words of those who lead it."""
    for key, cluster in stage.clusters.items():
        story = stage.groupings[key]
        describe_cluster(
            cluster=cluster,
            mission=stage.say(story.mission),
            meets_every_weeks=told.MEETS_EVERY_WEEKS.get(key),
            meets_when=f"{told.DAYS[story.weekday]}, {story.at}",
            by=stage.people.get(story.leads[0], by) if story.leads else by,
        )


def _set_terms(stage: Stage, by: User) -> None:
    for key, answers_for, works, results, terms, adopted, review in told.TERMS:
        if cluster := stage.clusters.get(key):
            describe_forum(
                forum=cluster.forum,
                responsibilities=answers_for,
                structure=works,
                outputs=results,
                terms=terms,
                adopted_on=stage.ago(adopted),
                review_on=stage.now + timedelta(days=review),
                until=stage.now,
                version=cluster.forum.version,
                by=stage.led_by(key, stage.now),
            )


def _note_stages(stage: Stage, by: User) -> None:
    for key, ago, where, support, note in told.STAGES:
        cluster = stage.clusters.get(key)
        if cluster:
            lead = stage.people.get("heather" if cluster.lead_hscp_id == stage.lead.pk else "alasdair", by)
            day = stage.now - timedelta(days=ago)
            note_development(cluster=cluster, stage=where, support=support, note=note, starts_on=day, by=lead)


def _note_freed_time(stage: Stage, by: User) -> None:
    for key, back, sessions, note, who in told.FREED:
        cluster, year = stage.clusters.get(key), year_of(stage.now) - back
        if cluster and year >= year_of(cluster.starts_on):
            noted_by = stage.people.get(who, by)
            note_freed_time(cluster=cluster, year=year, sessions=Decimal(sessions), note=note, by=noted_by)


def _merge(stage: Stage, by: User) -> None:
    """A small cluster of two, its last minutes, and how it went on."""
    into = stage.clusters[told.MERGED_INTO]
    cluster = create_cluster(
        name=told.MERGED, lead_hscp=stage.lead, locality=into.locality, starts_on=stage.since, by=by
    )
    for practice in stage.chosen(told.MERGED_INTO, told.MERGED_PRACTICES):
        move_practice(
            practice=practice,
            to=cluster,
            starts_on=stage.since,
            reason="One of the two practices that began by themselves",
            leaving=into,
            by=by,
        )
    lead = add_person(email=address_of(told.MERGED_LEAD), full_name=told.MERGED_LEAD, by=by)
    assign_role(person=lead, role=Role.CQL, at=cluster, starts_on=stage.since, by=by)
    on = stage.since + timedelta(days=told.MERGED_AFTER_DAYS)
    _last_minutes(stage, cluster, lead)
    merge_clusters(
        clusters=[cluster],
        into=into,
        ending=Ending(on, told.MERGED_WHY, told.APPROVED_BY),
        roles_go_on=False,
        seen=frozenset(members_of(cluster, on=on).values_list("code", flat=True)),
        by=by,
    )


def _last_minutes(stage: Stage, cluster: Cluster, lead: User) -> None:
    held_on = stage.since + timedelta(days=told.MERGED_AFTER_DAYS - 20)
    at = stage.at(held_on)
    members = members_of(cluster, on=held_on)
    entry = MinuteEntry(
        held_on=held_on,
        attendances=tuple(AttendanceEntry(p.pk, Attendance.Presence.PRESENT) for p in members),
        items=tuple(ItemEntry(title=t, discussion=said, decision=decided) for t, said, decided in told.LAST_MINUTES),
        was_data_present=True,
    )
    meeting = save_minute(by=lead, forum=cluster.forum, entry=entry, nonce=uuid4(), at=at)
    publish_meeting(by=lead, meeting=meeting, at=at, version=meeting.version)


def _plan_a_move(stage: Stage, by: User) -> None:
    leaving, number, to, days = told.PLANNED
    (practice,) = stage.chosen(leaving, [number])
    move_practice(
        practice=practice,
        to=stage.clusters[to],
        starts_on=stage.now + timedelta(days=days),
        reason=told.PLANNED_WHY,
        leaving=stage.clusters[leaving],
        approved_by=told.APPROVED_BY,
        by=by,
    )
