"""What commands say about other commands, in the words of the editor's pages."""

from __future__ import annotations

import re

from wardblog.support.late_regex import late_regex

_DIGEST = (
    ". To read it in the browser, run make serve and open /_preview/listen/ there.\n"
    "To write a post about an item, name its number: make new FROM=listen:7"
)
_CASE = (
    "To add the first one, run:\n"
    '  make case ISSUE="Grit bins" STREET="Eland Road" NOTE="empty since Friday"'
)
_COLUMN = (
    "Choose another column for the names in {content}/issues.toml, such as "
    'name_column = "Location".'
)
# Sentences of commands, and what the page says in their place.
IN_EDITOR: tuple[tuple[str, str], ...] = (
    ('Run "make serve" to see the result before you publish it.',
     "Look at the site before you publish it."),
    ('Run "make serve" to see the map, and "make ward" again next year.',
     "Look at the map on the site, and come back here next year."),
    ("Run make publish to show it to residents.", "Publish the site to show it to residents."),
    ('To publish the newer site again, run "make publish".',
     "To have the newer site again, publish it."),
    ("Write your introduction there, and run the command again.",
     "Write your introduction with the button above, and make it again."),
    (", and run the same command again.", ", and make it again."),
    ("then run: make newsletter SEND=1", "then press “Show who gets it”."),
    ("To send it from here, add [newsletter] to ward.toml; docs/reach.md explains it.",
     "To send it from here, fill in the settings of the newsletter."),
    ('Run "make subscribers" to see who asked for it.',
     "The page Subscribers shows who asked for it."),
    ("Run the same command again in an hour or two to try them once more.",
     "Send it again in an hour or two to try them once more."),
    (_DIGEST, ". To read it, press the button above. To write a post about an item, see below."),
    ("make serve shows the same with charts.", "The button above shows the same with charts."),
    ('make stats LOG="access.log*"', "count newer log files here."),
    (_CASE, "Add the first one here."),
    ("To see which, run: make cases", "“What needs you this week” under Cases says which."),
    ("For a longer time, say from when: make report SINCE=2026-11-01",
     "For a longer time, choose an earlier day."),
    ('Then remove the line "Status: draft" and publish the site.',
     "Then make it public, and publish the site."),
    ("Read some of them with make serve, then run this command again with PUBLISH=1.",
     "Read some of them, then import the blog once more and tick “Publish what was public”."),
    ('Run "make check", then "make publish".', "Look at the site, then publish it."),
    ("that your mail program exported: make answers FROM=answers.mbox",
     "that your mail program exported, below."),
    ("publish the site again: make publish", "publish the site again."),
    ("make subscribers FORGET=their@address", "the page Subscribers"),
    ("make check lists them all.", "the page Publish lists them all."),
    ("Change them there, and run this again.",
     "Change them with “Change its words”, and make it again."),
    ("Open it in your editor to write the post.", "Open it below to write the post."),
    ('Remove the line "Status: draft" from it, and publish the site first.',
     "Choose “Everybody, after you publish” in the post, and publish the site first."),
    ('To share it, remove the line "Status: hidden" from it.',
     "To share it, choose “Everybody, after you publish” in the post."),
    ('Write the site\'s public address under [site] in ward.toml: url = "https://..."',
     "Write the public address of the site under Settings, “Site and ward”."),
    (_COLUMN, "Choose another one under “Column with the names”."),
    ("add the file in {content}/ward.toml, under [guard]: allow = ",
     "write this under Settings, “Checks and elections”, in “What is public”: "),
    ('Call one column "Name", or say which it is in issues.toml: name_column = "...".',
     "Choose one under “Column with the names”, or call one of them “Name” in the file."),
    ('or write show = "all" in {content}/issues.toml.',
     "or choose “all places” under “What is shown”."),
)  # fmt: skip
# What a page calls what a command does; any other command is left as it is.
PAGES = {
    "answers": "Questions", "case": "Cases", "cases": "Cases", "check": "Publish",
    "community": "Community", "digest": "Digest", "fetch": "Fetch", "import": "An old blog",
    "leaflet": "Leaflet", "listen": "Digest", "new": "Posts", "newsletter": "Newsletter",
    "publish": "Publish", "reply": "Replies", "report": "Report-back", "rollback": "Publish",
    "share": "Share", "start": "Settings", "stats": "Figures", "subscribers": "Subscribers",
    "ward": "The ward", "why": "Why does this page look like this?",
}  # fmt: skip
# What the forms call the settings files, and one that a command names with its folder.
_FILES = {
    "ward.toml": "the settings",
    "issues.toml": "the settings of issues and lists",
    "community.toml": "the settings “Local sites”",
}
_VALUES = r"""(?: [A-Z_]+=(?:"[^"\n]*"|[^\s",.;]*[^\s",.;:)]))*"""
_COMMAND = re.compile(
    rf"""(?P<run>\b[Rr]un:? )?"?\bmake (?P<name>{"|".join(PAGES)})\b{_VALUES}"?"""
)
_SERVE = re.compile(r"""(?P<run>\b[Rr]un:? )"?make serve"?""")
_FILE = re.compile(r"(?<![\w./-])(?:[\w.~-]*/)*(ward|issues|community)\.toml\b(?!:\d)")
_AGAIN = re.compile(r"\b([Rr])un (?:the|this)(?: same)? command again\b")


def in_editor(text: str) -> str:
    """A message of a command as a page says it: other commands and files become pages."""
    for said, words in IN_EDITOR:
        text = text.replace(said, words)
    text = _COMMAND.sub(_page, text)
    text = _SERVE.sub(_look, text)
    text = _AGAIN.sub(lambda found: "Try again" if found[1] == "R" else "try again", text)
    return _FILE.sub(lambda found: _FILES[f"{found[1]}.toml"], text)


def _page(found: re.Match[str]) -> str:
    before, said = found.string[: found.start()], found[0]
    # "make new friends" is not a command.
    if not (found["run"] or '"' in said or "=" in said or before.endswith((": ", ", "))):
        return said
    name = f"the page “{PAGES[found['name']]}”"
    return f"{_as(found['run'], 'use')} {name}" if found["run"] else name


def _look(found: re.Match[str]) -> str:
    return f"{_as(found['run'], 'look')} at the site" if found["run"] else "the preview"


def _as(like: str, word: str) -> str:
    """The word with a capital if `like` has one."""
    return word.capitalize() if like[0].isupper() else word


# What the button beside a message says; it asks for the reason.
RIGHT = "This is right as it is"
# What a check says of a line that answers it, such as: write at the top: "Allow: personal-data
# because she asked me to give it".
_ALLOW = late_regex(
    r'write at the top(?: of the post)?: "?Allow: [a-z-]+ because [^"]*?(?:\(your reason\))?"?\.?'
    r"(?= If it is public|$)"
)
_SUCH_AS = late_regex(r",? such as: Allow: [a-z-]+ because [^.]*\.?$")
# What a check says of a setting, after the words that end here.
_SETTING = late_regex(
    r'add (it|the file) in \S*ward\.toml, under \[guard\]: allow = \["(?:[^"\\]|\\.)*"\]\.?'
)
# What a check says of a file that is not there, up to the folder with the content.
_PATH = late_regex(r"Check the name\. A path begins at this file's folder, or with a slash .*\.$")
_CHOOSE_AGAIN = "Remove it, or choose it again with “Link” or “Picture” above the text."
# The page of settings that has what is public, and its name.
PUBLIC = ("settings/checks", "Settings, “What is public”")


def hint_in_editor(hint: str, is_open: bool = True) -> tuple[str, bool]:
    """What a check advises, as the editor says it, and whether it speaks of `PUBLIC`.

    `is_open` is whether the page of the post says it, on which the button is.
    """
    press = (
        f"press “{RIGHT}” and say why."
        if is_open
        else f"open the post, press “{RIGHT}”, and say why."
    )
    words = _ALLOW.sub(press, _PATH.sub(_CHOOSE_AGAIN, hint))
    words = _SUCH_AS.sub(".", words)
    said, count = _SETTING.subn(lambda found: f"add {found[1]} here:", words)
    return re.sub(r" {2,}", " ", said).strip(), bool(count)
