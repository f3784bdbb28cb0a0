"""Writes the texts of old posts as Markdown that a person would have written."""
