"""Reads files about practices. Plain Python; touches no rows."""

from practices.parsing.file_dates import day_in_name
from practices.parsing.practice_file import Codes, PracticeFile, PracticeRow, read_practice_file
from practices.parsing.refusals import Refusal, Refused

__all__ = ["Codes", "PracticeFile", "PracticeRow", "Refusal", "Refused", "day_in_name", "read_practice_file"]
