"""Pure Python of the registry: what a practice list would change, worked out without touching a row."""
