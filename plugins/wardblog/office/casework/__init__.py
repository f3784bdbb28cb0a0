"""Casework, from a file on the councillor's own computer: what is due, and what was promised."""
