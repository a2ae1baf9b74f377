"""Pages about who is who, one module a subject."""
