"""Previews of shared links, which apps and services fetch when somebody sends one."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from .addresses import address_in
from .hits import Client, Kind, Record
from .site import BY_PATH, size_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An app: its share, its agent, and its network (empty: the sender's own address)."""

    share: float
    agent: str
    network: str = ""
    takes_image: bool = False


_PREVIEWS: Final = (
    Preview(share=34, agent="WhatsApp/2.26.41.78 A", takes_image=True),
    Preview(share=14, agent="WhatsApp/2.2640.101 W", takes_image=True),
    Preview(
        share=18,
        agent="Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like "
        "Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        takes_image=True,
    ),
    Preview(
        share=16,
        agent="facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        network="facebook",
        takes_image=True,
    ),
    Preview(share=4, agent="WhatsApp/2"),  # what Signal sends
    Preview(share=3, agent="Twitterbot/1.0", network="twitter", takes_image=True),
    Preview(share=3, agent="TelegramBot (like TwitterBot)", network="services"),
    Preview(
        share=2,
        agent="Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        network="amazon",
    ),
    Preview(
        share=2,
        agent="Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        network="google cloud",
    ),
    Preview(
        share=1.5,
        agent="LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient "
        "+http://www.linkedin.com)",
        network="azure",
    ),
    Preview(
        share=1,
        agent="http.rb/5.3.1 (Mastodon/4.5.2; +https://mastodon.example.org/) Bot",
        network="hetzner",
    ),
    Preview(
        share=1.5,
        agent="Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 "
        "skype-url-preview@microsoft.com",
        network="microsoft",
    ),
)
_SHARES: Final = tuple(preview.share for preview in _PREVIEWS)


def preview_of_share(record: Record, chance: Random, path: str, time: float, sender: str) -> None:
    """Record what is fetched when a person at an address sends the link of a page."""
    preview = chance.choices(_PREVIEWS, _SHARES)[0]
    fetches = chance.choice((1, 1, 1, 2)) if preview.network else 1
    if preview.agent.startswith("http.rb"):
        fetches = chance.randint(5, 30)  # each server that has followers fetches it itself
    for number in range(fetches):
        address = address_in(chance, preview.network) if preview.network else sender
        client = Client(address, preview.agent)
        moment = time + number * chance.uniform(0.2, 40)
        record.add(moment, client, path, Kind.PREVIEW, size=size_of(path))
        images = BY_PATH[path].images
        if preview.takes_image and images:
            size = size_of(images[0])
            record.add(moment + 0.4, client, images[0], Kind.PREVIEW, size=size)
