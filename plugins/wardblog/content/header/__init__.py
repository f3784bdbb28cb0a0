"""The header of a post: its lines, and the values in them."""
