"""The table of the office pages: what each does, what it needs, and the commands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardblog.preview.editor.office_fields import Field, Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A form with a button that runs a command.

    `about` says what it does before it is done, `fixed` are options that it always has, and
    `purpose` is the part of the environment that it needs. `gives` is what the page does with the
    result: "copy" shows a text to copy, "list" loads the page's own list again.
    """

    name: str
    title: str
    button: str
    command: str
    about: str = ""
    fields: tuple[Field, ...] = ()
    fixed: tuple[Option, ...] = ()
    purpose: str = ""
    gives: str = ""
    writes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A page of the office; `extra` names the optional libraries that its commands need.

    `shows` is the part of the template with its own list, and `links` are pages of the preview with
    their words.
    """

    name: str
    title: str
    does: str
    needs: str
    actions: tuple[Action, ...] = ()
    extra: str = ""
    shows: str = ""
    links: tuple[tuple[str, str], ...] = ()


_ISSUE = Field(option="issue", label="Issue", kind="issue")
_STREET = Field(
    option="street", label="Street", kind="street", help="Only its name.", example="Eland Road",
    most=100,
)  # fmt: skip

OFFICES: tuple[Office, ...] = (
    Office(
        name="newsletter",
        title="Newsletter",
        does="Makes an e-mail of what is new, shows it, and sends it to those who asked for it.",
        needs="To send it from here, your e-mail account must be in the settings.",
        extra="reach",
        shows="newsletter",
        actions=(
            Action(
                name="make",
                title="Make the next newsletter",
                button="Make it",
                command="newsletter",
                about="It is put together from your posts and your introduction. Nothing is sent.",
                gives="list",
            ),
        ),
    ),
    Office(
        name="subscribers",
        title="Subscribers",
        does="Keeps the list of those who get the newsletter, on this computer only.",
        needs="To read who asked to join or leave, your mailbox must be in the settings.",
        extra="reach",
        shows="subscribers",
        actions=(
            Action(
                name="read",
                title="Read who asked to join or leave",
                button="Read the mailbox",
                command="subscribers",
                about="Whoever wants to join is shown first. Each gets a message that asks to "
                "confirm, only if you say yes.",
                purpose="mail",
                gives="list",
            ),
            Action(
                name="import",
                title="Add people who agreed",
                button="Add them",
                command="subscribers",
                about="Choose a spreadsheet saved as CSV. Add only people who agreed to get the "
                "newsletter.",
                fields=(
                    Field(
                        option="from", label="List", kind="upload", upload="table",
                        is_required=True,
                    ),
                ),
                gives="list",
            ),
            Action(
                name="forget",
                title="Delete somebody completely",
                button="Delete",
                command="subscribers",
                about="The address is deleted at once, also from the records of what was sent. "
                "This cannot be undone.",
                fields=(
                    Field(option="forget", label="E-mail address", is_required=True),
                ),
                gives="list",
            ),
        ),
    ),
    Office(
        name="leaflet",
        title="Leaflet",
        does="Makes a leaflet of some posts, or a poster for an event, as PDF for the printer.",
        needs="The imprint in the settings, which the law requires on everything printed.",
        extra="leaflet",
        shows="leaflets",
        actions=(
            Action(
                name="leaflet",
                title="A leaflet",
                button="Make the leaflet",
                command="leaflet",
                about="Its words come from the posts. You can change them afterwards, and make it "
                "again.",
                fields=(
                    Field(option="posts", label="Posts", kind="posts", is_required=True),
                    Field(
                        option="size", label="Size", kind="choice",
                        choices=(("A5", "A5"), ("A4", "A4"), ("fold", "A4, folded")),
                    ),
                ),
                gives="list",
            ),
            Action(
                name="poster",
                title="A poster for the noticeboard",
                button="Make the poster",
                command="leaflet",
                fields=(
                    Field(option="poster", label="Event", kind="event", is_required=True),
                    Field(
                        option="size", label="Size", kind="choice",
                        choices=(("A4", "A4"), ("A3", "A3")),
                    ),
                ),
                gives="list",
            ),
        ),
    ),
    Office(
        name="share",
        title="Share",
        does="Gives you a text about a post for each channel, such as Facebook or WhatsApp.",
        needs="A published post.",
        links=(("_preview/share/", "Choose a post to share"),),
    ),
    Office(
        name="reply",
        title="Replies",
        does="Writes a reply to a resident from what your site says, to paste into an e-mail.",
        needs="Nothing but your issues. Nothing is sent.",
        actions=(
            Action(
                name="write",
                title="Write a reply",
                button="Write it",
                command="reply",
                about="Name an issue, or a case. Only facts that are on your site are used.",
                fields=(
                    _ISSUE,
                    _STREET,
                    Field(option="case", label="Case", kind="case"),
                ),
                gives="copy",
                writes=False,
            ),
        ),
    ),
    Office(
        name="cases",
        title="Cases",
        does="Lists the cases that you work on, with the day on which each is due.",
        needs="Cases are kept in a private file on this computer. Nothing of it is published.",
        extra="casework",
        shows="cases",
        actions=(
            Action(
                name="add",
                title="Add a case",
                button="Add it",
                command="case",
                about="Its due date is worked out for you. Leave out names and addresses.",
                fields=(
                    Field(option="issue", label="Issue", kind="issue", is_required=True),
                    _STREET,
                    Field(
                        option="note", label="Note", example="empty since Friday", most=1000,
                    ),
                ),
                gives="list",
            ),
            Action(
                name="week",
                title="What needs you this week",
                button="Show it",
                command="cases",
                about="Also brings your calendar of due dates up to date, and offers to delete "
                "cases that were closed long ago.",
                gives="list",
            ),
            Action(
                name="forget",
                title="Forget a person",
                button="Find this person",
                command="cases",
                about="Shows where a person is mentioned, and deletes those rows only if you say "
                "yes.",
                fields=(
                    Field(
                        option="forget", label="Name, e-mail address or telephone number",
                        is_required=True,
                    ),
                ),
                gives="list",
            ),
        ),
    ),
    Office(
        name="digest",
        title="Digest",
        does="Collects what is new on local sites, sorted by issue and street, for you alone.",
        needs="Local sites with a feed, in the settings under Community.",
        extra="reach",
        links=(("_preview/listen/", "Read the digest"),),
        actions=(
            Action(
                name="listen",
                title="Collect what is new",
                button="Read the feeds",
                command="listen",
                about="Names the sites first, and asks them only if you say yes. They see your IP "
                "address, as of any reader.",
            ),
            Action(
                name="post",
                title="Write a post about this",
                button="Start the post",
                command="new",
                about="Each item of the digest has a number. The post begins as a draft.",
                fields=(
                    Field(option="from", label="Number of the item", kind="number",
                          is_required=True),
                ),
            ),
        ),
    ),
    Office(
        name="questions",
        title="Questions",
        does="Counts the answers to the questions in your posts, and publishes only totals.",
        needs="A post with a question, and the answers: your mailbox, or a file.",
        extra="reach",
        actions=(
            Action(
                name="mailbox",
                title="Count the answers in your mailbox",
                button="Count them",
                command="answers",
                about="Shows the totals first, and writes them only if you say yes.",
                purpose="mail",
            ),
            Action(
                name="file",
                title="Count the answers in a file",
                button="Count them",
                command="answers",
                about="A file of messages (.mbox), one message (.eml), or a spreadsheet of paper "
                "slips (.csv, .xlsx, .ods). It is deleted from here afterwards.",
                fields=(
                    Field(
                        option="from", label="File", kind="upload", upload="answers",
                        is_required=True,
                    ),
                ),
            ),
        ),
    ),
    Office(
        name="figures",
        title="Figures",
        does="Counts what was read and how many subscribe, from the logs of your web server.",
        needs="The log files of your web server. Nobody is tracked.",
        extra="figures",
        links=(("_preview/stats/", "See the figures with charts"),),
        actions=(
            Action(
                name="count",
                title="Count log files",
                button="Count them",
                command="stats",
                about="Only the totals of each day are kept. The files are deleted from here "
                "afterwards.",
                fields=(
                    Field(
                        option="log", label="Log files", kind="upload", upload="logs",
                        is_required=True,
                    ),
                ),
            ),
        ),
    ),
    Office(
        name="report",
        title="Report-back",
        does="Drafts a post about what you did, from your posts, your diary and your cases.",
        needs="Something to report. You read it and change it before anybody sees it.",
        actions=(
            Action(
                name="draft",
                title="Draft a report",
                button="Draft it",
                command="report",
                about="Without a day, it begins at your last report. Counts of your cases are "
                "shown first.",
                fields=(Field(option="since", label="Since", kind="date"),),
            ),
        ),
    ),
    Office(
        name="fetch",
        title="Fetch",
        does="Brings in planning applications, meetings and counts that others publish.",
        needs="Sources in the settings.",
        actions=(
            Action(
                name="fetch",
                title="Bring in what is new",
                button="Look what is new",
                command="fetch",
                about="Shows what would come in, and writes it only if you say yes. Services see "
                "your IP address.",
                fields=(
                    Field(option="from", label="Source", kind="source",
                          help="Leave it empty for all of them."),
                ),
            ),
        ),
    ),
    Office(
        name="community",
        title="Community",
        does="Checks whether the local sites that you link to are still there.",
        needs="Local sites, in the settings under Community.",
        extra="reach",
        actions=(
            Action(
                name="check",
                title="Check the links",
                button="Check them",
                command="community",
                about="Names the sites first, and opens them only if you say yes. What would "
                "change in your list is shown before it is written.",
            ),
        ),
    ),
    Office(
        name="ward",
        title="The ward",
        does="Fetches the outline of your ward, a map with its streets, and their names.",
        needs="A postcode in your ward, or its name.",
        actions=(
            Action(
                name="fetch",
                title="Fetch the ward",
                button="Look what there is",
                command="ward",
                about="Shows everything before it is written. Fill in one of the two.",
                fields=(
                    Field(option="postcode", label="Postcode", example="SW11 5JY", most=10),
                    Field(
                        option="name", label="Ward and council",
                        example="Shaftesbury, Wandsworth", most=100,
                    ),
                ),
            ),
        ),
    ),
    Office(
        name="import",
        title="An old blog",
        does="Brings an old blog along: posts, pictures, tags and old addresses.",
        needs="The export of WordPress, Blogger or another program.",
        extra="import",
        actions=(
            Action(
                name="import",
                title="Bring the blog in",
                button="Read the export",
                command="import",
                about="Shows what would be written first. The posts become drafts.",
                fields=(
                    Field(
                        option="from", label="Export", kind="upload", upload="blog",
                        is_required=True,
                    ),
                    Field(option="pictures", label="Fetch pictures from the old blog",
                          kind="flag"),
                    Field(option="comments", label="Keep comments as quotations", kind="flag"),
                    Field(option="publish", label="Publish what was public and has no problem",
                          kind="flag"),
                ),
            ),
        ),
    ),
    Office(
        name="start",
        title="Start your own site",
        does="Moves the sample aside, and begins a site of your own.",
        needs="Nothing. The sample is kept in a folder beside it.",
        actions=(
            Action(
                name="start",
                title="Begin your own site",
                button="Begin",
                command="start",
                about="Everything that is here now is moved to another folder, if you say yes.",
            ),
        ),
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Office] = {one.name: one for one in OFFICES}
