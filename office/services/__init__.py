"""Keeps drafts and blacks out words."""

from office.services.drafts import (
    SALT,
    KeepToken,
    drop_draft,
    keep_beside,
    keep_draft,
    keep_token,
    read_keep_token,
    refuse_blacked_out,
    refuse_unkeepable,
)
from office.services.redaction import redact_words

__all__ = [
    "SALT",
    "KeepToken",
    "drop_draft",
    "keep_beside",
    "keep_draft",
    "keep_token",
    "read_keep_token",
    "redact_words",
    "refuse_blacked_out",
    "refuse_unkeepable",
]
