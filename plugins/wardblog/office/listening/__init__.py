"""One private digest of what is said about the ward, from the feeds of other sites."""
