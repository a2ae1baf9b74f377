"""How people and terms are listed."""
