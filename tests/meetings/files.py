"""Files read back: the words of a PDF and of a Word document, and whether it is built for those who cannot see it."""

from io import BytesIO
from zipfile import ZipFile

import docx
from pypdf import PdfReader


def pdf_of(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


class Words(str):
    """Text in which spaces don't count: read back, kerned letters stand apart ("T om")."""

    def __contains__(self, part: str) -> bool:
        return tight(part) in tight(self)

    def count(self, part: str) -> int:
        return tight(self).count(tight(part))


def tight(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def words_of(content: bytes) -> Words:
    """What a file says, whichever it is."""
    if content.startswith(b"%PDF"):
        return Words("\n".join(page.extract_text() for page in pdf_of(content).pages))
    with ZipFile(BytesIO(content)) as parts:
        return Words(b" ".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml")).decode())


def word_of(content: bytes):
    return docx.Document(BytesIO(content))
