"""The register of forums: those that the ladders entered are described, others added, people named, ways agreed."""

from datetime import timedelta

from accounts.models import User
from clusters.models import Forum
from clusters.services.forums import add_forum_member, close_forum, create_forum, describe_forum, end_forum_member
from clusters.services.ways_of_working import agree_ways_of_working
from portal.demo.forums import FORUMS, WAYS, Named, Told
from portal.demo.stage import Stage


def register_forums(stage: Stage, by: User) -> None:
    """Every forum whose place this stage has, and how three clusters have agreed to work."""
    for told in FORUMS:
        if stage.has_place(told.at):
            _tell(stage, told, by)
    for cluster, ago, review_in, words in WAYS:
        if cluster in stage.clusters:
            _agree(stage, cluster, ago, review_in, words)


def _tell(stage: Stage, told: Told, by: User) -> None:
    forum = _entered(stage, told, by) if told.name else _of_ladder(stage, told)
    if forum is None:
        return
    describe_forum(
        forum=forum,
        by=by,
        until=stage.now,
        version=forum.version,
        purpose=told.purpose,
        responsibilities=told.responsibilities,
        structure=told.structure,
        outputs=told.outputs,
        terms=told.terms,
        terms_link=told.link,
        meets_every_weeks=told.every,
        adopted_on=None if told.adopted is None else stage.ago(told.adopted),
        review_on=None if told.review is None else stage.after(stage.now, told.review),
    )
    for named in told.members:
        _name(stage, forum, named, by)
    if told.closed is not None:
        close_forum(forum=forum, closed_on=stage.ago(told.closed), by=by)


def _entered(stage: Stage, told: Told, by: User) -> Forum:
    place, begun = stage.place(told.at), stage.ago(told.begun)
    return create_forum(kind=told.kind, name=stage.say(told.name), serves=place, starts_on=begun, by=by)


def _of_ladder(stage: Stage, told: Told) -> Forum | None:
    place = stage.place(told.at)
    found = Forum.objects.filter(kind=told.kind).select_related("locality", "hscp", "board")
    return next((forum for forum in found if forum.serves == place), None)


def _name(stage: Stage, forum: Forum, named: Named, by: User) -> None:
    person = stage.people.get(named.who)
    if person is None and " " not in named.who:
        return
    seat = add_forum_member(
        forum=forum,
        person=person,
        name="" if person else named.who,
        body=named.body,
        part=named.part,
        starts_on=stage.ago(named.since),
        by=by,
    )
    if named.left is not None:
        end_forum_member(seat=seat, last_day=stage.ago(named.left), by=by)


def _agree(stage: Stage, cluster: str, ago: int, review_in: int | None, words: str) -> None:
    day = stage.ago(ago)
    agree_ways_of_working(
        forum=stage.clusters[cluster].forum,
        text=words,
        agreed_on=day,
        review_on=None if review_in is None else stage.now + timedelta(days=review_in),
        by=stage.led_by(cluster, day),
        at=stage.at(day, 14, 5),
    )
