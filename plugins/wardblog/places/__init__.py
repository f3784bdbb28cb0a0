"""Coordinates, boundaries and streets: where things are in the United Kingdom."""
