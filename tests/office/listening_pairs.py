"""Pairs of items as local feeds have them, with what a person says about each pair.

Written while the comparisons were; how well these do on pairs that were not is in docs/casework.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from wardblog.office.listening.items import FeedItem

NEWS, COUNCIL, POLICE = "Sample Street News", "Wandsworth Council news", "Police: Shaftesbury"
FORUM, TOOTS, BLOG, PAPER = "Neighbours Forum", "Toots from the ward", "Ward Walker", "The Gazette"


def item(
    site: str, title: str, text: str = "", link: str = "", guid: str = "", day: int = 0
) -> FeedItem:
    """An item; `day` is one of November 2026, or of December if it is over 30."""
    published = datetime(2026, 11 + day // 31, day % 31 + day // 31, 9, tzinfo=UTC) if day else None
    return FeedItem(
        site=site, title=title, text=text, link=link, guid=guid, published=published
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items; `is_item` is whether they are the same item, `is_story` whether one story."""

    name: str
    a: FeedItem
    b: FeedItem
    is_item: bool
    is_story: bool


_BRIDGE = item(
    NEWS,
    "Falcon Lane bridge to close for six weeks",
    "The railway bridge in Falcon Lane closes on 11 January for six weeks while Network Rail "
    "replaces two beams. Buses 77 and 219 are diverted along Lavender Hill, and people on foot can "
    "use the tunnel beside it.",
    "https://news.example.org/2026/11/falcon-lane-bridge/",
    "https://news.example.org/?p=812",
    24,
)
_SKATE = item(
    COUNCIL,
    "Council asks what young people want in Elsley Gardens",
    "Young people are invited to say what should replace the old skate ramp in Elsley Gardens. The "
    "survey is open until 10 January, and there are two workshops at Battersea Library.",
    "https://www.wandsworth.example/news/2026/november/skate-ramp-survey",
    "news-20391",
    25,
)
_BURGLARY = item(
    POLICE,
    "Burglary in Sabine Road",
    "Officers are appealing for witnesses after a burglary in Sabine Road on Tuesday night. Jewellery "
    "and a laptop were taken. Anyone with information is asked to call 101 quoting reference "
    "CAD 4821/24NOV, or Crimestoppers anonymously on 0800 555 111.",
    "https://police.example.org/appeals/38112",
    "38112",
    25,
)
_PLANS = item(
    COUNCIL,
    "2026/4410: 44 Taybridge Street, loft conversion",
    "Erection of a rear dormer and two rooflights in connection with a loft conversion. Comments by "
    "18 December 2026.",
    "https://planning.example.org/application?id=2026/4410",
    "2026/4410",
    26,
)


def _at(base: FeedItem, **changes: object) -> FeedItem:
    return replace(base, **changes)  # type: ignore[arg-type]


def _later(base: FeedItem, days: int) -> datetime:
    assert base.published
    return base.published.replace(day=base.published.day + days)


SAME_ITEM = (
    Pair("tracking", _BRIDGE, _at(_BRIDGE, site=PAPER, guid="", link=f"{_BRIDGE.link}?utm_source=rss&utm_medium=feed"), True, True),
    Pair("http and www", _BRIDGE, _at(_BRIDGE, guid="x", link="http://www.news.example.org/2026/11/falcon-lane-bridge"), True, True),
    Pair("AMP", _BRIDGE, _at(_BRIDGE, site="Planet Battersea", guid="", link=f"{_BRIDGE.link}amp/"), True, True),
    Pair("AMP in a query", _BRIDGE, _at(_BRIDGE, site="Planet Battersea", guid="", link=f"{_BRIDGE.link}?amp=1"), True, True),
    Pair("AMP cache", _BRIDGE, _at(_BRIDGE, guid="", link="https://news-example-org.cdn.ampproject.org/c/s/news.example.org/2026/11/falcon-lane-bridge/"), True, True),
    Pair("jump to comments", _BRIDGE, _at(_BRIDGE, guid="", link=f"{_BRIDGE.link}#respond"), True, True),
    Pair("other headline at one address", _BRIDGE, item(FORUM, "Six weeks without the bridge!", "", _BRIDGE.link, "t3_1abc", 25), True, True),
    Pair("corrected headline", _BRIDGE, _at(_BRIDGE, title="Falcon Lane bridge to close for seven weeks", text=_BRIDGE.text.replace("six", "seven")), True, False),
    Pair("guid of WordPress, link through a counter", _BRIDGE, _at(_BRIDGE, link="https://feeds.example.net/~r/news/~3/ab12/"), True, True),
    Pair("guid is the other's link", _BRIDGE, _at(_BRIDGE, site=PAPER, guid=_BRIDGE.link, link="https://go.example.net/x1"), True, True),
    Pair("reddit old", item(FORUM, "Bins", "", "https://old.reddit.com/r/battersea/comments/1a/bins/", "", 2), item("r/battersea", "Bins", "", "https://www.reddit.com/r/battersea/comments/1a/bins/", "t3_1a", 2), True, True),
    Pair("short video", item("Council films", "How we grit", "", "https://youtu.be/abc123XYZ", "", 3), item(COUNCIL, "Film: how we grit", "", "https://www.youtube.com/watch?v=abc123XYZ&feature=share", "yt:video:abc123XYZ", 3), True, True),
    Pair("press release, reprinted", _SKATE, _at(_SKATE, site=NEWS, guid="https://news.example.org/?p=820", link="https://news.example.org/2026/11/skate-ramp/"), True, True),
    Pair("press release, cut", _SKATE, _at(_SKATE, site=NEWS, guid="820", link="https://news.example.org/2026/11/skate-ramp/", text=_SKATE.text[:118] + "…"), True, True),
    Pair("press release, other headline", _SKATE, _at(_SKATE, site=PAPER, title="Skate ramp: have your say", guid="9", link="https://gazette.example.com/9"), True, True),
    Pair("press release, small edits", _SKATE, _at(_SKATE, site=PAPER, guid="9", link="https://gazette.example.com/9", text=_SKATE.text.replace("Young people are invited", "Teenagers are being invited").replace("and there are", "with")), True, True),
    Pair("press release with a credit", _SKATE, _at(_SKATE, site=PAPER, guid="9", link="https://gazette.example.com/9", title=f"{_SKATE.title} | The Gazette", text=f"{_SKATE.text} The post {_SKATE.title} appeared first on The Gazette."), True, True),
    Pair("toot of a headline", _SKATE, item(TOOTS, "Council asks what young people want in Elsley…", f"Council asks what young people want in Elsley Gardens {_SKATE.link}", "https://toot.example/@ward/1", "https://toot.example/@ward/1", 25), True, True),
    Pair("toot with hashtags", _BRIDGE, item(TOOTS, "New post", f"New post: Falcon Lane bridge to close for six weeks {_BRIDGE.link}?utm_source=mastodon #Battersea", "https://toot.example/@ward/2", "https://toot.example/@ward/2", 24), True, True),
    Pair("posted to two networks", item(TOOTS, "Gritting tonight: all main roads…", "Gritting tonight: all main roads from 8pm, and Lavender Hill first. Take care on the steps at the station.", "https://toot.example/@ward/3", "https://toot.example/@ward/3", 27), item("Ward on Bluesky", "", "Gritting tonight: all main roads from 8pm, and Lavender Hill first. Take care on the steps at the station.", "https://bsky.app/profile/ward.example/post/3l", "at://did:plc:x/3l", 27), True, True),
    Pair("same headline, no text", item(NEWS, "Acanthus Road playgroup saved by its parents", "", "https://news.example.org/a", "1", 12), item(PAPER, "Acanthus Road playgroup saved by its parents - The Gazette", "", "https://gazette.example.com/b", "2", 12), True, True),
    Pair("appeal on two police pages", _BURGLARY, _at(_BURGLARY, site="Met news", link="https://met.example.org/n/771", guid="771"), True, True),
    Pair("appeal on a forum", _BURGLARY, _at(_BURGLARY, site=FORUM, title="Police appeal: burglary in Sabine Road", link="https://forum.example.org/t/771", guid="f771"), True, True),
    Pair("application, with and without zeros", _PLANS, _at(_PLANS, site=NEWS, title="2026/04410: 44 Taybridge Street, loft conversion", guid="n1", link="https://news.example.org/n1"), True, True),
)  # fmt: skip

OTHER_ITEM = (
    Pair("next application in the street", _PLANS, _at(_PLANS, title="2026/4411: 46 Taybridge Street, loft conversion", guid="2026/4411", link="https://planning.example.org/application?id=2026/4411"), False, False),
    Pair("next reference, same words", _PLANS, _at(_PLANS, title="2026/4412: 44 Taybridge Street, loft conversion", guid="2026/4412", link="https://planning.example.org/application?id=2026/4412"), False, False),
    Pair("two references at one address", _at(_PLANS, link="https://planning.example.org/weekly"), _at(_PLANS, title="2026/4413: 44 Taybridge Street, loft conversion", link="https://planning.example.org/weekly", guid="4413"), False, False),
    Pair("burglary in another street", _BURGLARY, _at(_BURGLARY, title="Burglary in Eland Road", text=_BURGLARY.text.replace("Sabine", "Eland").replace("4821", "4822"), link="https://police.example.org/appeals/38113", guid="38113"), False, False),
    Pair("same street, other night", _BURGLARY, _at(_BURGLARY, text=_BURGLARY.text.replace("Tuesday", "Friday").replace("4821/24NOV", "5102/27NOV"), link="https://police.example.org/appeals/38140", guid="38140"), False, False),
    Pair("same closing words", _BURGLARY, item(POLICE, "Cyclist hurt in Lavender Hill", "A cyclist was hurt in a collision with a van. Anyone with information is asked to call 101 quoting reference CAD 99/26NOV, or Crimestoppers anonymously on 0800 555 111.", "https://police.example.org/appeals/38120", "38120", 26), False, False),
    Pair("surgery, next month", item(BLOG, "Ward surgery this Saturday", "Come and see us at Battersea Library between 10 and 11.30am. No appointment needed, and everybody who lives in the ward is welcome.", "https://blog.example.org/s1", "s1", 3), item(BLOG, "Ward surgery this Saturday", "Come and see us at Battersea Library between 10 and 11.30am. No appointment needed, and everybody who lives in the ward is welcome.", "https://blog.example.org/s2", "s2", 33), False, False),
    Pair("bins, other day", item(COUNCIL, "Christmas bin collections: Monday round moves to 28 December", "Your bins are collected one day later.", "https://council.example/bins-1", "b1", 20), item(COUNCIL, "Christmas bin collections: Monday round moves to 29 December", "Your bins are collected one day later.", "https://council.example/bins-2", "b2", 20), False, False),
    Pair("road works, other date", item(COUNCIL, "Eland Road: resurfacing on 4 December", "The road is closed from 8am to 5pm.", "https://council.example/w1", "w1", 20), item(COUNCIL, "Eland Road: resurfacing on 11 December", "The road is closed from 8am to 5pm.", "https://council.example/w2", "w2", 27), False, False),
    Pair("road works, other street", item(COUNCIL, "Resurfacing: Eland Road closed", "The road is closed from 8am to 5pm on Thursday. Access is kept for residents and emergency vehicles at all times.", "https://council.example/w1", "w1", 20), item(COUNCIL, "Resurfacing: Dorothy Road closed", "The road is closed from 8am to 5pm on Thursday. Access is kept for residents and emergency vehicles at all times.", "https://council.example/w3", "w3", 20), False, False),
    Pair("approved and refused", item(NEWS, "Plans for a roof terrace at the Falcon approved", "The committee voted on Thursday on plans for a roof terrace at the Falcon pub, to which forty neighbours had objected.", "https://news.example.org/f1", "f1", 20), item(PAPER, "Plans for a roof terrace at the Falcon refused", "The committee voted on Thursday on plans for a roof terrace at the Falcon pub, to which forty neighbours had objected.", "https://gazette.example.com/f", "f9", 20), False, False),
    Pair("not", item(COUNCIL, "Library will close on Sundays", "Battersea Library will close on Sundays from January, the cabinet decided after a long debate on Monday evening.", "https://council.example/l1", "l1", 17), item(NEWS, "Library will not close on Sundays", "Battersea Library will not close on Sundays from January, the cabinet decided after a long debate on Monday evening.", "https://news.example.org/l1", "n9", 17), False, False),
    Pair("home page as the link", item(FORUM, "Lost: grey tabby near the Common", "He answers to Bertie.", "https://forum.example.org/", "77", 10), item(FORUM, "Plumber for an old boiler?", "Somebody reliable, please.", "https://forum.example.org/", "78", 10), False, False),
    Pair("comments on one topic", item(FORUM, "Re: Speeding in Culvert Road", "A camera would help.", "https://forum.example.org/t/speeding/91#post-4", "p4", 10), item(FORUM, "Re: Speeding in Culvert Road", "Humps, please, not cameras.", "https://forum.example.org/t/speeding/91#post-5", "p5", 10), False, True),
    Pair("guid used again", item(BLOG, "Old postcards of the Hill", "Twelve cards from 1910.", "https://blog.example.org/p/1", "post-1", 1), item(BLOG, "The butcher who kept bees", "A walk along the railway.", "https://blog.example.org/p/9", "post-1", 20), False, False),
    Pair("guid of two sites", item(BLOG, "Old postcards of the Hill", "Twelve cards.", "https://blog.example.org/p/1", "1", 1), item(FORUM, "Who has a ladder?", "Only for a day.", "https://forum.example.org/t/1", "1", 1), False, False),
    Pair("one page for all notices", item(COUNCIL, "Notices for the week of 16 November", "Three streets.", "https://council.example/notices", "n-46", 16), item(COUNCIL, "Notices for the week of 23 November", "Five streets.", "https://council.example/notices", "n-47", 23), False, False),
    Pair("ids in a query", item(COUNCIL, "Cabinet, agenda published", "The agenda of a meeting is published.", "https://democracy.example/ieListDocuments.aspx?CId=100&MId=8", "", 5), item(COUNCIL, "Cabinet, agenda published", "The agenda of a meeting is published.", "https://democracy.example/ieListDocuments.aspx?CId=100&MId=9", "", 26), False, False),
    Pair("missing persons", item(POLICE, "Can you help find Daniel?", "Officers are concerned for Daniel, 15, who was last seen at Shaftesbury Halt wearing a dark coat and grey trousers.", "https://police.example.org/m1", "m1", 12), item(POLICE, "Can you help find Amira?", "Officers are concerned for Amira, 15, who was last seen at Shaftesbury Halt wearing a dark coat and grey trousers.", "https://police.example.org/m2", "m2", 13), False, False),
    Pair("toot with an opinion", _BRIDGE, item(TOOTS, "Six weeks! How are…", f"Six weeks! How are people with prams meant to get to the nursery? Somebody should ask the railway. {_BRIDGE.link}", "https://toot.example/@ward/9", "https://toot.example/@ward/9", 24), False, True),
    Pair("weekly headline", item(NEWS, "What's on this weekend", "", "https://news.example.org/w1", "w1", 6), item(NEWS, "What's on this weekend", "", "https://news.example.org/w2", "w2", 13), False, False),
    Pair("weekly round-up of two sites", item(NEWS, "Your week in pictures", "", "https://news.example.org/p1", "p1", 6), item(BLOG, "Your week in pictures", "", "https://blog.example.org/p1", "pp", 6), False, False),
    Pair("crime figures, two months", item(POLICE, "Crime in Shaftesbury: September 2026", "There were 84 crimes, most of them thefts from vehicles and anti-social behaviour near the station.", "https://police.example.org/c9", "c9", 5), item(POLICE, "Crime in Shaftesbury: October 2026", "There were 91 crimes, most of them thefts from vehicles and anti-social behaviour near the station.", "https://police.example.org/c10", "c10", 26), False, False),
    Pair("tube lines", item("Travel", "Severe delays on the Northern line", "There are severe delays while we fix a signal failure at Stockwell. Tickets are accepted on local buses.", "https://t.example/1", "t1", 9), item("Travel", "Severe delays on the Victoria line", "There are severe delays while we fix a signal failure at Stockwell. Tickets are accepted on local buses.", "https://t.example/2", "t2", 9), False, False),
    Pair("bus routes", item("Travel", "Route 77 on diversion in Lavender Hill", "Buses miss two stops until further notice.", "https://t.example/b1", "b1", 9), item("Travel", "Route 87 on diversion in Lavender Hill", "Buses miss two stops until further notice.", "https://t.example/b2", "b2", 9), False, False),
    Pair("same house, other works", _PLANS, _at(_PLANS, title="2026/4498: 44 Taybridge Street, basement", text="Excavation of a basement with a light well at the front. Comments by 24 December 2026.", guid="2026/4498", link="https://planning.example.org/application?id=2026/4498"), False, False),
)  # fmt: skip

SAME_STORY = (
    Pair("bridge, told by the paper", _BRIDGE, item(PAPER, "Commuters face six weeks of misery as Falcon Lane bridge closes", "Network Rail will shut the bridge in January to replace beams. Two bus routes have to go round.", "https://gazette.example.com/bridge", "g1", 25), False, True),
    Pair("skate ramp, told by the blog", _SKATE, item(BLOG, "A new ramp for Elsley Gardens?", "The council wants to hear from young people about what should come after the skate ramp in Elsley Gardens. There is a survey.", "https://blog.example.org/ramp", "b7", 26), False, True),
    Pair("burglary, on the forum", _BURGLARY, item(FORUM, "Break-in in Sabine Road on Tuesday night", "Somebody took my neighbour's laptop and jewellery in the burglary in Sabine Road. Did anybody's camera catch it?", "https://forum.example.org/t/820", "t820", 25), False, True),
    Pair("application, named by its number", _PLANS, item(FORUM, "Has anybody seen 2026/4410?", "They want a dormer as big as a bus.", "https://forum.example.org/t/901", "t901", 27), False, True),
    Pair("library hours", item(COUNCIL, "Battersea Library to open on Sundays", "From January, Battersea Library opens on Sundays from noon to 5pm.", "https://council.example/l3", "l3", 20), item(NEWS, "Sunday opening for Battersea Library", "Readers can use Battersea Library on Sundays from January, the council says.", "https://news.example.org/l3", "n13", 21), False, True),
    Pair("market", item(COUNCIL, "Christmas market returns to Lavender Hill", "Forty stalls and a brass band come to Lavender Hill on 12 December.", "https://council.example/m", "cm", 20), item(BLOG, "The Lavender Hill Christmas market is back", "On 12 December there are stalls and a band again.", "https://blog.example.org/m", "bm", 22), False, True),
)  # fmt: skip

OTHER_STORY = (
    Pair("two fires", item(NEWS, "Fire in Eland Road: four people led to safety", "Firefighters were called to a kitchen fire in Eland Road on Monday.", "https://news.example.org/e1", "e1", 9), item(PAPER, "Fire in Dorothy Road: four people led to safety", "Firefighters were called to a kitchen fire in Dorothy Road on Monday.", "https://gazette.example.com/e2", "e2", 9), False, False),
    Pair("two applications in one street", _PLANS, item(NEWS, "Taybridge Street loft conversion: neighbours object to 2026/4455", "A loft conversion with a rear dormer in Taybridge Street.", "https://news.example.org/t1", "t1", 27), False, False),
    Pair("two meetings", item(COUNCIL, "Planning committee on 8 December", "The planning applications committee meets at the town hall.", "https://council.example/pc1", "pc1", 20), item(NEWS, "Planning committee on 15 December", "The planning applications committee meets at the town hall.", "https://news.example.org/pc2", "pc2", 22), False, False),
    Pair("two markets", item(COUNCIL, "Christmas market returns to Lavender Hill", "Forty stalls on 12 December.", "https://council.example/m", "cm", 20), item(BLOG, "Christmas market returns to Lavender Hill", "Forty stalls on 19 December.", "https://blog.example.org/m", "bm", 22), False, False),
    Pair("nothing in common", _BRIDGE, _SKATE, False, False),
    Pair("same council, other news", _SKATE, item(COUNCIL, "Council asks residents about parking in Elsley Road", "People who live near Elsley Road are invited to say what hours suit them. The survey is open until 20 January.", "https://council.example/park", "pk", 25), False, False),
    Pair("one year later", item(NEWS, "Christmas lights switched on in Lavender Hill", "Hundreds came to see them.", "https://news.example.org/x25", "x25", 1), item(NEWS, "Christmas lights switched on in Lavender Hill", "Hundreds came to see them.", "https://news.example.org/x26", "x26", 28), False, False),
)  # fmt: skip

PAIRS = (*SAME_ITEM, *OTHER_ITEM, *SAME_STORY, *OTHER_STORY)
