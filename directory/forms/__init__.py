"""What the directory asks for, one module a subject."""
