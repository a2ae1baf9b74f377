"""Keeps drafts and blacks out words."""

from office.services.drafts import SALT, drop_draft, keep_draft, keep_token, read_keep_token
from office.services.redaction import redact_words

__all__ = ["SALT", "drop_draft", "keep_draft", "keep_token", "read_keep_token", "redact_words"]
