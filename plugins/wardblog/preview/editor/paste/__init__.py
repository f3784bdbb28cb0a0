"""Turns what is pasted from other programs into Markdown that a person would have written.

`reader.py` reads any HTML into few simple elements, by the tables in `elements.py`, with what
`look.py` knows of styles and `links.py` of links. `lists.py`, `lines.py`, `wrapped.py` and
`tables.py` bring these into order, and `plain.py` makes the same of plain text. The room for old
blogs writes them as Markdown, and `result.py` puts all of it together. `people.py` finds who is
named, and `action.py` answers the page.
"""
