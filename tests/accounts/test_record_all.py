"""Many events at once: written as `record` writes one, on each database (PostgreSQL takes them by COPY)."""

from accounts import audit
from accounts.models import AuditEvent

AWKWARD = ['Alder, "The" Practice', "\\N", "Two\nlines\tand a tab", "Ceàrn’s – £5", "\\. back\\slash"]


def written():
    return list(
        AuditEvent.objects.order_by("pk").values("by", "actor", "verb", "subject_type", "subject_id", "subject")
    )


def test_many_events_are_kept_as_one_would_be(world):
    start = AuditEvent.objects.count()
    events = []
    for label in AWKWARD:
        world.alder.name = label
        detail = {"from": None, "to": label, "practices": 3, "is_new": True}
        events.append(audit.prepared("looked at", world.alder, by=world.priya, detail=detail))
        events.append(audit.prepared("looked at", world.alder, by=None, detail=detail))
        audit.record("looked at", world.alder, by=world.priya, detail=detail)
        audit.record("looked at", world.alder, by=None, detail=detail)
    audit.record_all(events)
    one_by_one, at_once = written()[start:][: len(events)], written()[start + len(events) :]
    assert at_once == one_by_one
    kept = AuditEvent.objects.order_by("pk")[start:]
    assert [event.changes for event in kept][len(events) :] == [event.changes for event in events]
    assert [event.at for event in kept][len(events) :] == [event.at for event in events]


def test_an_event_without_a_thing_and_no_event_at_all(db):
    audit.record_all([])
    assert not AuditEvent.objects.exists()
    audit.record_all([AuditEvent(actor=audit.COMMAND_LINE, verb="tidied", subject_type="jobs", subject="")])
    kept = AuditEvent.objects.get()
    assert (kept.by_id, kept.subject_id, kept.subject, kept.changes) == (None, None, "", {})
