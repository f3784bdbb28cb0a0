"""Converts Markdown to clean HTML, and accepts common mistakes in it."""
