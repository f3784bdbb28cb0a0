"""Tests of the editor, and a way to run it in a test."""
