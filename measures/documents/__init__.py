"""What somebody takes away of a measure."""

from measures.documents.chart import chart_document, notes_under

__all__ = ["chart_document", "notes_under"]
