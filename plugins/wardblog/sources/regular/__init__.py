"""What `make fetch` brings in regularly: one module a kind of source, from bytes to rows."""
