"""Brings another blog along: what was written there becomes Markdown in the content folder."""
