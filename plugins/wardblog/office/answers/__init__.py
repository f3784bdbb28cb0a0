"""Counts the answers to questions, and keeps nothing of them but totals."""
