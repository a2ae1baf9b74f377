"""The analysis of a significant event that a cluster wrote after it had talked about it."""

from meetings.models import Item
from meetings.services.events import write_event
from portal.demo.stage import Stage

ANALYSIS = {
    "what_happened": "A blood result was filed, and nobody had seen it for nine days. No harm came of it.",
    "why": "Whoever had asked for it was on leave. Two people each thought that the other covered the results.",
    "learning": "A result on leave belongs to somebody by name, not to whoever is in.",
    "change_agreed": "Every practice writes down who covers results on leave, and checks it twice a year.",
}


def analyse_events(stage: Stage) -> None:
    """The latest significant event of the cluster whose lead the demo signs in first."""
    if "rowan" not in stage.clusters:
        return
    events = Item.objects.filter(
        kind=Item.Kind.SIGNIFICANT_EVENT, meeting__forum=stage.clusters["rowan"].forum_id
    ).order_by("-meeting__held_on", "pk")
    item = events.select_related("meeting__logged_by").first()
    if item and item.meeting.logged_by:
        held_on = item.meeting.held_on
        write_event(by=item.meeting.logged_by, item=item, at=stage.at(held_on, 17, 5), version=0, **ANALYSIS)
