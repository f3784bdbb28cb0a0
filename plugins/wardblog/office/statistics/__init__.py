"""What was read and how many subscribe, counted from the logs of the web server.

`stored.py` has what is kept, and `read_totals`, with which others read it. No address and no
User-Agent is in it.
"""
