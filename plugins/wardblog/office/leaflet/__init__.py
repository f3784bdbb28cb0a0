"""Leaflets and posters as PDF: one file for the printer, and one for the screen."""
