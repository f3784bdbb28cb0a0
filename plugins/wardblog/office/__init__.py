"""The private side: what the councillor makes from the posts, and keeps in `private/`."""
