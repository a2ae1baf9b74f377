"""Reads what people type. Plain Python: no rows, no framework."""

from meetings.parsing.dates import Found, find_date
from meetings.parsing.sentence import Candidate, Proposal, person_names, practice_names, propose

__all__ = ["Candidate", "Found", "Proposal", "find_date", "person_names", "practice_names", "propose"]
