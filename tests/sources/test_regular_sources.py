"""The parts of `make fetch`: words, states, the page of meetings, raw answers and pace."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from sources.regular_server import (
    GOOD,
    Answer,
    RegularServer,
    Request,
    csv_answer,
    csv_row,
    planit_answer,
    planit_record,
    serving,
)
from support import SQUARE, TODAY, WARD, read_fine, write_files
from wardblog.content.events import parse_event
from wardblog.content.write import values_in
from wardblog.model import DataSource, Event, Site
from wardblog.model.events import LONDON
from wardblog.problems import CommandError
from wardblog.report import ParseError
from wardblog.scaffold.application_post import application_draft
from wardblog.scaffold.year_on_year import Draft
from wardblog.sources.answers import Answers, Validators
from wardblog.sources.ask import Ask, FetchError
from wardblog.sources.fetch import Fetcher
from wardblog.sources.pace import Pace
from wardblog.sources.regular import memory, planit
from wardblog.sources.regular.data_sets import csv_bytes, refuse_unreadable
from wardblog.sources.regular.kinds import KINDS
from wardblog.sources.regular.meetings_page import PAGE, MeetingsOf, event_line, planned_page
from wardblog.sources.regular.memory import Proposals
from wardblog.sources.regular.public_words import (
    day_of,
    naming_somebody,
    plain_words,
    web_link,
    without_postcode,
)
from wardblog.sources.regular.raw_answers import RawAnswers, raw_folder
from wardblog.sources.regular.run import collect
from wardblog.sources.regular.state_changes import meaning_of
from wardblog.sources.services import REGULAR_SERVICES, Service, service_at

LINK = "https://democracy.example.org/ieListDocuments.aspx?CId=1&MId={}"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Caf&amp;eacute; &amp;amp; bakery", "Café & bakery"),
        ("CafÃ© on  the\n corner", "Café on the corner"),
        ("<b>Two</b> <script>alert(1)</script>flats", "Two alert(1) flats"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("\u202eright to left", "right to left"),
        (None, ""),
        (7, ""),
        ("word " * 200, f"{'word ' * 119}word…"),
    ],
)
def test_words_become_one_plain_line(written: object, plain: str) -> None:
    assert plain_words(written) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Loft conversion for Mr Quillfeather",
        "LOFT CONVERSION FOR MRS QUILLFEATHER",
        "Extension, on behalf of Quillfeather",
        "Applicant: Quillfeather. New porch",
        "Agent - Quillfeather Partners",
        "New porch c/o Quillfeather",
        "Objection from Quillfeather about light",
        "New porch. Call 020 7946 0999",
        "New porch (quill@example.net)",
        "Rear extension for Hannah Robinson",
        "Case officer: Q. Feather",
    ],
)
def test_a_text_that_names_somebody_is_found(text: str) -> None:
    assert naming_somebody([text]) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Erection of a single-storey rear extension at 12 Eland Road",
        "Change of use from estate agent to café",
        "Alterations to St Mary's Church",
        "Works to two lime trees (T1, T2) in Dorothy Road",
        "ERECTION OF MANSARD ROOF EXTENSION TO FLAT 2",
        "Details of condition 4 (materials) of application 2026/0123",
        "Non-material amendment to 2025/4567 dated 3 March 2026",
        "Display of internally illuminated fascia sign",
    ],
)
def test_ordinary_descriptions_are_kept(text: str) -> None:
    assert naming_somebody([text]) == [False]


@pytest.mark.parametrize(
    ("address", "is_named"),
    [
        ("12 Eland Road, London", False),
        ("Flat 2, St John's Court, 14 Victoria Road", False),
        ("JOHN LEWIS BUILDING, 5 OXFORD STREET", False),
        ("Mr Quillfeather, 12 Eland Road", True),
        ("12 Eland Road (Mrs Quillfeather)", True),
        ("Hannah Robinson, 12 Eland Road", True),
    ],
)
def test_addresses_with_people_are_found(address: str, is_named: bool) -> None:
    assert naming_somebody([address], are_addresses=True) == [is_named]


def test_a_postcode_is_left_out() -> None:
    assert without_postcode("12 Eland Road, London, SW11 5JY") == "12 Eland Road, London"
    assert without_postcode("12 Eland Road, SW11 5JY, Battersea") == "12 Eland Road, Battersea"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-03", date(2026, 11, 3)),
        ("2026-11-03T23:59:59Z", date(2026, 11, 3)),
        ("3/11/2026", date(2026, 11, 3)),
        ("03.11.26", date(2026, 11, 3)),
        ("Tue 3 Nov 2026", date(2026, 11, 3)),
        ("Tuesday, 3 November 2026 00:00", date(2026, 11, 3)),
        ("20261103", date(2026, 11, 3)),
        ("31/02/2026", None),
        ("0001-01-01", None),
        ("1900-01-01", None),
        ("11/2026", None),
        ("", None),
        (20261103, None),
    ],
)
def test_days_are_read_as_councils_write_them(written: object, day: date | None) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    ("link", "is_kept"),
    [
        ("https://planning.example.org/a?id=1&amp;b=2", True),
        ("http://planning.example.org/", True),
        ("javascript:alert(1)", False),
        ("https://user:pass@planning.example.org/", False),
        ("https://planning.example.org/?mail=quill@example.net", False),
        ("https://planning.example.org/<script>", False),
        ("https://[broken", False),
        ("/relative", False),
        (None, False),
    ],
)
def test_only_plain_links_are_published(link: object, is_kept: bool) -> None:
    assert bool(web_link(link)) == is_kept


@pytest.mark.parametrize(
    ("state", "meaning"),
    [
        ("Permitted", "granted"),
        ("Permitted with conditions", "conditions"),
        ("Refused", "refused"),
        ("Undecided", "undecided"),
        ("Pending Consideration", "undecided"),
        ("Registered", "undecided"),
        ("Granted subject to conditions", "conditions"),
        ("Approve with Conditions", "conditions"),
        ("Approved", "granted"),
        ("Refuse Planning Permission", "refused"),
        ("Application Withdrawn", "withdrawn"),
        ("Prior Approval Not Required", "prior approval not required"),
        ("Appeal dismissed", "appeal dismissed"),
        ("Not permitted", "not permitted"),
        ("Other", "unclear"),
        ("", "unclear"),
    ],
)
def test_states_are_understood_in_the_words_of_councils(state: str, meaning: str) -> None:
    assert meaning_of(state) == meaning


def meeting(
    number: int, when: str = "2026-12-01 19:00", words: str = "Planning committee"
) -> Event:
    return parse_event(f"{when} | {words} | Town hall | {LINK.format(number)}")


class Council:
    """The page of meetings from one run to the next."""

    def __init__(self) -> None:
        self.page: bytes | None = None
        self.known: dict[str, dict[str, str]] = {}

    def publishes(self, *meetings: Event, today: date = TODAY) -> list[str]:
        found = MeetingsOf(key="moderngov-1", credit="[x](https://x/)", meetings=meetings)
        data, notes = planned_page(self.page, [found], self.known, today)
        self.page = data or self.page
        return notes

    @property
    def lines(self) -> list[str]:
        return list(values_in(self.page or b"").get("Event", ()))

    def edit(self, before: str, after: str) -> None:
        assert self.page is not None
        assert before in self.page.decode()
        self.page = self.page.replace(before.encode(), after.encode())


def test_the_page_of_meetings_is_a_draft_that_can_be_read(tmp_path: Path) -> None:
    council = Council()
    council.publishes(meeting(2, "2026-12-08 18:30 - 20:00"), meeting(1), meeting(3, "2026-11-01"))
    assert council.page is not None
    assert council.page.startswith(
        b"Title: Council meetings\nSlug: council-meetings\nStatus: draft\n"
    )
    assert council.lines == [
        f"2026-12-01 19:00 | Planning committee | Town hall | {LINK.format(1)}",
        f"2026-12-08 18:30 - 20:00 | Planning committee | Town hall | {LINK.format(2)}",
    ]
    site = read_fine(tmp_path / "content", {PAGE: council.page, "ward.toml": WARD})
    (page,) = site.pages
    assert [event.link for event in page.events] == [LINK.format(1), LINK.format(2)]


def test_meetings_are_added_moved_and_cancelled() -> None:
    council = Council()
    council.publishes(meeting(1), meeting(2, "2026-12-08 18:30"))
    before = council.page
    council.publishes(meeting(2, "2026-12-08 18:30"), meeting(1))
    assert council.page == before
    council.publishes(
        replace(meeting(1), is_cancelled=True),
        meeting(2, "2026-12-09 19:00"),
        meeting(3, "2026-12-20 19:00"),
    )
    assert council.lines == [
        f"2026-12-01 19:00 | Planning committee | Town hall | {LINK.format(1)} | cancelled",
        f"2026-12-09 19:00 | Planning committee | Town hall | {LINK.format(2)}",
        f"2026-12-20 19:00 | Planning committee | Town hall | {LINK.format(3)}",
    ]


def test_what_the_councillor_wrote_on_the_page_stays() -> None:
    council = Council()
    council.publishes(meeting(1), meeting(2, "2026-12-08 18:30"))
    council.edit("Status: draft\n", "")
    council.edit("19:00 | Planning committee | Town hall", "19:00 | The depot flats | Room 123")
    council.edit(
        f"Event: 2026-12-08 18:30 | Planning committee | Town hall | {LINK.format(2)}\n",
        "Event: 2026-12-03 18:00 | Our own meeting\n",
    )
    edited = council.page
    council.publishes(meeting(1), meeting(2, "2026-12-08 18:30"))
    assert council.page == edited
    council.publishes(meeting(1, "2026-12-02 19:30"), meeting(2, "2026-12-08 18:30"))
    assert council.lines == [
        f"2026-12-02 19:30 | The depot flats | Room 123 | {LINK.format(1)}",
        "2026-12-03 18:00 | Our own meeting",
    ]


def test_two_sources_list_a_meeting_once() -> None:
    council = Council()
    plain = parse_event("2026-12-01 19:00 - 21:00 | planning Committee")
    other = parse_event("2026-12-01 19:00 | Planning committee | https://other.example.org/1")
    further = meeting(5, "2026-12-09")
    sources = [
        MeetingsOf(key="calendar-1", credit="[y](https://y/)", meetings=(plain,)),
        MeetingsOf(key="moderngov-1", credit="[x](https://x/)", meetings=(meeting(1),)),
        MeetingsOf(key="feed-1", credit="[z](https://z/)", meetings=(other, further)),
    ]
    first, _ = planned_page(None, sources, council.known, TODAY)
    assert first is not None
    assert values_in(first)["Event"] == (
        f"2026-12-01 19:00 | Planning committee | Town hall | {LINK.format(1)}",
        f"2026-12-09 | Planning committee | Town hall | {LINK.format(5)}",
    )
    assert planned_page(first, sources, council.known, TODAY) == (None, [])
    assert planned_page(first, sources[::-1], council.known, TODAY) == (None, [])
    later = [sources[1]]
    known: dict[str, dict[str, str]] = {}
    page, _ = planned_page(None, later, known, TODAY)
    again, _ = planned_page(page, sources, known, TODAY)
    assert planned_page(again or page, sources, known, TODAY) == (None, [])


def test_meetings_with_one_link_or_one_name_are_told_apart() -> None:
    council = Council()
    shared = "https://democracy.example.org/calendar"
    meetings = [
        parse_event(f"2026-12-0{day} {hour}:00 | Licensing | {shared}")
        for day in (1, 2)
        for hour in (10, 14)
    ]
    council.publishes(*meetings)
    first = council.page
    assert len(council.lines) == 4
    council.publishes(*reversed(meetings))
    assert council.page == first
    council.publishes(*meetings[1:], replace(meetings[0], is_cancelled=True))
    assert [line.endswith("cancelled") for line in council.lines] == [True, False, False, False]
    # Only one is left, whose link is then its own.
    before = council.page
    assert len(council.publishes(meetings[3])) == 2
    assert council.page == before
    without_links = [replace(meeting, link="") for meeting in meetings]
    plain = Council()
    plain.publishes(*without_links)
    first = plain.page
    plain.publishes(*without_links)
    assert (plain.page, len(plain.lines)) == (first, 4)


def random_meeting(chance: random.Random) -> Event:
    """Few days, names and links, so that many of them clash."""
    day = f"2026-{chance.choice(('11', '12'))}-{chance.randint(1, 30):02}"
    hours = chance.choice(("10:00", "14:00", "19:00 - 20:30"))
    other = f" | https://a.example/{chance.randint(2, 9)}"
    link = chance.choice(("", " | https://a.example/1", other))
    more = f"{chance.choice(('', ' | Town hall'))}{link}{chance.choice(('', '', ' | cancelled'))}"
    return parse_event(f"{day} {hours} | {chance.choice(('Cabinet', 'Licensing'))}{more}")


def test_the_same_meetings_in_any_order_change_nothing() -> None:
    chance = random.Random(3)  # noqa: S311 - the same each time
    for _ in range(12):
        page: bytes | None = None
        known: dict[str, dict[str, str]] = {}
        for _ in range(4):
            found = [
                MeetingsOf(
                    key=key,
                    credit="[x](https://x/)",
                    meetings=tuple(random_meeting(chance) for _ in range(chance.randint(1, 6))),
                )
                for key in ("a", "b")
            ]
            page = planned_page(page, found, known, TODAY)[0] or page
            turned = [replace(one, meetings=one.meetings[::-1]) for one in found]
            assert page is None or planned_page(page, found, known, TODAY)[0] is None
            assert page is None or planned_page(page, turned, known, TODAY)[0] is None


def test_past_meetings_stay_and_those_that_vanish_are_reported() -> None:
    council = Council()
    council.publishes(meeting(1), meeting(2, "2026-12-08 18:30"))
    council.edit(f"{LINK.format(1)}\n", f"{LINK.format(1)} | attended\n")
    later = date(2026, 12, 2)
    before = council.page
    (note,) = council.publishes(meeting(1, "2026-12-01 20:00"), today=later)
    assert note == (
        "The council no longer lists Planning committee on Tuesday 8 December 2026. It stays on "
        'the page; if it is called off, add "| cancelled" to its line.'
    )
    assert council.page == before


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Event(start=datetime(2026, 12, 1, tzinfo=LONDON), end=None, words="Council"),
         "2026-12-01 | Council"),
        (Event(start=datetime(2026, 12, 1, 19, tzinfo=LONDON), end=None, words="A | B",
               where="cancelled?"), "2026-12-01 19:00 | A / B"),
        (Event(start=datetime(2026, 12, 1, 22, tzinfo=LONDON),
               end=datetime(2026, 12, 2, 1, tzinfo=LONDON), words="Count", is_cancelled=True),
         "2026-12-01 22:00 - 2026-12-02 01:00 | Count | cancelled"),
        (Event(start=datetime(2026, 12, 1, 19, tzinfo=LONDON), end=None, words=""), None),
        (Event(start=datetime(2026, 12, 1, 19, tzinfo=LONDON), end=None,
               words="<script>alert(1)</script>"), None),
    ],
)  # fmt: skip
def test_an_event_is_written_as_it_is_read(event: Event, line: str | None) -> None:
    assert event_line(event) == line


def test_a_damaged_memory_stops_the_command(tmp_path: Path) -> None:
    assert memory.read_proposals(tmp_path) == Proposals()
    proposals = Proposals({"2026/1": "granted"}, {"calendar-1": {"key": "line"}})
    memory.write_proposals(tmp_path, proposals)
    assert memory.read_proposals(tmp_path) == proposals
    (path,) = (tmp_path / "sources").iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(CommandError, match="is damaged, so it is not known what was proposed"):
        memory.read_proposals(tmp_path)


def test_a_bad_answer_never_replaces_a_good_one(tmp_path: Path) -> None:
    answers = RawAnswers(tmp_path / "raw")
    answers.keep("a", b"one", Validators('"1"'))
    answers.commit((b"one",), TODAY)
    later = RawAnswers(tmp_path / "raw")
    assert later.validators("a") == Validators('"1"')
    later.keep("a", b"bad", Validators('"2"'))
    again = RawAnswers(tmp_path / "raw")
    assert (again.last, again.fetched_on) == ((b"one",), TODAY)
    assert (again.as_before("a"), again.validators("a")) == (b"one", Validators('"1"'))
    again.keep("b", b"two")
    again.commit((b"two",), date(2026, 11, 23))
    assert len(list((tmp_path / "raw").glob("*.answer"))) == 1
    last = RawAnswers(tmp_path / "raw")
    assert (last.last, last.validators("a")) == ((b"two",), Validators())


def test_a_damaged_answer_is_fetched_again(tmp_path: Path) -> None:
    answers = RawAnswers(tmp_path / "raw")
    answers.keep("a", b"one", Validators('"1"'))
    answers.commit((b"one",), TODAY)
    (path,) = (tmp_path / "raw").glob("*.answer")
    path.write_bytes(b"on")
    later = RawAnswers(tmp_path / "raw")
    assert (later.last, later.as_before("a"), later.validators("a")) == ((), None, Validators())
    write_files(tmp_path / "raw", {"index.json": "{"})
    assert RawAnswers(tmp_path / "raw").last == ()


def test_the_pace_is_kept_from_one_run_to_the_next(tmp_path: Path) -> None:
    def fetcher() -> Fetcher:
        pace = Pace(tmp_path / "private/pace.json")
        return Fetcher(Answers(tmp_path / "cache"), sleep=waited.append, pace=pace)

    waited: list[float] = []
    with serving() as server:
        slow = replace(place(server), pace=60)
        ask = Ask(service=slow, path="", words="x", read=len, fields={"page": "1"})
        fetcher().fetch(ask)
        assert waited == []
        fetcher().fetch(ask)
    assert 50 < sum(waited) <= 60
    assert json.loads((tmp_path / "private/pace.json").read_bytes()).keys() == {slow.host}
    assert REGULAR_SERVICES["planit"].pace == 60


def place(server: RegularServer) -> Service:
    server.good["list"] = lambda _: b"data"
    return service_at(server.address("list"), "the council", 3)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://10.0.0.1/", "redirects to another address, 10.0.0.1, which is inside a private"),
        ("https://[fd00::1]/", "which is inside a private network"),
        ("http://169.254.169.254/latest", "which is inside a private network"),
        ("https://elsewhere.example/", "correct the address in ward.toml"),
        ("file:///etc/passwd", "redirects in a way that this software does not follow"),
    ],
)
def test_no_other_host_is_contacted(location: str, words: str, tmp_path: Path) -> None:
    with serving() as server:
        ask = Ask(service=place(server), path="", words="x", read=len, fields={})
        server.trouble = Answer(status=302, headers={"Location": location})
        with pytest.raises(FetchError) as failed:
            Fetcher(Answers(tmp_path)).fetch(ask)
    assert words in f"{failed.value} {failed.value.hint}"
    assert len(server.asked) == 1


ODD: tuple[object, ...] = (
    None, 0, -1, 1e308, True, "", [], {}, "x" * 5000, "<script>alert(1)</script>", "=1+1", "\x00",
    "\u202ea", "2026-13-45", "9999-12-31", "0000-00-00", [[[]]], {"a": {"b": 1}}, "|", "a|b",
    "\n\n", "&#0;&#x110000;", "-0.16", "1e400", 10**400, "https://a.b/<x>", "http://[::1",
    "POLYGON((0 0,1 1,0 0))", "GEOMETRYCOLLECTION EMPTY", "POINT(nan nan)", float("nan"),
)  # fmt: skip


def spoilt(value: object, chance: random.Random) -> object:
    """The value with odd ones in some of its places."""
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if chance.random() > 0.03}
        return {
            key: chance.choice(ODD) if chance.random() < 0.12 else spoilt(one, chance)
            for key, one in kept.items()
        }
    if isinstance(value, list):
        return [chance.choice(ODD) if chance.random() < 0.1 else spoilt(v, chance) for v in value]
    return value


@pytest.mark.parametrize("kind", ["planit", "planning-csv", "planning-data"])
def test_odd_answers_become_rows_that_can_be_published_or_a_sentence(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    site = site_in(tmp_path)
    source = DataSource(kind=kind, issue="planning", url="https://council.example.org/list")
    chance = random.Random(7)  # noqa: S311 - the same each time
    read = 0
    for _ in range(400 if request.config.getoption("--long") else 60):
        if kind == "planning-csv":
            rows = [{k: str(v) for k, v in spoilt_row(chance).items()} for _ in range(5)]
            answer = csv_answer(*rows)
        else:
            good = json.loads(GOOD[kind](Request("/", {"dataset": "conservation-area"}, {})))
            answer = json.dumps(spoilt(good, chance)).encode()
        if chance.random() < 0.1:
            answer = answer[: chance.randrange(len(answer))]
        try:
            fetched = KINDS[kind].load().read((answer,), source, site, TODAY)
        except (CommandError, ParseError):
            continue
        for table in fetched.tables:
            read += len(table.rows)
            if table.rows:
                refuse_unreadable(table, csv_bytes(table))
    assert read > 30


def spoilt_row(chance: random.Random) -> dict[str, object]:
    row = spoilt(csv_row(chance.randrange(9)), chance)
    assert isinstance(row, dict)
    return row


def site_in(folder: Path) -> Site:
    settings = WARD.replace('"Wandsworth"\n', '"Wandsworth"\nboundary = "data/ward.geojson"\n', 1)
    return read_fine(folder / "content", {"ward.toml": settings, "data/ward.geojson": SQUARE})


def test_an_answer_that_nobody_thought_of_shows_nothing_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> None:
        raise KeyError("Zebedee Quillfeather")

    site = site_in(tmp_path)
    monkeypatch.setattr(planit, "read", read)
    source = DataSource(kind="planit", issue="planning")
    with serving() as server:
        monkeypatch.setenv("WARD_PLANIT", server.variables["WARD_PLANIT"])
        (outcome,) = collect([source], site, tmp_path / "private")
    assert "the answer cannot be read (KeyError in test_regular_sources.py" in outcome.failure
    assert "Quillfeather" not in outcome.failure + outcome.remedy
    assert not list((tmp_path / "private").rglob("*.answer"))


def drafted(tmp_path: Path, **other: object) -> Draft:
    """A draft about an application that is in a file of the last run."""
    site = site_in(tmp_path)
    source = DataSource(kind="planit", issue="planning")
    answers = RawAnswers(raw_folder(tmp_path / "private", source))
    answers.commit((planit_answer(planit_record(7, **other)),), TODAY)
    content, private = tmp_path / "content", tmp_path / "private"
    return application_draft(content, site, private, [source], "planning:2026/0007")


def test_a_draft_never_asks_for_comments_that_are_too_late(tmp_path: Path) -> None:
    late = {"other_fields": {"consultation_end_date": "2026-11-10"}}
    draft = drafted(tmp_path, **late)
    assert [key for key, _ in draft.lines] == ["Reference", "Places"]
    assert draft.summary == "What is planned, and where to see the drawings."
    assert "Comments closed on 10 November 2026." in draft.text
    assert "[See the drawings on the council" in draft.text


def test_a_draft_about_a_decision_says_so(tmp_path: Path) -> None:
    draft = drafted(tmp_path, app_state="Conditions", decided_date="2026-11-20")
    assert "Deadline" not in dict(draft.lines)
    assert (
        "It was decided on 20 November 2026. The council lists it as: Permitted with conditions."
    ) in draft.text


def test_words_of_a_council_stay_words_in_a_draft(tmp_path: Path) -> None:
    draft = drafted(tmp_path, description="*Bold* [link](https://a.example) # heading")
    assert r"> \*Bold\* \[link\](https://a.example) # heading." in draft.text


def test_a_meeting_in_the_councillors_words_that_moves_is_named() -> None:
    plain = parse_event("2026-12-01 19:00 | Planning committee | Town hall")
    for moved in (
        replace(plain, is_cancelled=True),
        parse_event("2026-12-01 20:00 | Planning committee | Town hall"),
        parse_event("2026-12-02 19:00 | Planning committee | Town hall"),
        None,
    ):
        council = Council()
        council.publishes(plain, meeting(9, "2026-12-20"))
        council.edit("Planning committee", "Pwyllgor cynllunio")
        notes = council.publishes(*filter(None, [moved]), meeting(9, "2026-12-20"))
        assert any("is Planning committee on Tuesday 1 December 2026." in note for note in notes)
        assert council.publishes(*filter(None, [moved]), meeting(9, "2026-12-20")) == []


def test_a_meeting_whose_date_is_in_words_is_named_when_it_moves() -> None:
    council = Council()
    council.publishes(meeting(1))
    council.edit("2026-12-01 19:00", "1 December 2026 7pm (tbc)")
    (note,) = council.publishes(meeting(1, "2026-12-03 19:00"))
    assert note.startswith(f"No line of {PAGE} is Planning committee on Tuesday 1 December 2026.")
    assert "2026-12-03 19:00" in note


def test_many_meetings_are_added_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    council = Council()
    council.publishes(meeting(1))
    read = 0

    def counted(data: bytes) -> dict[str, tuple[str, ...]]:
        nonlocal read
        read += 1
        return values_in(data)

    monkeypatch.setattr("wardblog.content.write.values_in", counted)
    many = (meeting(n, "2026-12-02 19:00", f"Committee {n}") for n in range(2, 301))
    council.publishes(meeting(1), *many)
    assert len(council.lines) == 300
    assert read < 5
