"""What upper floors may plug in, one module a subject."""
