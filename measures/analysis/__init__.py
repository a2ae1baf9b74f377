"""What the figures show: pure Python, no framework, no database."""
