"""What is logged never holds a patient's number, a search or the key of a letter's link, whoever wrote the line."""

import logging
import re

from shared.fields import without_patient_numbers

_QUERY = re.compile(r"(/[^\s?\"']*)\?(?:\[patient number\]|[^\s\"'])+")

_KEY = re.compile(r"(/(?:invitation|password/reset/key|confirm-email)/)[^\s\"'?/]+")


class NoPatientNumbers(logging.Formatter):
    """Takes patient numbers, queries and keys that open an account out of the finished line, traceback and all."""

    def format(self, record: logging.LogRecord) -> str:
        line = _QUERY.sub(r"\1", without_patient_numbers(super().format(record)))
        return _KEY.sub(r"\1[key]", line)
