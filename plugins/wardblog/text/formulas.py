"""Cells of tables that a spreadsheet program would run as a formula."""

from __future__ import annotations

import re
import unicodedata

# Those that begin with a mathematical sign or a dash, of any width and after any invisible
# characters (https://owasp.org/www-community/attacks/CSV_Injection). Numbers are not formulas.
_RUNS = frozenset(("Sm", "Pd"))
_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Mn", "Me", "Zl", "Zp", "Zs"))
_MORE_SIGNS = frozenset("@\u2795\u2796\u2797\U0001f7f0")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def is_formula(cell: str) -> bool:
    if cell[:1].isalnum() or _NUMBER.fullmatch(cell):
        return False
    if cell.startswith(("\t", "\r", "\n")):
        return True
    for sign in unicodedata.normalize("NFKC", cell):
        kind = unicodedata.category(sign)
        if kind not in _UNSEEN:
            return kind in _RUNS or sign in _MORE_SIGNS
    return False


def no_formula(cell: str) -> str:
    """The cell with an apostrophe in front, if a spreadsheet program would run it."""
    return f"'{cell}" if is_formula(cell) else cell
