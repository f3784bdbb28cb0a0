"""The table of old and new names, in which the councillor says what becomes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from wardblog.model import GENERAL
from wardblog.problems import nearest
from wardblog.scaffold.old_blog.model import OldBlog, OldTerm
from wardblog.scaffold.old_blog.private_table import read_table, table_bytes
from wardblog.support.late_dataclass import dataclass
from wardblog.text.decoding import clean_name
from wardblog.text.slugs import LONGEST, singular_or_plural_of, slugify

NAMES_FILE = "names.csv"
COLUMNS = ("kind", "old name", "posts", "new")
KEYS = ("kind", "old name")
# What the software proposed: a proposal that the councillor deleted is not made again.
_PROPOSED = "proposed"
# What a councillor writes to leave a name out.
LEAVE_OUT = "-"
_KINDS = ("category", "tag", "author")
# What WordPress calls the category of posts that have none, and Blogger and Jekyll theirs.
_NOTHING = frozenset(("uncategorized", "uncategorised", "blog", "posts", "default"))
# What programs call the person who set them up.
_PROGRAMS = frozenset(("admin", "administrator", "unknown", "blogger", "wordpress", "root"))
# Words that two names may share without being about the same.
_SMALL = frozenset(
    ("a", "an", "and", "at", "for", "in", "is", "it", "my", "of", "on", "or", "our", "the", "to",
     "ward", "council", "local", "news")
)  # fmt: skip
# A category with so many posts, and this part of all of them, could be an issue.
_MANY, _PART = 10, 0.02
_TITLES = ("cllr ", "councillor ", "cr ")


@dataclass(frozen=True, slots=True, kw_only=True)
class OldName:
    """A row: `new` is "" for an ordinary tag, "-" to leave it out, or other names with commas."""

    kind: str
    old: str
    posts: int
    new: str
    proposed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTable:
    """What becomes of each category, tag and author, and the rows that name none of them.

    `unknown` are those rows with their lines and cells; they stay in the table, since they may be
    those of another export.
    """

    rows: tuple[OldName, ...]
    issues: tuple[str, ...]
    councillors: tuple[str, ...] = ()
    unknown: tuple[tuple[int, tuple[str, ...]], ...] = ()
    is_new: bool = True

    def tags(self, terms: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """The new tags for terms, each a kind and an old name: issues first, each once.

        Without any, the tag is "general", as it is if there is no issue among them.
        """
        known = {(row.kind, row.old): row.new for row in self.rows}
        found: dict[str, str] = {}
        for kind, old in terms:
            new = known.get((kind, clean_name(old)), "") or old
            for name in () if new == LEAVE_OUT else _parts(new, is_old=new == old):
                slug = slugify(name)
                if slug and len(slug) <= LONGEST:
                    found.setdefault(slug, name)
        declared = {slugify(issue): issue for issue in self.issues}
        named = {declared.get(slug, name): slug in declared for slug, name in found.items()}
        issues = [name for name, is_issue in named.items() if is_issue]
        others = [name for name, is_issue in named.items() if not is_issue and name != GENERAL]
        return (*(issues or [GENERAL]), *others)

    def author(self, old: str) -> str:
        """The name under which somebody's posts are published; "" for the first councillor."""
        for row in self.rows:
            if row.kind == "author" and row.old == clean_name(old):
                return "" if row.new == LEAVE_OUT else row.new or row.old
        return clean_name(old)

    def data(self) -> bytes:
        rows = ((row.kind, row.old, str(row.posts), row.new, row.proposed) for row in self.rows)
        return table_bytes((*COLUMNS, _PROPOSED), (*rows, *(cells for _, cells in self.unknown)))

    def doubt_about(self, row: OldName) -> str:
        """What may be a mistake in the new name, in words; "" if there is none."""
        if row.kind == "author":
            known, what = self.councillors, "a councillor in ward.toml"
            names = [row.new]
        else:
            known, what = (*self.issues, GENERAL), "one of your issues"
            names = _parts(row.new, is_old=False)
        if LEAVE_OUT in names:
            return f'"{LEAVE_OUT}" leaves a name out only where it is alone'
        slugs = {slugify(name): name for name in known}
        for name in names:
            if slugify(name) not in slugs and (best := nearest(slugify(name), slugs)):
                return f"not {what}; did you mean {slugs[best]}?"
        return ""

    def possible_issues(self) -> list[OldName]:
        """Large categories that are not an issue yet, largest first."""
        most = max((row.posts for row in self.rows if row.kind == "category"), default=0)
        rows = [
            row
            for row in self.rows
            if row.kind == "category"
            and not row.new
            and row.posts >= _MANY
            and row.posts >= most * _PART
        ]
        return sorted(rows, key=lambda row: (-row.posts, row.old))


def _parts(new: str, is_old: bool) -> list[str]:
    """The names in a cell; an old name is one, whatever characters it has."""
    if is_old:
        return [clean_name(new).replace(";", ",")]
    return [clean_name(part) for part in new.split(";" if ";" in new else ",")]


def name_table(
    blog: OldBlog, issues: Sequence[str], councillors: Sequence[str], path: Path
) -> NameTable:
    """What the councillor wrote, with proposals for every name that the table does not have.

    Raises `UsageError` for a file that is no such table.
    """
    written = read_table(path, COLUMNS, (_PROPOSED,))
    counts = _counts(blog)
    given: dict[tuple[str, str], tuple[str, str]] = {}
    unknown: list[tuple[int, tuple[str, ...]]] = []
    for line, row in written:
        key = (row["kind"].casefold(), clean_name(row["old name"]))
        if key in counts:
            given[key] = clean_name(row["new"]), clean_name(row[_PROPOSED])
        elif any(row.values()):
            unknown.append((line, tuple(row[name] for name in (*COLUMNS, _PROPOSED))))
    proposals = _Proposals(issues, councillors, [old for kind, old in counts if kind == "author"])
    rows: list[OldName] = []
    for (kind, old), count in counts.items():
        proposed = proposals.of(kind, old)
        new, before = given.get((kind, old), ("", ""))
        rows.append(
            OldName(
                kind=kind,
                old=old,
                posts=count,
                new=new or ("" if before == proposed else proposed),
                proposed=proposed,
            )
        )
    rows.sort(key=lambda row: (_KINDS.index(row.kind), -row.posts, row.old))
    return NameTable(
        rows=tuple(rows),
        issues=tuple(issues),
        councillors=tuple(councillors),
        unknown=tuple(unknown),
        is_new=any(given.get((row.kind, row.old)) != (row.new, row.proposed) for row in rows),
    )


def _counts(blog: OldBlog) -> dict[tuple[str, str], int]:
    """How many posts have each name; a category that no post has is not asked about."""
    counts: Counter[tuple[str, str]] = Counter()
    for post in blog.posts:
        counts.update(dict.fromkeys(_names_of(post.terms), 1))
        if name := clean_name(post.author):
            counts["author", name] += 1
    return dict(counts)


def _names_of(terms: Sequence[OldTerm]) -> Iterator[tuple[str, str]]:
    return ((term.kind, name) for term in terms if (name := clean_name(term.name)))


class _Proposals:
    """Proposes a new name for each old one."""

    def __init__(
        self, issues: Sequence[str], councillors: Sequence[str], authors: Sequence[str]
    ) -> None:
        self._issues = {slugify(issue): issue for issue in issues}
        self._councillors = councillors
        self._authors = authors

    def of(self, kind: str, old: str) -> str:
        """The proposal for a name that is not in the table; "" if it can stay as it is."""
        if kind == "author":
            return self._author(old)
        slug = slugify(old)
        if kind == "category" and slug in _NOTHING:
            return LEAVE_OUT
        return self._issue(slug)

    def _issue(self, slug: str) -> str:
        """The issue with the same words, in the singular or plural, or with one typing mistake."""
        if slug in self._issues:
            return self._issues[slug]
        if twin := singular_or_plural_of(slug, self._issues):
            return self._issues[twin]
        shared = [issue for issue in self._issues if _is_part(issue, slug)]
        if len(shared) == 1:
            return self._issues[shared[0]]
        best = nearest(slug, self._issues) if len(slug) > 5 else None
        return self._issues[best] if best else ""

    def _author(self, old: str) -> str:
        """The councillor with this name, or with a part of it that is that of no other."""
        known = {_plain(name): name for name in self._councillors}
        first = self._councillors[0] if self._councillors else ""
        plain = _plain(old)
        if plain in known:
            return known[plain]
        if plain in _PROGRAMS or (len(self._authors) == 1 and first):
            return first
        words = set(slugify(old).replace("_", "-").split("-"))
        same = [name for name in self._councillors if words & set(slugify(name).split("-"))]
        return same[0] if len(same) == 1 else ""


def _plain(name: str) -> str:
    words = " ".join(name.casefold().replace(".", " ").split())
    for title in _TITLES:
        words = words.removeprefix(title)
    return words


def _is_part(issue: str, slug: str) -> bool:
    """Whether all words of an issue are in a term, or all of a term in the issue."""
    one, two = (set(words.split("-")) - _SMALL for words in (issue, slug))
    if not one or not two:
        return False
    return all(_has(word, two) for word in one) or all(_has(word, one) for word in two)


def _has(word: str, others: set[str]) -> bool:
    return word in others or singular_or_plural_of(word, others) is not None
