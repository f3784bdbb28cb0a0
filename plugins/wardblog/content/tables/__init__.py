"""Reads councils' lists: their rows, the meaning of their columns, and whom they name."""
