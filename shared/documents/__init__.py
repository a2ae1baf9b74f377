"""Documents to take away: put together from a few plain parts, and written as tagged PDF or as Word."""

from shared.documents.answers import file_answer
from shared.documents.letters import NotMade
from shared.documents.model import Block, Bullets, Document, Facts, Heading, Line, Paragraph, Picture, Table
from shared.documents.pdf import as_pdf
from shared.documents.word import as_word

__all__ = [
    "Block",
    "Bullets",
    "Document",
    "Facts",
    "Heading",
    "Line",
    "NotMade",
    "Paragraph",
    "Picture",
    "Table",
    "as_pdf",
    "as_word",
    "file_answer",
]
