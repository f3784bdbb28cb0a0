"""The e-mail newsletter: what is in an issue, and how it looks."""
