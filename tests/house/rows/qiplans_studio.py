"""Who opens the priority studio: members alone; what an HSCP asked for, its lead."""

from uuid import uuid4

from qiplans.rules import plan_year_of
from qiplans.services.studio import set_aside
from tests.house.matrix import Row
from tests.qiplans.conftest import a_meeting, a_plan
from tests.qiplans.studios import AT, a_candidate, an_asked_topic
from tests.qiplans.test_choices import a_disagreement
from tests.qiplans.test_votes import a_round

WRITERS = "callum morag"
MEMBERS = "asha pam tom"
INSIDE = f"{WRITERS} {MEMBERS}"
ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"
# Who reaches the HSCP at all, its lead aside.
AROUND = f"{INSIDE} lewis rhona bruce duncan {REGISTRY}"
NONE_ABOVE = f"{ABOVE} {REGISTRY}"


def one(w):
    return [a_candidate(w).pk]


def asked(w):
    return [an_asked_topic(w).pk]


def aside(w):
    return [set_aside(by=w.callum, candidate=a_candidate(w), reason="Too much at once", at=AT).pk]


def vote(w):
    return [(w.rowan.rounds.filter(closed_at=None).first() or a_round(w)).pk]  # one is open at a time


def words(w):
    return {"title": "Frailty", "why": "Fewer falls.", "source": "MEMBER", "nonce": str(uuid4())}


ROWS = [
    Row("qiplans:studio", lambda w: ["rowan"], get={200: INSIDE, 403: NONE_ABOVE}),
    Row("qiplans:suggested_list", lambda w: ["rowan"], get={200: INSIDE, 403: NONE_ABOVE}),
    Row(
        "qiplans:candidate_add",
        lambda w: ["rowan"],
        get={200: INSIDE, 403: NONE_ABOVE},
        post={302: INSIDE, 403: NONE_ABOVE},
        data=words,
    ),
    Row("qiplans:candidate", one, get={200: INSIDE}),
    Row(
        "qiplans:candidate_change",
        one,
        get={200: f"{WRITERS} asha", 403: "pam tom"},
        post={302: f"{WRITERS} asha", 403: "pam tom"},
        data=lambda w: {**words(w), "version": 1},
    ),
    Row(
        "qiplans:candidate_score",
        one,
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"need": "2", "data": "3", "note": "All see it."},
    ),
    Row(
        "qiplans:candidate_aside",
        one,
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"reason": "Too much at once"},
    ),
    Row("qiplans:candidate_back", aside, post={302: WRITERS, 403: MEMBERS}),
    Row(
        "qiplans:candidate_answer",
        asked,
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"answer": "We talk about it in December.", "version": 1},
    ),
    Row(
        "qiplans:candidate_choose",
        one,
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {
            "meeting": a_meeting(w).pk,
            "year": plan_year_of(w.today),
            "reason": "Most dots",
            "purpose": "Fewer are lost.",
            "orientation": "INTR",
            "how_decided": "",
        },
    ),
    Row(
        "qiplans:disagreement_add",
        lambda w: [a_plan(w).plan.pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"about": "Texts", "positions": "Yes\nNo", "decider": "CLUSTER", "nonce": str(uuid4())},
    ),
    Row(
        "qiplans:disagreement_settle",
        lambda w: [a_disagreement(w, a_plan(w).plan).pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"outcome": "Both", "version": 1},
    ),
    Row(
        "qiplans:round_open",
        lambda w: ["rowan"],
        get={200: WRITERS, 403: f"{MEMBERS} {NONE_ABOVE}"},
        post={302: WRITERS, 403: f"{MEMBERS} {NONE_ABOVE}"},
        data=lambda w: {
            "title": "Which?",
            "topics": [a_candidate(w).pk, a_candidate(w, title="Falls").pk],
            "dots": 2,
            "how": "open",
            "nonce": str(uuid4()),
        },
    ),
    Row("qiplans:round", vote, get={200: INSIDE}),
    Row("qiplans:round_tally", vote, get={302: INSIDE}),
    Row(
        "qiplans:round_vote",
        vote,
        post={302: INSIDE},
        data=lambda w: {f"option_{w.rowan.rounds.first().options.first().pk}": 1},
    ),
    Row(
        "qiplans:round_close",
        vote,
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
    ),
    Row("qiplans:alike", get={200: f"{INSIDE} {ABOVE} nell"}),
    Row("qiplans:asked_topics", lambda w: [w.strath.code], get={200: "heather", 403: AROUND}),
    Row(
        "qiplans:asked_topic_add",
        lambda w: [w.strath.code],
        get={200: "heather", 403: AROUND},
        post={302: "heather", 403: AROUND},
        data=lambda w: {"title": "Falls", "why": "They rose.", "clusters": ["rowan"], "nonce": str(uuid4())},
    ),
]
