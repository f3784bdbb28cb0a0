"""The form of a post or page, made from the table of header lines."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from wardblog.content.header.parts import PUBLIC, PartKind, ValuePart
from wardblog.content.keys import TABLE, FileKind, HeaderKey, ShownAs
from wardblog.preview.editor.desk import Desk

# Where the form asks for what most posts have, in its order: above the text, below it, or beside
# the button that saves. All other lines are under "More lines".
PLACES = {
    "Title": "first",
    "Tags": "first",
    "Date": "about",
    "Summary": "about",
    "Image": "about",
    "Places": "about",
    "Deadline": "about",
    "Status": "bar",
}
# What the form calls a line if its name would say too little.
LABELS = {
    "Tags": "Issues",
    "Image": "Picture",
    "Places": "Place",
    "Updated": "What happened since",
    "Progress": "How far it has got",
    "Modified": "Changed on",
    "Precision": "How exactly the place is shown",
    "Reference": "The council's number",
    "Outcome": "What was done after the question closed",
    "Reply": "What a resident wrote",
    "Answer": "Answer to choose from",
    "Author": "Who wrote it",
    "Card": "Picture for sharing",
    "Closes": "Question closes",
    "Decides": "Who decides",
    "Form": "Form elsewhere",
    "Position": "Your position",
    "Lang": "Language",
    "Status": "Who can see it",
    "Guid": "Its id in the feeds of the old blog",
    "Aliases": "Earlier web address",
    "Slug": "Web address of this post",
    "Allow": "Answer to a check that is wrong",
}
# The headings under "More lines", and the lines below each.
GROUPS = {
    "What happened since": ("Updated", "Progress", "Modified", "Reference"),
    "An event": ("Event",),
    "A question to residents": (
        "Question", "Answer", "Closes", "Decides", "Form", "Outcome", "Reply", "Position",
    ),
    "How it is shown": ("Author", "Lang", "Precision", "Card", "Slug"),
    "From an old blog": ("Aliases", "Guid"),
    "Checks": ("Allow",),
}  # fmt: skip
_GROUP_OF = {name: heading for heading, names in GROUPS.items() for name in names}
# What the form says in place of the help of lines whose parts it asks for one by one.
HELP = {
    "Image": "The picture of the post: above its text, in lists, and when it is shared. Without "
    "it, lists show the first picture of the text.",
    "Places": "Where it is. The post is then on the maps, and on the pages of its streets.",
    "Event": "When it is, what it is, and where. It is on the home page and in the calendar.",
    "Allow": "Where a check is wrong in this case. Its message has a button that writes this line.",
    "Slug": "The last part of the address, in small letters with hyphens. Without it, it is made "
    "from the title.",
    "Answer": "One of the answers to choose from: there are two to six.",
}
# What a form says for a choice that was not made.
_NOT_CHOSEN = {"Status": PUBLIC, "Precision": "The exact spot", "Card": "The usual card"}
_NOTHING = "Not said"

# The states of a post, in the words of all pages.
STATES = {
    "draft": "Draft",
    "scheduled": "Waits for its day",
    "published": PUBLIC,
    "live": "Live",
    "changed": "Live, changed since",
    "leaving": "Live, taken off after you publish",
    "hidden": "Hidden",
    "broken": "Needs fixing",
}


def issues_of(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The names of the issues, and what they are about, also while the site cannot be read."""
    if site := desk.live.shown_site():
        return tuple((issue.name, issue.about) for issue in site.issues)
    try:
        table = tomllib.loads((desk.content / "issues.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    rows = table.get("issue")
    named = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple((str(row.get("name", "")), str(row.get("about", ""))) for row in named)


def form(kind: FileKind, issues: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What `static/post/fields.js` needs to ask for the header lines of a file of this kind.

    `issues` are pairs of a name and what it is about. The keys are `fields`, one for each line of
    the table in the order of the form, and `issues`.
    """
    order = {name: place for place, name in enumerate((*PLACES, *_GROUP_OF))}
    keys = sorted(TABLE, key=lambda key: order.get(key.name, len(order)))
    named = [{"name": name, "about": about} for name, about in issues if name]
    return {"fields": [_field(key, kind) for key in keys], "issues": named}


def _field(key: HeaderKey, kind: FileKind) -> dict[str, Any]:
    label = LABELS.get(key.name, key.name)
    parts = key.parts or (ValuePart(name=label),)
    is_long = key.shown is ShownAs.SENTENCES and key.name != "Title"
    return {
        "name": key.name,
        "label": label,
        "help": HELP.get(key.name, key.help),
        "examples": key.examples,
        "repeats": key.repeats,
        "place": PLACES.get(key.name, "more"),
        "group": _GROUP_OF.get(key.name, "More"),
        "fits": kind in key.kinds,
        "required": kind in key.required,
        "parts": [_part(part, key, is_long and part is parts[-1]) for part in parts],
    }


def _part(part: ValuePart, key: HeaderKey, is_long: bool) -> dict[str, Any]:
    choices = part.choices
    none = _NOT_CHOSEN.get(key.name, _NOTHING)
    # What applies without the line is not offered a second time.
    choices = tuple(choice for choice in choices if choice[1] != none)
    return {
        "name": part.name,
        "kind": part.kind.value,
        "help": part.help,
        "choices": choices,
        "none": none,
        "optional": part.optional,
        "isLong": is_long and part.kind is PartKind.WORDS,
    }
