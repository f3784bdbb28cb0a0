"""The ward blog: a councillor's folder of Markdown and data, made into a site by Pelican."""

# As in pyproject.toml.
VERSION = "0.2.0"
