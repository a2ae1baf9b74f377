"""Pictures of pages that gather."""
