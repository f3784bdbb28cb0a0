"""Imports another blog: what was written there becomes Markdown in the content folder."""
