"""`make bench`: what must be fast, timed beside its peer in the same run."""
