"""TOML tables read key by key, each mistake with its line and remedy."""
