"""Bytes of any kind through all that reads what a councillor may hand us."""
