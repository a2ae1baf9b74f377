"""Reads files about people and clusters. Plain Python; touches no rows."""
