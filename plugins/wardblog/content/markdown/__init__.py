"""Markdown as people write it, to clean HTML."""
