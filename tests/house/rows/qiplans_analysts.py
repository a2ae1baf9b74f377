"""Who asks the analyst, who answers, and who reads it."""

from datetime import timedelta

from qiplans.services.requests import ask_analyst, take_step
from tests.house.matrix import CAST, Row

ASKERS = "callum morag asha pam tom"
ABOVE = "heather rhona bruce duncan olive priya isla"


def asked(w):
    return ask_analyst(
        by=w.tom, cluster=w.rowan, question="Who is not recalled?", decision="Whom to ring", needed_by=w.today
    )


def new(w):
    return [asked(w).pk]


def queried(w):
    request = asked(w)
    take_step(by=w.lewis, request=request, to_state="QUERIED", words="Since when?")
    return [request.pk]


def delivered(w):
    request = asked(w)
    take_step(by=w.lewis, request=request, to_state="ACCEPT")
    take_step(by=w.lewis, request=request, to_state="DELIVER", words="Sent")
    return [request.pk]


def others():
    return " ".join(name for name in CAST if name != "lewis")


ROWS = [
    Row("qiplans:analysts", lambda w: ["rowan"], get={200: f"{ASKERS} lewis", 403: ABOVE}),
    Row(
        "qiplans:analyst_ask",
        lambda w: ["rowan"],
        get={200: ASKERS, 403: f"{ABOVE} lewis"},
        post={302: ASKERS, 403: f"{ABOVE} lewis"},
        data=lambda w: {"question": "Who?", "decision": "Whom", "needed_by": w.today + timedelta(days=7)},
    ),
    Row("qiplans:analyst_queue", get={200: "lewis", 403: others()}),
    Row(
        "qiplans:analyst_card",
        get={200: "lewis", 403: others()},
        post={302: "lewis", 403: others()},
        data=lambda w: {"can_do": "Prescribing data", "version": 1},
    ),
    Row("qiplans:analyst_request", new, get={200: f"{ASKERS} lewis"}),
    Row(
        "qiplans:analyst_step",
        new,
        post={302: "lewis", 403: ASKERS},
        data=lambda w: {"to_state": "ACCEPT", "words": "In a week"},
    ),
    Row("qiplans:analyst_reply", queried, post={302: ASKERS, 403: "lewis"}, data=lambda w: {"words": "Since May"}),
    Row(
        "qiplans:analyst_useful",
        delivered,
        post={302: ASKERS, 403: "lewis"},
        data=lambda w: {"useful": "YES", "note": "We rang them"},
    ),
]
