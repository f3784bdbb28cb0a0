"""Reads exports and folders of other blogs into the values of `model.py`."""
