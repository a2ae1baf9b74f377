"""Topics as the services put them forward."""

from datetime import UTC, datetime
from uuid import uuid4

from qiplans.services import studio as services

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def a_candidate(world, *, by=None, cluster=None, title="Diabetes recall by text", **words):
    """A topic that Asha put forward in Rowan."""
    return services.put_forward(
        by=by or world.asha,
        cluster=cluster or world.rowan,
        title=title,
        why=words.pop("why", "Fewer people are lost."),
        nonce=words.pop("nonce", None) or uuid4(),
        at=AT,
        **words,
    )


def an_asked_topic(world, **words):
    """A topic that Heather asked Rowan to think about."""
    asked = services.ask_for_topic(
        by=world.heather,
        hscp=world.strath,
        clusters=[world.rowan],
        title=words.pop("title", "Falls at home"),
        why="Admissions after falls rose.",
        nonce=words.pop("nonce", None) or uuid4(),
        at=AT,
        **words,
    )
    return asked[0]


def a_score(world, candidate, version=0, note="", **points):
    return services.score_candidate(
        by=world.callum, candidate=candidate, at=AT, points=points, version=version, note=note
    )
