"""Doors and answers about who is who. Nothing here writes."""
