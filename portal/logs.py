"""What is logged never holds a patient's number, whoever wrote the line."""

import logging

from shared.fields import without_patient_numbers


class NoPatientNumbers(logging.Formatter):
    """Blacks patient numbers out of the finished line, traceback and all."""

    def format(self, record: logging.LogRecord) -> str:
        return without_patient_numbers(super().format(record))
