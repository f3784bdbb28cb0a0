"""Local sites as they are found: living ones, those that cannot be judged, and rotten ones.

Each case is the answers by their paths, the first of which is that of the entry.
"""

from __future__ import annotations

from office.community_sites import (
    WORDS,
    Served,
    atom,
    feed_link,
    json_feed,
    leads_to,
    page,
    rdf,
    rss,
)
from wardblog.office.community.inspect_site import Verdict

Answers = dict[str, Served]
NEW, OLD = "Fri, 06 Nov 2026 10:00:00 GMT", "Wed, 05 Nov 2025 10:00:00 GMT"
NAME = "The Sample Walker"
TITLE = "Sample Walker: old photographs"
CASINO = (
    "Best casino bonus! Slots, poker and roulette with a deposit bonus. Play casino slots now, "
    "jackpot every day, betting on all sports, and crypto deposit. Casino bonus without deposit."
)
LOG_IN = '<form>Your name <input type="password"></form>'
TEXT = {"Content-Type": "text/plain"}

LIVING: dict[str, Answers] = {
    "unchanged for years, and without a feed": {"/": page(TITLE, f"{WORDS} Copyright 2011.")},
    "a slash at the end": {"/walks": leads_to("BASE/walks/"), "/walks/": page(TITLE)},
    "a home page further down": {"/": leads_to("/home/"), "/home/": page(TITLE)},
    "a redirect for now": {"/": leads_to("OTHER/today", 302), "/today": page(TITLE)},
    "several redirects": {"/": leads_to("/en", 302), "/en": leads_to("/en/"), "/en/": page(TITLE)},
    "a page that leads on": {
        "/": page("Hello", head='<meta http-equiv="Refresh" content="3; URL=\'/w\'">'),
        "/w": page(TITLE),
    },
    "addresses that are none": {
        "/": page(
            TITLE, f'{WORDS}<script src="https://[x"></script>', head=feed_link("https://[x/feed")
        ),
    },
    "a base that is none": {"/": page(TITLE, head=f'<base href="https://[x">{feed_link("/f")}')},
    "RSS": {"/": page(TITLE, head=feed_link("/feed")), "/feed": rss(NEW)},
    "Atom": {"/": page(TITLE, head=feed_link("f", "atom+xml")), "/f": atom("2026-11-01")},
    "RSS 1.0": {"/": page(TITLE, head=feed_link("/f", "rdf+xml")), "/f": rdf("2026-10-01")},
    "JSON": {"/": page(TITLE, head=feed_link("/f", "feed+json")), "/f": json_feed("2026-09-01")},
    "an empty feed": {
        "/": page(TITLE, head=feed_link("/feed")),
        "/feed": Served("<rss version='2.0'><channel><title>x</title></channel></rss>"),
    },
    "a feed without dates": {
        "/": page(TITLE, head=feed_link("/feed")),
        "/feed": Served(
            "<rss version='2.0'><channel><title>x</title><item><title>y</title></item></channel>"
            "</rss>"
        ),
    },
    "a feed of dates to come": {
        "/": page(TITLE, head=feed_link("/feed")),
        "/feed": rss("Sun, 03 Jan 2027 10:00:00 GMT"),
    },
    "a link to a feed that is gone": {"/": page(TITLE, head=feed_link("/feed"))},
    "a casino in a local story": {
        "/": page(
            f"Casino on Lavender Hill refused – {TITLE}",
            "The council refused the casino. A betting shop stays. The casino company, which runs "
            f"another casino in the next ward, may appeal. {WORDS}",
        )
    },
    "betting, a loan and a bonus": {
        "/": page(TITLE, f"The betting shop closes. A loan of books is a bonus. {WORDS}")
    },
    "an address for sale in a story": {
        "/": page(TITLE, f"Somebody wrote to us that this domain is for sale. {WORDS}")
    },
    "a library for sale": {"/": page(f"The old library is for sale – {TITLE}")},
    "its name only in the text": {"/": page("Welcome!", f"This is the Sample Walker. {WORDS}")},
    "an old encoding, and compressed": {
        "/": Served(
            f"<title>{TITLE}</title><h1>Café Walker</h1><p>{WORDS}".encode("latin-1"),
            headers={"Content-Type": "text/html; charset=latin1", "Content-Encoding": "gzip"},
        )
    },
    "a robots.txt for others": {
        "/": page(TITLE),
        "/robots.txt": Served(
            "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /admin\n", headers=TEXT
        ),
    },
    "a long page with a form to log in": {"/": page(TITLE, f"{WORDS} " * 8 + LOG_IN)},
    "a document": {"/": Served(b"%PDF-1.7 walks", headers={"Content-Type": "application/pdf"})},
    "the address of a feed": {"/": rss(NEW)},
    "a credit union": {
        "/": page(
            "Sample Walker Credit Union: loans",
            f"A loan instead of a payday lender, a bonus for each deposit. {WORDS}",
        )
    },
    "a request to allow scripts": {
        "/": page(TITLE, f"Please enable JavaScript for the map. {WORDS}")
    },
    "accents": {"/": page("The Sámple Wálker")},
    "accents and spaces in its address": {
        "/caf%C3%A9": leads_to("/my walks/?q=a b", 302),
        "/my%20walks/?q=a%20b": page(TITLE),
    },
}

# With a part of what is said.
UNKNOWN: dict[str, tuple[Answers, str]] = {
    "403": ({"/": Served("no", 403)}, "does not let programs in (it answered 403)"),
    "999": ({"/": Served("no", 999)}, "does not let programs in (it answered 999)"),
    "robots.txt": (
        {"/": page(TITLE), "/robots.txt": Served("User-agent: *\nDisallow: /\n", headers=TEXT)},
        "asks programs not to open it",
    ),
    "a page to log in": ({"/": page("Log in", LOG_IN)}, "asks visitors to log in"),
    "a redirect to log in": (
        {"/": leads_to("/login?next=/", 302), "/login?next=/": page("Log in", WORDS)},
        "asks visitors to log in",
    ),
    "busy": ({"/": Served("busy", 503, {"Retry-After": "9"})}, "busy or broken just now"),
    "broken": ({"/": Served("oh", 500)}, "busy or broken just now"),
    "too many requests": ({"/": Served("", 429, {"Retry-After": "9999"})}, "busy or broken"),
    "only a script": ({"/": page("App", "<script>app()</script>")}, "almost no words"),
    "a check for programs": (
        {"/": page("Just a moment...", "Checking your browser before you enter. " * 4)},
        "keeps programs waiting",
    ),
    "repairs": (
        {"/": page("Maintenance", "We are under maintenance. Please look again tomorrow. " * 3)},
        "keeps programs waiting",
    ),
    "a circle": ({"/": leads_to("/a"), "/a": leads_to("/")}, "redirects in a circle"),
    "another protocol": ({"/": leads_to("file:///etc/passwd")}, "cannot be read"),
}

# With what is found, and a part of what is said.
ROTTEN: dict[str, tuple[Answers, Verdict, str]] = {
    "404": ({"/": Served("no", 404)}, Verdict.DEAD, "answered 404"),
    "410": ({"/": Served("no", 410)}, Verdict.DEAD, "answered 410"),
    "to the home page": (
        {"/walks": leads_to("/"), "/": page(TITLE)}, Verdict.DEAD, "leads to the site's home page"
    ),
    "another host": (
        {"/": leads_to("OTHER/walker/"), "/walker/": page(TITLE)}, Verdict.MOVED, "/walker/ now"
    ),
    "another path": (
        {"/old/walks": leads_to("/new/walks", 308), "/new/walks": page(TITLE)},
        Verdict.MOVED,
        "/new/walks now",
    ),
    "a path with spaces": (
        {"/old/walks": leads_to("/my walks/?q=é"), "/my%20walks/?q=%C3%A9": page(TITLE)},
        Verdict.MOVED,
        "/my%20walks/?q=%C3%A9 now",
    ),
    "another path, by its page": (
        {
            "/old/walks": page("Moved", head='<meta http-equiv="refresh" content="0;url=/new/w">'),
            "/new/w": page(TITLE),
        },
        Verdict.MOVED,
        "/new/w now",
    ),
    "silent": (
        {"/": page(TITLE, head=feed_link("/feed")), "/feed": rss(OLD)},
        Verdict.SILENT,
        "nothing new since 5 November 2025",
    ),
    "silent in Atom": (
        {"/": page(TITLE, head=feed_link("/f", "atom+xml")), "/f": atom("2024-01-05")},
        Verdict.SILENT,
        "nothing new since 5 January 2024",
    ),
    "silent in JSON": (
        {"/": page(TITLE, head=feed_link("/f", "feed+json")), "/f": json_feed("2025-11-21")},
        Verdict.SILENT,
        "nothing new since 21 November 2025",
    ),
    "for sale": (
        {"/": page("samplewalker.org", "This domain is for sale. Buy this domain for £900.")},
        Verdict.PARKED,
        "for sale",
    ),
    "for sale in its title": (
        {"/": page("samplewalker.org.uk is for sale", "Make an offer today.")},
        Verdict.PARKED,
        "for sale",
    ),
    "a seller's script": (
        {"/": page("Walks", head='<script src="https://img.sedoparking.com/x.js"></script>')},
        Verdict.PARKED,
        "for sale",
    ),
    "expired": (
        {"/": page("Oops", "This domain name has expired. Renew it at your registrar.")},
        Verdict.PARKED,
        "for sale",
    ),
    "a server without a site": (
        {"/": page("Welcome to nginx!", "The web server is installed and works. Configure it.")},
        Verdict.PARKED,
        "there is nothing on it",
    ),
    "a casino": ({"/": page("Best Casino 2026", CASINO)}, Verdict.CHANGED, "Best Casino 2026"),
    "a casino with the old name": (
        {"/": page("Sample Walker – casino slots bonus", f"Sample Walker. {CASINO}")},
        Verdict.CHANGED,
        "somebody else",
    ),
    "a casino in Indonesian": (
        {"/": page("Situs Judi Slot Gacor", f"Daftar togel dan slot. {WORDS}", lang="id")},
        Verdict.CHANGED,
        "somebody else",
    ),
    "a shop": (
        {"/": page("Cheap trainers", "Trainers and boots at half price. " * 9)},
        Verdict.CHANGED,
        "does not mention",
    ),
    "moved to a casino": (
        {"/": leads_to("OTHER/play"), "/play": page("Play Casino", CASINO)},
        Verdict.CHANGED,
        "somebody else",
    ),
}  # fmt: skip
