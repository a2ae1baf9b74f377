"""A document as a download."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shared.documents.letters import writable
from shared.documents.model import Document
from shared.documents.pdf import as_pdf
from shared.documents.word import as_word

WRITERS = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\n', " "))


def file_answer(document: Document, *, name: str, form: str) -> HttpResponse:
    """The document as a file `name` in the `form` "pdf" or "docx" (RFC 6266). Raises NotMade when it cannot be made."""
    write, content_type = WRITERS[form]
    answer = HttpResponse(write(document), content_type=content_type)
    called = " ".join(writable(name).translate(NOT_IN_NAMES).split()).strip(". ")
    answer["Content-Disposition"] = content_disposition_header(True, f"{called}.{form}") or "attachment"
    return answer
