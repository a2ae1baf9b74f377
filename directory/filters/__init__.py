"""Narrowing of the directory; what is chosen stays in the address."""
