"""Finds kept drafts, letters, reminders, and words wherever they are kept. Nothing here writes."""

from office.selectors.drafts import EARLIER, blacked_out_since, draft_of, earlier_drafts
from office.selectors.letters import (
    counted_by_state,
    letter_for,
    letters,
    letters_by_reason,
    letters_matching,
    refused_addresses,
)
from office.selectors.reminders import (
    DIGEST,
    REMINDERS,
    choice_of,
    database_clock,
    last_reminders,
    last_run_at,
    people_to_remind,
    rhythm_of,
)
from office.selectors.words import (
    WAITING,
    Places,
    Waiting,
    Wanted,
    batches_holding,
    kind_of,
    places_of,
    redactions,
    sessions_waiting,
    where,
)

__all__ = [
    "DIGEST",
    "EARLIER",
    "REMINDERS",
    "WAITING",
    "Places",
    "Waiting",
    "Wanted",
    "batches_holding",
    "blacked_out_since",
    "choice_of",
    "counted_by_state",
    "database_clock",
    "draft_of",
    "earlier_drafts",
    "kind_of",
    "last_reminders",
    "last_run_at",
    "letter_for",
    "letters",
    "letters_by_reason",
    "letters_matching",
    "people_to_remind",
    "places_of",
    "redactions",
    "refused_addresses",
    "rhythm_of",
    "sessions_waiting",
    "where",
]
