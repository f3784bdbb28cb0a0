"""The office pages for what goes to residents, and for cases."""

from __future__ import annotations

from wardblog.preview.editor.office_fields import Field
from wardblog.preview.editor.office_kinds import Office, OfficeAction

_ISSUE = Field(option="issue", label="Issue", kind="issue")
_STREET = Field(
    option="street", label="Street", kind="street", help="Only its name.", example="Eland Road",
    most=100,
)  # fmt: skip

GOING_OUT: tuple[Office, ...] = (
    Office(
        name="newsletter",
        title="Newsletter",
        does="Makes an e-mail of what is new, shows it, and sends it to those who asked for it.",
        settings="newsletter",
        needs="To send it from here, your e-mail account must be in the settings.",
        extra="reach",
        shows="newsletter",
        actions=(
            OfficeAction(
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
        settings="newsletter",
        needs="To read who asked to join or leave, your mailbox must be in the settings.",
        extra="reach",
        shows="subscribers",
        actions=(
            OfficeAction(
                name="read",
                title="Read who asked to join or leave",
                button="Read the mailbox",
                command="subscribers",
                about="You first see who wants to join. Only if you say yes does each of them "
                "get a message that asks them to confirm.",
                purpose="mail",
                gives="list",
            ),
            OfficeAction(
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
            OfficeAction(
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
        settings="imprint",
        needs="The law requires an imprint and the name of the printer: they are in the settings.",
        extra="leaflet",
        shows="leaflets",
        actions=(
            OfficeAction(
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
            OfficeAction(
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
        needs="Only posts that residents can read can be shared. Nothing is posted from here.",
        shows="share",
    ),
    Office(
        name="reply",
        title="Replies",
        does="Writes a reply to a resident from what your site says, to paste into an e-mail.",
        needs="Nothing is sent: you copy the text into your e-mail.",
        shows="templates",
        actions=(
            OfficeAction(
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
                one_of=("issue", "case"),
            ),
        ),
    ),
    Office(
        name="cases",
        title="Cases",
        does="Lists the cases that you work on, with the day on which each is due.",
        settings="sources",
        needs="Cases are kept in a private file on this computer. None of it is published.",
        extra="casework",
        shows="cases",
        actions=(
            OfficeAction(
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
            OfficeAction(
                name="week",
                title="What needs you this week",
                button="Show it",
                command="cases",
                about="Also brings your calendar of due dates up to date, and offers to delete "
                "cases that were closed long ago.",
                gives="list",
            ),
            OfficeAction(
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
)  # fmt: skip
