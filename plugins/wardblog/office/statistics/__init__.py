"""What was read and how many subscribe, counted from the logs of the web server.

`stored.py` has what is kept; no address and no User-Agent is in it. `figures.py` has what the page
in the preview and the terminal show of it.
"""
