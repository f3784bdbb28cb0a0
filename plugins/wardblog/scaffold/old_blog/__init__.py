"""Moving in from another blog: what was written there, to Markdown in the content folder."""
