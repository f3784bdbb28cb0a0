"""The office pages for what comes in: news of others, answers, figures, data, an old blog."""

from __future__ import annotations

from wardblog.preview.editor.office_fields import Field
from wardblog.preview.editor.office_kinds import Office, OfficeAction

COMING_IN: tuple[Office, ...] = (
    Office(
        name="digest",
        title="Digest",
        does="Collects what is new on local sites, sorted by issue and street, for you alone.",
        settings="community",
        needs="Local sites that have a feed.",
        extra="reach",
        links=(("digest", "Read the digest"),),
        actions=(
            OfficeAction(
                name="listen",
                title="Collect what is new",
                button="Read the feeds",
                command="listen",
                about="Names the sites first, and asks them only if you say yes. They see your IP "
                "address, as of any reader.",
            ),
            OfficeAction(
                name="post",
                title="Write a post about this",
                button="Start the post",
                command="new",
                about="Each item of the digest has a number. The post begins as a draft.",
                fields=(
                    Field(option="from", label="Number of the item", kind="number",
                          before="listen:", is_required=True),
                ),
                needs_extra=False,
            ),
        ),
    ),
    Office(
        name="questions",
        title="Questions",
        does="Counts the answers to the questions in your posts, and publishes only totals.",
        settings="newsletter",
        needs="A post with a question. The answers are in your mailbox or in a file.",
        extra="reach",
        actions=(
            OfficeAction(
                name="mailbox",
                title="Count the answers in your mailbox",
                button="Count them",
                command="answers",
                about="Shows the totals first, and writes them only if you say yes.",
                purpose="mail",
            ),
            OfficeAction(
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
        needs="Your host keeps log files that you can download. Nobody is tracked.",
        extra="figures",
        links=(("figures", "See the figures with charts"),),
        actions=(
            OfficeAction(
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
                gives="list",  # after the first count, there is a button to the figures
            ),
        ),
    ),
    Office(
        name="report",
        title="Report-back",
        does="Drafts a post about what you did, from your posts, your diary and your cases.",
        needs="The draft is for you to read and change before anybody sees it.",
        shows="diary",
        actions=(
            OfficeAction(
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
        settings="sources",
        needs="Sources that are in your settings.",
        actions=(
            OfficeAction(
                name="fetch",
                title="Bring in what is new",
                button="See what is new",
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
        settings="community",
        needs="Local sites that are in your settings.",
        extra="reach",
        actions=(
            OfficeAction(
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
        settings="site",
        needs="A postcode in your ward, or its name, is enough.",
        actions=(
            OfficeAction(
                name="fetch",
                title="Fetch the ward",
                button="See what there is",
                command="ward",
                about="Shows everything before it is written. Fill in one of the two.",
                one_of=("postcode", "name"),
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
        name="why",
        title="Why does this page look like this?",
        does="Explains what a page of the site is made from, and what last changed it.",
        needs="The site must have been published once.",
        actions=(
            OfficeAction(
                name="explain",
                title="Explain a page",
                button="Explain it",
                command="why",
                fields=(
                    Field(option="page", label="Address of the page", is_required=True,
                          example="issues/grit-bins/"),
                ),
                writes=False,
            ),
        ),
    ),
    Office(
        name="import",
        title="An old blog",
        does="Imports an old blog: posts, pictures, tags and old addresses.",
        needs="It comes from a file that WordPress, Blogger or another program exports.",
        extra="import",
        actions=(
            OfficeAction(
                name="import",
                title="Import the blog",
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
)  # fmt: skip
