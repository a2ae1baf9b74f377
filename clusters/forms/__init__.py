"""What the registry asks for, one module a subject."""
