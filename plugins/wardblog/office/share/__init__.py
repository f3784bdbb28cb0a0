"""The text about a post for each channel, ready to copy."""
