"""Search without a server: the words of a site's posts as small files that a script looks up."""
