"""The only importer of Pelican: its plugin, reader, writer and generator."""
