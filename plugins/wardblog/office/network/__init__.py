"""The only modules of the private side that use the network."""
