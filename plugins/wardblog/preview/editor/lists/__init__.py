"""Adding and updating the council's lists: what is in a file is shown before anything is saved."""
