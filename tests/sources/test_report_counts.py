"""Counts of reports, from FixMyStreet's feeds and tables and from Open311."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sources.council_answers import (
    CANARY,
    HTML,
    NOWHERE_NEAR,
    ON_ELAND_ROAD,
    ON_HEATHWALL,
    OUTSIDE,
    TODAY,
    reports_feed,
    request,
    requests_json,
    serving,
    small_site,
    source,
)
from sources.services import Reply
from wardblog.model import DataSource, Site
from wardblog.places.grids import Grid, to_degrees
from wardblog.problems import UsageError
from wardblog.report import ParseError
from wardblog.sources.ask import FetchError
from wardblog.sources.regular import fixmystreet, open311
from wardblog.sources.regular.source import Fetched

WARD_FEED = "https://www.fixmystreet.com/rss/reports/Wandsworth/Shaftesbury"
RSS = source("fixmystreet", WARD_FEED)
API = source("open311", "https://www.fixmystreet.com/open311/v2", jurisdiction="fixmystreet.com")
OPEN_REPORTS = reports_feed(
    (1, "Street lighting", ON_ELAND_ROAD),
    (2, "Street lighting", ON_ELAND_ROAD),
    (3, "Flytipping &amp;amp; rubbish", ON_HEATHWALL),
    (4, "Dog fouling", ON_ELAND_ROAD),
    (5, "Potholes", NOWHERE_NEAR),
    (6, "Potholes", OUTSIDE),
    (7, "Potholes", None),
)
FIXED_REPORTS = reports_feed((8, "Street lighting", ON_ELAND_ROAD))


def of_feeds(*answers: bytes, own: DataSource = RSS, site: Site | None = None) -> Fetched:
    return fixmystreet.read(answers, own, site or small_site(), TODAY)


def of_api(*requests: dict[str, object]) -> Fetched:
    return open311.read([requests_json(*requests)], API, small_site(), TODAY)


def rows(fetched: Fetched) -> list[tuple[str, ...]]:
    """Category, street, state and number of each count that is not 0."""
    (table,) = fetched.tables
    assert all(len(row) == len(table.columns) for row in table.rows)
    return [
        (*row[:2], state, count)
        for row in table.rows
        for state, count in zip(table.columns[2:], row[2:], strict=True)
        if state != "link" and count != "0"
    ]


def test_reports_are_counted_by_category_street_and_state() -> None:
    found = of_feeds(OPEN_REPORTS, FIXED_REPORTS)
    assert rows(found) == [
        ("Dog fouling", "", "open", "1"),  # a sensitive category has no street
        ("Flytipping & rubbish", "Heathwall Street", "open", "1"),
        ("Potholes", "", "open", "1"),  # it has no position, but is in the ward's feed
        ("Potholes", "Elsewhere", "open", "1"),
        ("Street lighting", "Eland Road", "open", "2"),
        ("Street lighting", "Eland Road", "closed", "1"),
    ]
    assert found.left_out == ("1 report is outside the ward",)
    table = found.tables[0]
    assert (table.stem, table.has_places) == ("fixmystreet-street-reports", False)
    assert table.columns == ("category", "street", "open", "closed", "link")
    assert table.rows[-1][:4] == ("Street lighting", "Eland Road", "2", "1")


def test_links_lead_to_all_reports_of_a_category_and_never_to_one() -> None:
    table = of_feeds(OPEN_REPORTS).tables[0]
    page = "https://www.fixmystreet.com/reports/Wandsworth/Shaftesbury"
    assert table.source_url == page
    assert table.rows[0][-1] == f"{page}?filter_category=Dog+fouling"
    assert "/report/" not in repr(table)


def test_nobody_and_no_word_of_a_reporter_comes_through() -> None:
    staff = staff_table(("Potholes", ON_ELAND_ROAD, "", ""))
    for found in (
        of_feeds(OPEN_REPORTS, FIXED_REPORTS),
        of_feeds(staff),
        of_api(request(1, "Potholes", ON_ELAND_ROAD, "2026-11-20")),
    ):
        assert found.tables
        assert CANARY not in repr(found)
        assert "51.46" not in repr(found)


def test_a_sensitive_issue_has_no_streets_at_all() -> None:
    found = of_feeds(OPEN_REPORTS, own=source("fixmystreet", WARD_FEED, "dog-fouling"))
    assert {street for _, street, _, _ in rows(found)} == {""}


@pytest.mark.parametrize(
    "category",
    [CANARY, "My neighbour shouts at me every night", "Call 07700 900123", "x" * 80, ""],
)
def test_a_category_that_is_a_text_or_a_name_becomes_other(category: str) -> None:
    assert rows(of_feeds(reports_feed((1, category, ON_ELAND_ROAD)))) == [
        ("Other", "Eland Road", "not known", "1")
    ]


def test_the_same_reports_in_both_feeds_have_no_known_state() -> None:
    assert {state for _, _, state, _ in rows(of_feeds(OPEN_REPORTS, OPEN_REPORTS))} == {"not known"}


def test_the_state_in_the_address_counts_for_its_only_feed() -> None:
    own = source("fixmystreet", f"{WARD_FEED}?state=fixed")
    assert {state for _, _, state, _ in rows(of_feeds(OPEN_REPORTS, own=own))} == {"closed"}


def test_a_full_feed_says_that_it_is_not_all() -> None:
    full = reports_feed(*((n, "Potholes", ON_ELAND_ROAD) for n in range(20)))
    found = of_feeds(full)
    assert rows(found) == [("Potholes", "Eland Road", "not known", "20")]
    assert found.left_out == (
        "a feed of FixMyStreet has only the newest 20 reports, so these are not all",
    )
    assert found.tables[0].title == "The newest reports on FixMyStreet, at most 20 of each state"


def test_a_feed_of_a_whole_council_is_cut_to_the_ward() -> None:
    own = source("fixmystreet", "https://www.fixmystreet.com/rss/reports/Wandsworth")
    found = of_feeds(OPEN_REPORTS, own=own)
    assert found.left_out == ("1 report is outside the ward", "1 report has no position")
    assert ("Potholes", "", "not known", "1") not in rows(found)


def test_without_reports_there_is_no_table_and_a_sentence() -> None:
    found = of_feeds(reports_feed(), reports_feed())
    assert found.tables == ()
    assert found.left_out == ("FixMyStreet has no reports in the ward just now",)


def test_a_feed_around_a_point_links_to_the_map_there() -> None:
    own = source("fixmystreet", "https://www.fixmystreet.com/rss/l/51.4650,-0.1600/1?state=open")
    table = of_feeds(reports_feed((1, "Potholes", ON_ELAND_ROAD), (2, "Potholes", None)), own=own)
    page = "https://www.fixmystreet.com/around?lat=51.4650&lon=-0.1600"
    assert table.tables[0].rows == (
        ("Potholes", "Eland Road", "1", "0", f"{page}&filter_category=Potholes"),
    )
    assert table.left_out == ("1 report has no position",)


def test_the_order_of_the_answer_does_not_matter() -> None:
    turned = reports_feed(
        (5, "Potholes", NOWHERE_NEAR), (3, "Flytipping", ON_HEATHWALL), (1, "Lights", ON_ELAND_ROAD)
    )
    straight = reports_feed(
        (1, "Lights", ON_ELAND_ROAD), (3, "Flytipping", ON_HEATHWALL), (5, "Potholes", NOWHERE_NEAR)
    )
    assert of_feeds(turned) == of_feeds(straight)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (HTML, "this is a web page instead of data"),
        (OPEN_REPORTS[:600], "the answer is cut off, or is not XML"),
        (b"<feed/>", "this is not a feed of FixMyStreet"),
        (b"Name,Age\nx,1\n", 'this table has no column "Category"'),
        (
            b"Category,Age\nx,1\n",
            "this table has no columns with positions, such as Easting and Northing",
        ),
    ],
)
def test_what_is_no_answer_is_refused_in_one_sentence(answer: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        of_feeds(answer)
    assert caught.value.message == message
    assert caught.value.hint


def test_without_an_outline_nothing_is_counted() -> None:
    site = small_site()
    bare = replace(site, ward=replace(site.ward, boundary=None))
    with pytest.raises(UsageError, match=r"^The outline of the ward is not known yet"):
        of_feeds(OPEN_REPORTS, site=bare)


def staff_table(*reports: tuple[str, tuple[float, float], str, str]) -> bytes:
    """The table that staff can download: with names, details and positions."""
    header = (
        "Report ID,Title,Detail,User Name,Category,Created,Acknowledged,Fixed,Closed,Status,"
        "Latitude,Longitude,Query,Ward,Easting,Northing,Report URL"
    )
    lines = [header]
    for number, (category, (latitude, longitude), fixed, closed) in enumerate(reports):
        lines.append(
            f'{number},{CANARY},"{CANARY}, {CANARY}",{CANARY},{category},2026-11-01,,{fixed},'
            f"{closed},{'fixed' if fixed else 'confirmed'},{latitude},{longitude},{CANARY},"
            f"Shaftesbury,527700,175400,https://www.fixmystreet.com/report/{number}"
        )
    return "\n".join(lines).encode()


def test_a_table_for_staff_is_counted_without_its_names() -> None:
    found = of_feeds(
        staff_table(
            ("Potholes", ON_ELAND_ROAD, "", ""),
            ("Potholes", ON_ELAND_ROAD, "2026-11-03", ""),
            ("Potholes", OUTSIDE, "", ""),
        )
        + b"\n9,T,D,N,Potholes,2026-11-01,,,,confirmed,,,q,Shaftesbury,,,"
    )
    assert found.tables[0].stem == "fixmystreet-all-street-reports"
    assert found.left_out == ("1 report is outside the ward", "1 report has no position")
    assert rows(found) == [
        ("Potholes", "Eland Road", "open", "1"),
        ("Potholes", "Eland Road", "closed", "1"),
    ]


def test_a_table_with_grid_positions_and_days_instead_of_states() -> None:
    header = "User Name;Detail;Ward;Category;Easting;Northing;Acknowledged;Fixed;Closed"
    east, north = 527_800, 175_440
    latitude, longitude = to_degrees(Grid.BRITISH, [east], [north])[0]
    assert 51.46 < latitude < 51.47
    assert -0.17 < longitude < -0.15
    table = f"{header}\r\n{CANARY};{CANARY};x;Lights;{east};{north};;;03/11/2026\r\n".encode()
    assert rows(of_feeds(table))[0][::2] == ("Lights", "closed")


def test_five_thousand_rows_are_counted() -> None:
    table = staff_table(*(("Potholes", ON_ELAND_ROAD, "", "") for _ in range(5000)))
    assert rows(of_feeds(table)) == [("Potholes", "Eland Road", "open", "5000")]


def test_both_states_are_asked_for_unless_the_address_has_one(tmp_path: Path) -> None:
    answers = {"open": OPEN_REPORTS, "fixed": FIXED_REPORTS}
    with serving(lambda _, fields: Reply(answers[fields["state"]])) as server:
        own = source("fixmystreet", f"{server.base}/rss/reports/Wandsworth/Shaftesbury")
        fetcher = server.fetcher(tmp_path)
        both = fixmystreet.fetch(own, small_site(), TODAY, fetcher)
        assert both == (OPEN_REPORTS, FIXED_REPORTS)
        own = replace(own, url=f"{own.url}?state=open")
        assert fixmystreet.fetch(own, small_site(), TODAY, fetcher) == (OPEN_REPORTS,)
    assert [fields for _, fields in server.asked] == [
        {"state": "open"}, {"state": "fixed"}, {"state": "open"}
    ]  # fmt: skip


# Open311.


def test_requests_are_counted_once_and_only_those_of_the_last_months() -> None:
    found = open311.read(
        [
            requests_json(
                request(1, "Flytipping", ON_ELAND_ROAD, "2026-11-20"),
                request(2, "Flytipping", ON_ELAND_ROAD, "2026-11-19", "closed"),
                request(3, "Flytipping", OUTSIDE, "2026-11-19"),
                request(4, "Flytipping", None, "2026-11-19"),
            ),
            requests_json(
                request(2, "Flytipping", ON_ELAND_ROAD, "2026-11-19", "closed"),
                request(5, "Flytipping", ON_ELAND_ROAD, "2026-08-31"),
                request(6, "Flytipping", ON_ELAND_ROAD, "2026-09-01"),
            ),
        ],
        API,
        small_site(),
        TODAY,
    )
    assert rows(found) == [
        ("Flytipping", "Eland Road", "open", "2"),
        ("Flytipping", "Eland Road", "closed", "1"),
    ]
    assert found.left_out == ("1 report has no position",)
    assert found.tables[0].columns == ("category", "street", "open", "closed")
    assert found.tables[0].source_url == "https://www.fixmystreet.com/"


def test_a_category_that_is_encoded_twice_is_plain() -> None:
    found = of_api(request(1, "Litter &amp;amp; bins", ON_ELAND_ROAD, "2026-11-20"))
    assert rows(found)[0][0] == "Litter & bins"


def test_a_list_without_a_name_is_read_as_well() -> None:
    answer = requests_json(request(1, "Lamp", ON_ELAND_ROAD, "2026-11-20"))
    bare = answer.removeprefix(b'{"service_requests": ').removesuffix(b"}")
    assert open311.read([bare], API, small_site(), TODAY) == open311.read(
        [answer], API, small_site(), TODAY
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (HTML, "this is a web page instead of data"),
        (b'{"service_requests": [{"lat', "the answer is cut off"),
        (b'{"errors": "no jurisdiction"}', "this is not an answer from Open311"),
        (b"oops", "the answer is not JSON"),
        (b"", "the answer is empty"),
    ],
)
def test_what_is_not_of_open311_is_refused(answer: bytes, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        open311.read([answer], API, small_site(), TODAY)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "change",
    [{"lat": "nan"}, {"lat": "999"}, {"lat": []}, {"status": None}, {"service_name": None},
     {"requested_datetime": "never"}, {"requested_datetime": None}, {"service_request_id": None}],
)  # fmt: skip
def test_strange_values_do_no_harm(change: dict[str, object]) -> None:
    odd = {**request(1, "Lamp", ON_ELAND_ROAD, "2026-11-20"), **change}
    found = of_api(odd, request(2, "Lamp", ON_ELAND_ROAD, "2026-11-20"))
    assert CANARY not in repr(found)
    assert sum(int(count) for *_, count in rows(found)) in (1, 2)


def test_a_full_answer_is_followed_by_one_with_an_earlier_last_day(tmp_path: Path) -> None:
    newest = [request(n, "Lamp", ON_ELAND_ROAD, "2026-11-10") for n in range(1000)]
    older = [request(n, "Lamp", ON_ELAND_ROAD, "2026-10-10") for n in range(990, 1010)]
    pages = {"2026-11-30": newest, "2026-11-11": older}
    with serving(lambda _, f: Reply(requests_json(*pages[f["end_date"]]))) as server:
        own = replace(API, url=f"{server.base}/open311/v2?agency_responsible=7")
        answers = open311.fetch(own, small_site(), TODAY, server.fetcher(tmp_path))
    assert [f["start_date"] for _, f in server.asked] == ["2026-09-01", "2026-09-01"]
    assert {f["jurisdiction_id"] for _, f in server.asked} == {"fixmystreet.com"}
    assert {f["agency_responsible"] for _, f in server.asked} == {"7"}
    found = open311.read(answers, own, small_site(), TODAY)
    assert rows(found) == [("Lamp", "Eland Road", "open", "1010")]


def test_a_service_that_never_ends_is_left_after_some_answers(tmp_path: Path) -> None:
    same = requests_json(*(request(n, "Lamp", ON_ELAND_ROAD, "2026-11-28") for n in range(1000)))
    with serving(lambda *_: Reply(same)) as server:
        own = replace(API, url=server.base)
        answers = open311.fetch(own, small_site(), TODAY, server.fetcher(tmp_path))
    assert len(answers) == len(server.asked) == 20
    found = open311.read(answers, own, small_site(), TODAY)
    assert "those before 28 November 2026 are not counted" in found.left_out[0]


def test_without_a_jurisdiction_nothing_is_asked(tmp_path: Path) -> None:
    with serving(lambda *_: Reply()) as server, pytest.raises(ParseError) as caught:
        open311.fetch(source("open311", server.base, line=12), small_site(), TODAY,
                      server.fetcher(tmp_path))  # fmt: skip
    assert 'line 12 of ward.toml has no "jurisdiction"' in caught.value.message
    assert server.asked == []


def test_an_error_as_a_page_is_a_plain_sentence(tmp_path: Path) -> None:
    with serving(lambda *_: Reply(HTML)) as server, pytest.raises(FetchError) as caught:
        open311.fetch(replace(API, url=server.base), small_site(), TODAY, server.fetcher(tmp_path))
    assert str(caught.value).startswith("127.0.0.1:")
    assert "this is a web page instead of data" in str(caught.value)
