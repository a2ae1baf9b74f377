"""Pieces of paths that every app may use."""

from django.urls import register_converter


class FileForm:
    """How a file is made: as PDF or as Word."""

    regex = "pdf|docx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileForm, "form")
