"""What lies across boundaries: one issue that waits for a decision, one that was decided."""

from clusters.services.boundaries import decide_boundary_issue, note_boundary_issue
from portal.demo.stage import Stage

NOTED_DAYS_AGO, DECIDED_DAYS_AGO, WAITS_DAYS = 150, 95, 21


def note_boundaries(stage: Stage) -> None:
    """Told where the stage has the places for it."""
    by = stage.people["isla"]
    decided = stage.practices["rowan"][2]
    issue = note_boundary_issue(
        practice=decided,
        straddles=stage.say("About a third of its patients live in {west}, and their community nurses work there."),
        proposal=stage.say("Let it join a cluster of {west}, or agree which nurses serve whom."),
        by=by,
        at=stage.at(stage.ago(NOTED_DAYS_AGO)),
    )
    decide_boundary_issue(
        issue=issue,
        decision=stage.say("It stays in {rowan}. Community nursing serves its patients wherever they live."),
        decided_on=stage.ago(DECIDED_DAYS_AGO),
        deciders="Primary Care Programme Board",
        by=stage.people["heather"],
        at=stage.at(stage.ago(DECIDED_DAYS_AGO)),
    )
    crossing = stage.practices.get("blackthorn") or stage.practices["rowan"]
    note_boundary_issue(
        practice=next((p for p in crossing if p.hscp_id == stage.lead.pk), decided),
        straddles="The cluster lies on both sides of the river: mental health referrals go to two teams, two forms.",
        proposal="One form and one waiting list for the whole cluster, whichever HSCP a practice belongs to.",
        by=by,
        at=stage.at(stage.ago(WAITS_DAYS)),
    )
