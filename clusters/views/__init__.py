"""Pages of the registry, one module a subject."""
