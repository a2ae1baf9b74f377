"""How often a forum meets, as plain Python."""

from meetings.analysis.rhythm import LAST, Rhythm, slots

__all__ = ["LAST", "Rhythm", "slots"]
