"""`make community`: whether the sites of community.toml are still what they were."""
