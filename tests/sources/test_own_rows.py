"""What the councillor added to, changed in or removed from the gazetteer."""

from __future__ import annotations

import pytest

from wardblog.sources.own_rows import merged_gazetteer

HEAD = "kind,name,lat,lon\n"
ELAND, LAVENDER = (
    "street,Eland Road,51.46000,-0.16000\n",
    "street,Lavender Hill,51.46500,-0.16300\n",
)
DEPOT = "place,The depot,51.46400,-0.16200\n"
NEW_LAVENDER = "street,Lavender Hill,51.46510,-0.16310\n"  # 13 metres further
MINE = "street,Lavender Hill,51.46900,-0.16300\n"  # 440 metres further


def merge(new: str, old: str | None, fetched: str | None) -> tuple[str, list[str], list[str]]:
    def data(rows: str | None) -> bytes | None:
        return None if rows is None else (HEAD + rows).encode()

    merged = merged_gazetteer(data(new) or b"", data(old), data(fetched), "data/gazetteer.csv")
    left_out = [row.name for row in merged.left_out]
    return merged.data.decode().removeprefix(HEAD), [row.name for row in merged.own], left_out


@pytest.mark.parametrize(
    ("new", "old", "fetched", "result", "own", "left_out"),
    [
        (ELAND, None, None, ELAND, [], []),
        (ELAND, ELAND, ELAND, ELAND, [], []),
        (ELAND, ELAND + LAVENDER, ELAND + LAVENDER, ELAND, [], []),
        (ELAND + NEW_LAVENDER, ELAND + LAVENDER, ELAND + LAVENDER, ELAND + NEW_LAVENDER, [], []),
        (ELAND, ELAND + DEPOT, ELAND, ELAND + DEPOT, ["The depot"], []),
        (ELAND + NEW_LAVENDER, ELAND, ELAND + LAVENDER, ELAND, [], ["Lavender Hill"]),
        (ELAND + DEPOT, DEPOT + ELAND, ELAND, ELAND + DEPOT, ["The depot"], []),
        (ELAND, ELAND + LAVENDER, None, ELAND + LAVENDER, ["Lavender Hill"], []),
        (ELAND + NEW_LAVENDER, ELAND + LAVENDER, None, ELAND + NEW_LAVENDER, [], []),
        (ELAND + LAVENDER, ELAND + MINE, None, ELAND + LAVENDER + MINE, ["Lavender Hill"], []),
        (ELAND, ELAND + DEPOT, "", ELAND + DEPOT, ["The depot"], []),
    ],
    ids=["first-time", "same", "removed-street", "moved-a-little", "own-row", "own-removal",
         "own-row-now-known", "no-record", "no-record-moved", "no-record-far", "empty-record"],
)  # fmt: skip
def test_what_is_the_councillors_stays(
    new: str, old: str | None, fetched: str | None, result: str, own: list[str],
    left_out: list[str],
) -> None:  # fmt: skip
    assert merge(new, old, fetched) == (result, own, left_out)


def test_a_spreadsheet_program_changes_nothing_by_saving() -> None:
    old = (HEAD + ELAND).replace("51.46000", "51.46").replace("\n", "\r\n")
    merged = merged_gazetteer(
        (HEAD + ELAND).encode(), b"\xef\xbb\xbf" + old.encode(), (HEAD + ELAND).encode(), "a.csv"
    )
    assert (merged.own, merged.data.decode()) == ((), HEAD + ELAND)


def test_nor_does_one_that_writes_semicolons_and_decimal_commas() -> None:
    old = (HEAD + ELAND).replace(",", ";").replace(".", ",")
    merged = merged_gazetteer((HEAD + ELAND).encode(), old.encode(), (HEAD + ELAND).encode(), "a")
    assert (merged.own, merged.data.decode()) == ((), HEAD + ELAND)
