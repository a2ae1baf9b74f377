"""Setting one document in a process of its own."""
