"""The forms for `ward.toml`, `issues.toml` and `community.toml`."""
