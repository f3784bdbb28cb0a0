"""The one table of header lines: what each is called, how its value is read, and what it is for.

The reader, `make new`, the guess at a misspelt line and the table in docs/guide.md use it.
"""

from __future__ import annotations

from collections.abc import Callable

from wardblog.content.header import fields
from wardblog.content.header.fields import HeaderContext
from wardblog.content.header.key import FileKind, HeaderKey, Parser, ShownAs

__all__ = [
    "KEYS",
    "TABLE",
    "FileKind",
    "HeaderKey",
    "ShownAs",
    "key_called",
    "key_called_elsewhere",
]


def _alone(parse: Callable[[str], object]) -> Parser:
    """A parser of values that depend on no other line."""
    return lambda value, _: parse(value)


def _place(value: str, context: HeaderContext) -> object:
    # late import: see docs/architecture.md
    from wardblog.content.header.place_line import parse_place

    return parse_place(value, context)


def _event(value: str, context: HeaderContext) -> object:
    # late import: see docs/architecture.md
    from wardblog.content.events import parse_event

    return parse_event(value, context.day)


def _hearing(name: str) -> Parser:
    """A parser of `question_lines`, which few posts need."""

    def parse(value: str, _: HeaderContext) -> object:
        # late import: see docs/architecture.md
        from wardblog.content.header import question_lines

        return getattr(question_lines, name)(value)

    return parse


def _old(name: str) -> Parser:
    """A parser of `old_address`: few posts were elsewhere before."""

    def parse(value: str, _: HeaderContext) -> object:
        # late import: see docs/architecture.md
        from wardblog.content.header import old_address

        return getattr(old_address, name)(value)

    return parse


_POST = (FileKind.POST,)

TABLE = (
    HeaderKey(
        name="Title",
        field="title",
        help="The title, as residents read it on the page and in lists.",
        examples=("Two grit bins moved",),
        required=(FileKind.POST, FileKind.PAGE),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Date",
        field="date",
        help="The day on which the post appears, with a time if you like; a post with a later date "
        "waits until then. Of two posts on one day, the later is shown first.",
        examples=("2026-11-20 09:00", "2026-11-20"),
        parse=_alone(fields.parse_moment),
        required=_POST,
        other_names=("publishdate",),
    ),
    HeaderKey(
        name="Tags",
        field="tags",
        help="One or more of your issues, and any other words, separated by commas. "
        'A post that is not about any of your issues has the tag "general".',
        examples=("grit bins, winter",),
        required=_POST,
        other_names=("categories", "category", "keywords", "tag"),
    ),
    HeaderKey(
        name="Slug",
        field="slug",
        help="The last part of the address, in small letters with hyphens; "
        "without this line it is made from the title.",
        examples=("grit-bins-moved",),
        other_names=("permalink",),
        shown=ShownAs.ADDRESS,
    ),
    HeaderKey(
        name="Summary",
        field="summary",
        help="One sentence for lists and feeds; without it, the first words of the text are used.",
        examples=("Two bins are now where people asked for them.",),
        other_names=("description", "excerpt"),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Places",
        field="places",
        help="A street, a place or an entry of a list by its name; or a name, a bar and where it "
        "is: a postcode, a link to a map, latitude and longitude, or an OS grid reference. "
        "Then, if you like, the progress of this place.",
        examples=(
            "Heathwall Street | 51.46671, -0.15602",
            "Acanthus Road | TQ 277 757 | fixed",
            "The depot | https://www.openstreetmap.org/#map=18/51.4652/-0.1609",
            "Eland Road | in progress",
        ),
        parse=_place,
        repeats=True,
        kinds=_POST,
    ),
    HeaderKey(
        name="Precision",
        field="precision",
        help="How closely places are shown, everywhere: exact, street (to about 100 m) "
        "or area (to about 500 m).",
        examples=("street",),
        parse=_alone(fields.parse_precision),
        kinds=_POST,
        protects=True,
        is_everyday=True,
    ),
    HeaderKey(
        name="Progress",
        field="progress",
        help="How far the matter has got: reported, acknowledged, in progress, fixed "
        "or not possible. It applies to each place that has no progress of its own.",
        examples=("reported",),
        parse=_alone(fields.parse_progress),
        kinds=_POST,
    ),
    HeaderKey(
        name="Updated",
        field="updates",
        help="What has happened since: the day, the new progress, and what you want to say. "
        "The latest update sets the progress, and a change of progress is news in the feeds. "
        "An update dated in the future waits until then.",
        examples=("2026-11-25 | fixed | The contractor came this morning",),
        parse=_alone(fields.parse_update),
        repeats=True,
        kinds=_POST,
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Reference",
        field="reference",
        help="The council's number for the report or application.",
        examples=("2026/1234",),
        kinds=_POST,
    ),
    HeaderKey(
        name="Deadline",
        field="deadlines",
        help="What closes, and when. It is on the home page and in the calendar until then, "
        "and the feeds send a reminder a week before.",
        examples=("2026-12-05 | Comments on 2026/1234 close",),
        parse=_alone(fields.parse_deadline),
        repeats=True,
    ),
    HeaderKey(
        name="Event",
        field="events",
        help="When it is, what it is, and where. It is on the home page and in the calendar. "
        'Add "| cancelled" if it is called off, the address of its agenda if it has one, and '
        '"| attended" once you were there.',
        examples=(
            "2026-12-01 18:00 - 19:00 | Ward surgery | Battersea Library",
            "first Saturday of the month 10:00 - 11:30 | Ward surgery | Battersea Library",
            "2026-12-03 19:30 | Planning Committee | Town Hall | https://democracy.example.gov.uk/12",
        ),
        parse=_event,
        repeats=True,
    ),
    HeaderKey(
        name="Question",
        field="question",
        help="A question to residents, with two to six answers, the day on which it closes, and "
        "who decides.",
        examples=("Where should the crossing go?",),
        parse=_hearing("parse_question"),
        kinds=_POST,
        is_sentence=True,
        other_names=("poll", "survey", "consultation"),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Answer",
        field="answers",
        help="One of the answers to choose from: a letter, and the answer.",
        examples=("A | By the school", "B | By the library"),
        parse=_hearing("parse_answer"),
        repeats=True,
        kinds=_POST,
        other_names=("option", "options", "choice", "choices"),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Closes",
        field="closes",
        help="The last day for answers to the question, with a time if you like.",
        examples=("2026-12-20", "2026-12-20 17:00"),
        parse=_hearing("parse_closing"),
        kinds=_POST,
        other_names=("closing", "ends", "end", "until"),
    ),
    HeaderKey(
        name="Decides",
        field="decides",
        help="Who decides, and when.",
        examples=("The council's transport committee, in January",),
        parse=_hearing("parse_decides"),
        kinds=_POST,
        is_sentence=True,
        other_names=("decision", "decision-maker"),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Form",
        field="form",
        help="The address of a form elsewhere in which residents answer the question.",
        examples=("https://forms.example.org/crossing",),
        parse=_hearing("parse_form"),
        kinds=_POST,
        shown=ShownAs.ADDRESS,
    ),
    HeaderKey(
        name="Outcome",
        field="outcomes",
        help="What was done after the question closed: the day, and what happened. It is news in "
        "the feeds and in the newsletter.",
        examples=("2027-01-14 | The crossing will be by the school",),
        parse=_hearing("parse_outcome"),
        repeats=True,
        kinds=_POST,
        other_names=("result", "results"),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Reply",
        field="replies",
        help="What a resident wrote to you about this post, if you may publish it: the day, who "
        "it is, and the words. Give a name only if that person agreed to it.",
        examples=("2026-11-28 | A resident of Eland Road | The words, published with consent.",),
        parse=_hearing("parse_reply"),
        repeats=True,
        kinds=_POST,
        other_names=("replies", "comment", "comments", "quote"),
        shown=ShownAs.SENTENCES,
    ),
    HeaderKey(
        name="Image",
        field="image",
        help="The picture of the post: above its text, in lists, and when it is shared. After a "
        "bar, you can say what it shows, for people who cannot see it. Without this line, lists "
        "show the first picture of the text, and a card for sharing is made from the title, the "
        "map and the imprint.",
        examples=("images/grit-bin.jpg | A yellow grit bin in the snow", "images/grit-bin.jpg"),
        other_names=("cover", "featured_image", "thumbnail"),
        shown=ShownAs.ADDRESS,
    ),
    HeaderKey(
        name="Position",
        field="position",
        help="What you think of a planning application. If you will vote on it, "
        "you must not have made up your mind beforehand.",
        examples=("object",),
        kinds=_POST,
    ),
    HeaderKey(
        name="Modified",
        field="modified",
        help="The day on which you changed something that readers should know about, "
        "or moved an event. The post shows it, unless an update of that day says more.",
        examples=("2026-11-21",),
        parse=_alone(fields.parse_moment),
        other_names=("lastmod", "last_modified_at"),
    ),
    HeaderKey(
        name="Author",
        field="author",
        help="Who wrote it, if that is not the first councillor in ward.toml.",
        examples=("Asha Specimen",),
        other_names=("authors", "by"),
    ),
    HeaderKey(
        name="Lang",
        field="lang",
        help="The code of its language, if that is not English.",
        examples=("cy",),
        parse=_alone(fields.parse_lang),
        other_names=("language", "locale"),
        is_everyday=True,
    ),
    HeaderKey(
        name="Status",
        field="visibility",
        help="A draft is not published yet. A hidden post is published, but appears in no list.",
        examples=("draft", "hidden"),
        parse=_alone(fields.parse_status),
        other_names=("visibility", "post_status", "post-status"),
        shown=ShownAs.NOWHERE,
        protects=True,
        is_everyday=True,
    ),
    HeaderKey(
        name="Guid",
        field="guid",
        help="The id that the feeds of an earlier blog gave to it, so that feed readers do not "
        "show it as new. Never change it.",
        examples=("https://old.example.org/?p=123",),
        parse=_old("parse_guid"),
        shown=ShownAs.ADDRESS,
    ),
    HeaderKey(
        name="Aliases",
        field="aliases",
        help="An address that it had before; the old link redirects to the new one.",
        examples=("/old/address/", "/?p=123"),
        parse=_old("parse_old_address"),
        repeats=True,
        other_names=("redirect_from",),
        shown=ShownAs.ADDRESS,
    ),
    HeaderKey(
        name="Card",
        field="card",
        help="A card with the post's own title and map, for when it is shared.",
        examples=("map",),
        parse=_alone(fields.parse_card),
        kinds=_POST,
        is_everyday=True,
    ),
    HeaderKey(
        name="Allow",
        field="allowances",
        help="Your answer to a check that is wrong in this case: "
        'the name of the check, "because", and the reason.',
        examples=("misspelt-issue because it is the name of a street",),
        parse=_alone(fields.parse_allowance),
        repeats=True,
        shown=ShownAs.NOWHERE,
    ),
)

KEYS = {key.name: key for key in TABLE}
_BY_CASEFOLDED = {key.name.casefold(): key for key in TABLE}
_BY_OTHER_NAME = {other: key for key in TABLE for other in key.other_names}


def key_called(written: str) -> HeaderKey | None:
    """The line of this name, whatever its case."""
    return _BY_CASEFOLDED.get(written.casefold())


def key_called_elsewhere(written: str) -> HeaderKey | None:
    """The line that other programs call so."""
    return _BY_OTHER_NAME.get(written.casefold())
