"""What is pasted from word processors, mail programs and web pages, as Markdown that a person
would have written.

`clipboard.py` reads what lies on the clipboard; `reader.py` turns any HTML into few simple elements,
with what `look.py` knows of styles and `links.py` of links; `lists.py`, `lines.py` and `tables.py`
bring these into order; the room for old blogs writes them as Markdown. `people.py` finds who is
named, and `result.py` puts everything together.
"""
