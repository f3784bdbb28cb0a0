"""Reads TOML files table by table, with the line and remedy of each mistake."""
