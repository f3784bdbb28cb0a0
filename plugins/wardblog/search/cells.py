"""The cells of the index: 256 ranges of the alphabet, about equally full for English texts.

A file has the words of one cell or of several neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

# Where each cell begins. They are fixed, since every file of the index would change with them.
FIRSTS = (
    "0", "10", "15", "20", "202", "21", "4", "6", "a", "abr", "acr", "add", "ade", "ag", "ak",
    "all", "am", "ano", "api", "apr", "ari", "ase", "ass", "au", "av", "bad", "bat", "beg", "ben",
    "bev", "bit", "boo", "bq", "bru", "bug", "c", "cam", "cas", "cca", "ch", "cha", "che", "chm",
    "ck", "cli", "co", "coe", "col", "com", "con", "cop", "cor", "cos", "cou", "cov", "cpp", "cr",
    "crl", "cw", "dao", "dau", "dec", "def", "dem", "deq", "det", "df", "dij", "dis", "dit", "do",
    "dol", "dre", "e", "edl", "elm", "en", "ene", "env", "es", "ev", "evg", "exc", "exo", "ext",
    "fal", "fel", "fil", "fim", "fit", "fj", "fol", "for", "fou", "fre", "fu", "g", "geo", "gi",
    "glo", "gou", "gro", "h", "har", "heb", "hi", "hom", "hp", "ic", "imp", "in", "inc", "ind",
    "inf", "ins", "int", "inv", "is", "ite", "jan", "jo", "js", "kas", "ker", "ko", "lap", "law",
    "leg", "li", "lic", "lid", "lin", "lio", "liu", "log", "lop", "m", "maj", "mal", "mar", "mat",
    "mck", "mei", "mes", "mi", "min", "mj", "moe", "mov", "mut", "nan", "neg", "neu", "ni", "nod",
    "not", "nou", "nv", "oc", "om", "op", "ops", "ori", "oto", "ov", "p", "pai", "par", "pas",
    "pau", "per", "pes", "pig", "pl", "poi", "pos", "pq", "prg", "pro", "prs", "ps", "pu", "pur",
    "qu", "r", "rea", "reb", "red", "ref", "reg", "rem", "rep", "req", "res", "ret", "rew", "rif",
    "roc", "rt", "rus", "sam", "sc", "sd", "see", "sen", "seq", "set", "sg", "sho", "sig", "sin",
    "sit", "sm", "sof", "sou", "spe", "sq", "sta", "std", "sti", "str", "sts", "suc", "sup", "t",
    "tar", "ter", "tew", "thh", "ti", "tin", "tit", "tom", "tr", "tri", "tsf", "u", "une", "unm",
    "upa", "uq", "use", "usi", "val", "vb", "vh", "w", "war", "wb", "wer", "whl", "wip", "wo",
    "wq", "wrk", "yf",
)  # fmt: skip
# By so many of its first letters a word is put in a cell.
_LETTERS = 3


def cell_key(word: str) -> str:
    """The beginning of a folded word, by which its cell is found.

    An "i" takes the place of each later "y", so that "try" is in the cell of "tries".
    """
    return word[:1] + word[1:_LETTERS].replace("y", "i")


class Cells:
    """Finds the cells of words, and remembers them."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, word: str) -> int:
        """The number of the cell of a word; what comes before all cells is in the first."""
        begin = word[:_LETTERS]
        found = self._known.get(begin)
        if found is None:
            found = max(bisect_right(FIRSTS, cell_key(begin)) - 1, 0)
            self._known[begin] = found
        return found


def shard_path(start: int) -> str:
    """The file of the shard that begins with a cell. Windows has no files such as `con.json`."""
    return f"search/words/{FIRSTS[start]}-.json"


def ranges(starts: tuple[int, ...], end: int) -> list[range]:
    """The cells of each shard: from its own start to that of the next."""
    return [range(first, last) for first, last in pairwise((*starts, end))]
