"""Who may open what in office."""

from clusters.models import Cluster
from office.services import keep_token
from tests.house.matrix import Row


def _callums_form(w):
    return {"keep": keep_token(w.callum, "meeting:new"), "title": "Recall"}


def _callums_draft(w):
    return {"form": keep_token(w.callum, "meeting:new"), "next": "/"}


def _words_that_stand_somewhere(w):
    Cluster.objects.filter(pk=w.rowan.pk).update(mission="Better care for Mrs Smith and others")
    return {"words": "Mrs Smith", "why": "A patient’s name", "confirmed": "yes"}


ROWS = [
    Row("office:draft_keep", post={200: "callum", 403: "everyone"}, data=_callums_form),
    Row("office:draft_drop", post={302: "callum", 403: "everyone"}, data=_callums_draft),
    Row("office:drafts_earlier", get={200: "everyone"}),
    Row(
        "office:redact",
        get={200: "iona"},
        post={200: "iona"},
        data=lambda w: {"words": "Mrs Smith", "why": "A patient’s name"},
    ),
    Row("office:redact", get={200: "iona"}, post={302: "iona"}, data=_words_that_stand_somewhere),
    Row("office:redact_log", get={200: "iona"}),
]
