"""Replies to residents, made from what the site already says."""
