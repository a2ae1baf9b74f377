"""What changes the directory: support areas and their links, terms, and declared interests."""
