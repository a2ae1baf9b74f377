"""Answers about practices: known codes, where a practice came from and went, and what it is like."""

from practices.selectors.codes import known_codes
from practices.selectors.lineage import Lineage, lineage_of
from practices.selectors.records import PracticeRecord, record_of, vacancy_of

__all__ = ["Lineage", "PracticeRecord", "known_codes", "lineage_of", "record_of", "vacancy_of"]
