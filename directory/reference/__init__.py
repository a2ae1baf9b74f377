"""Code tables of clusters: support topics and the cards of the roles. No database, no framework."""
