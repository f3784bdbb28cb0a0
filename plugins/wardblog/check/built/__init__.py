"""Check files as residents would get them, whatever template or plugin made them."""
