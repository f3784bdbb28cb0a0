"""How things are said, and how text is taken apart: dates, counts, addresses, encodings, HTML."""
