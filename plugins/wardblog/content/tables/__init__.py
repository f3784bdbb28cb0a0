"""A council's lists: which rows are places, what each column means, and who must be left out."""
