"""What is logged never holds a patient's number nor what somebody looked for, whoever wrote the line."""

import logging
import re

from shared.fields import without_patient_numbers

_QUERY = re.compile(r"(/[^\s?\"']*)\?(?:\[patient number\]|[^\s\"'])+")


class NoPatientNumbers(logging.Formatter):
    """Takes patient numbers, and the query of every address, out of the finished line, traceback and all."""

    def format(self, record: logging.LogRecord) -> str:
        return _QUERY.sub(r"\1", without_patient_numbers(super().format(record)))
