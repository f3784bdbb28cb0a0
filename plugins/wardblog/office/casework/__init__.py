"""The councillor's casework: private/casework.csv, what is due, and whom to forget."""
