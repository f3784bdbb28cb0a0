"""The channels in one table: how long a text may be there, how it is counted, and its form."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from wardblog.office.share import counting
from wardblog.office.share.forms import BBCODE, DISCOURSE, EMAIL, PLAIN, WHATSAPP, ShareForm
from wardblog.support.late_dataclass import dataclass
from wardblog.views.sharing import mailto

# Makes the link that opens a channel, from the title, the address of the post, and the text.
MakeLink = Callable[[str, str, str], str]
# Windows opens links to e-mail programs of up to 2,048 characters.
LONGEST_MAILTO = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChannel:
    """A place where a text is posted.

    `limit` is the most that `fits` counts there. `link` opens the channel with the text filled in;
    `link_words` are on it. `longest_link` is in characters, 0 if there is no limit. `advice` says
    what to do with the text.
    """

    key: str
    name: str
    limit: int
    count: Callable[[str], int]
    form: ShareForm
    advice: str
    link: MakeLink | None = None
    link_words: str = ""
    longest_link: int = 0

    def fits(self, text: str) -> bool:
        """Whether the text may be posted there."""
        return self.count(text) <= self.limit


# The limits of Facebook, Nextdoor and WhatsApp are ours: longer texts are folded away there.
CHANNELS: tuple[ShareChannel, ...] = (
    ShareChannel(
        key="facebook",
        name="Facebook group",
        limit=1_500,
        count=counting.characters,
        form=PLAIN,
        advice="Copy the text and paste it into the group. The link fills in only the address.",
        link=lambda _, url, __: (
            f"https://www.facebook.com/sharer/sharer.php?u={quote(url, safe='')}"
        ),
        link_words="Share the address on Facebook",
    ),
    ShareChannel(
        key="nextdoor",
        name="Nextdoor",
        limit=1_200,
        count=counting.characters,
        form=PLAIN,
        advice="Only for your own neighbourhood there.",
        link=lambda _, __, text: (
            f"https://nextdoor.com/sharekit/?source=wardblog&body={quote(text, safe='')}"
        ),
        link_words="Open Nextdoor with this text",
    ),
    ShareChannel(
        key="whatsapp",
        name="WhatsApp",
        limit=700,
        count=counting.characters,
        form=WHATSAPP,
        advice="The stars make the title bold.",
        link=lambda _, __, text: f"https://wa.me/?text={quote(text, safe='')}",
        link_words="Open WhatsApp with this text",
    ),
    ShareChannel(
        key="email",
        name="E-mail to a group",
        limit=3_000,
        count=counting.characters,
        form=EMAIL,
        advice="The title is the subject. Put the addresses under Bcc, so that nobody sees them.",
        link=lambda title, _, text: mailto((), title, text),
        link_words="Open your e-mail program with this text",
        longest_link=LONGEST_MAILTO,
    ),
    # phpBB accepts 60,000 characters, unless the forum chose another number.
    ShareChannel(
        key="bbcode",
        name="Forum (BBCode)",
        limit=10_000,
        count=counting.characters,
        form=BBCODE,
        advice="For forums such as phpBB, MyBB and SMF. The title is the subject as well.",
    ),
    # max_post_length of Discourse is 32,000.
    ShareChannel(
        key="discourse",
        name="Forum (Discourse, Markdown)",
        limit=10_000,
        count=counting.characters,
        form=DISCOURSE,
        advice="The title is also the title of the topic.",
    ),
    # https://docs.joinmastodon.org/user/posting/: links count as 23 characters.
    ShareChannel(
        key="mastodon",
        name="Mastodon",
        limit=500,
        count=counting.on_mastodon,
        form=PLAIN,
        advice="Copy it: each Mastodon server has an address of its own.",
    ),
    # https://docs.bsky.app/docs/advanced-guides/intent-links
    ShareChannel(
        key="bluesky",
        name="Bluesky",
        limit=300,
        count=counting.on_bluesky,
        form=PLAIN,
        advice="Before you post it, check that Bluesky shows the card of the link.",
        link=lambda _, __, text: f"https://bsky.app/intent/compose?text={quote(text, safe='')}",
        link_words="Open Bluesky with this text",
    ),
)
