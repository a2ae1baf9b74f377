"""Builders: each tells one part of the story through the services of the app that it belongs to."""
