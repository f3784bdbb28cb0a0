"""Setting values in ward.toml: the value is read back, and every other byte stays."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import ROOT
from wardblog.content.toml.edit import with_strings
from wardblog.problems import CommandError

CHANGES = {("ward", "name"): "Lavender", ("ward", "code"): "E05014021", ("map", "base"): "b.json"}
BASE = 'base = "b.json"\n'
WORDS = "words = [\n  'a',\n]\n"
SAMPLE = (ROOT / "content" / "ward.toml").read_bytes()


def edited(text: str, changes: dict[tuple[str, str], str] | None = None) -> str:
    return with_strings(text.encode(), changes or CHANGES, "ward.toml").decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '[ward]\nname = "Balham"   # ours\n\n[map]\ntiles = "ask"\n',
            '[ward]\nname = "Lavender" # ours\ncode = "E05014021"\n\n[map]\ntiles = "ask"\n' + BASE,
        ),
        (
            "[ward]\r\nname='Balham'\r\n[map]\r\n",
            '[ward]\r\nname="Lavender"\r\ncode = "E05014021"\r\n[map]\r\nbase = "b.json"\r\n',
        ),
        (
            '[ward]\nname = "Balham"',
            '[ward]\nname = "Lavender"\ncode = "E05014021"\n\n[map]\nbase = "b.json"\n',
        ),
        (
            f"[map] # where\n[ward]\nname = “Balham”\n{WORDS}",
            f'[map] # where\n{BASE}[ward]\nname = "Lavender"\n{WORDS}code = "E05014021"\n',
        ),
        (
            '[[ward]]\nname = "Balham" \n#[map]\n',
            f'[[ward]]\nname = "Lavender" \ncode = "E05014021"\n#[map]\n\n[map]\n{BASE}',
        ),
    ],
    ids=["comment", "crlf", "no-table", "list-and-curly-marks", "double-brackets"],
)
def test_a_value_is_set_and_the_rest_stays(before: str, after: str) -> None:
    assert edited(before) == after
    assert edited(after) == after


def test_the_sample_keeps_every_other_line() -> None:
    new = with_strings(SAMPLE, CHANGES, "ward.toml").decode().splitlines()
    old = SAMPLE.decode().splitlines()
    gone, added = (
        [line.partition("#")[0].rstrip() for line in lines if line not in others]
        for lines, others in ((old, new), (new, old))
    )
    assert gone == ['name = "Shaftesbury"', 'base = "data/basemap.geojson"']
    assert added == ['name = "Lavender"', 'code = "E05014021"', 'base = "b.json"']


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "cp1252"], ids=["mark", "utf-16", "windows"]
)
def test_the_encoding_stays(encoding: str) -> None:
    text = '[ward]\nname = "Môn"\n'
    data = with_strings(text.encode(encoding), {("map", "by"): "© Ynys Môn"}, "ward.toml")
    assert data == f'{text}\n[map]\nby = "© Ynys Môn"\n'.encode(encoding)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'ward.name = "a" # ours\n',
            'ward.name = "Lavender" # ours\nward.code = "E05014021"\n\n[map]\n' + BASE,
        ),
        (
            '[ward]\nname = """a\nb"""\n',
            f'[ward]\nname = "Lavender"\ncode = "E05014021"\n\n[map]\n{BASE}',
        ),
        (
            'ward = { name = "a" }\nmap = {}\n',
            'ward = { name = "Lavender", code = "E05014021" }\nmap = { base = "b.json" }\n',
        ),
    ],
    ids=["dotted", "several-lines", "inline"],
)
def test_a_table_is_edited_in_each_form_that_toml_has(before: str, after: str) -> None:
    assert edited(before) == after
    assert edited(after) == after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[ward]\nname = "a\n', "ward.toml:2: "),
        ('map = "a"\n', "base in [map] is written in a way that only you can change"),
    ],
    ids=["broken", "no-table"],
)
def test_what_cannot_be_edited_is_refused_with_what_to_write(text: str, said: str) -> None:
    with pytest.raises(CommandError) as refused:
        edited(text, {("map", "base"): "b.json"})
    assert said in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize("mark", ["\u202e", "\x85", "\u2028", "\u200b", "\x7f", "\U000e0001"])
def test_a_mark_that_nobody_sees_is_written_as_a_number(mark: str) -> None:
    found = edited('[ward]\nname = "x"\n', {("ward", "name"): f"a{mark}b"})
    assert mark not in found
    assert tomllib.loads(found)["ward"]["name"] == f"a{mark}b"


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    with pytest.raises(CommandError, match='the character "ŵ" cannot be saved'):
        with_strings("[ward]\nname = 'Môn'\n".encode("cp1252"), {("ward", "name"): "ŵ"}, "a")


@given(
    value=st.text(st.characters(codec="utf-8"), max_size=20),
    comment=st.sampled_from(["", " # a", '# "b"', "\t#c"]),
    old=st.sampled_from(['"x"', "'x # y'", '"a \\" b"', '""']),
)
def test_any_value_is_read_back(value: str, comment: str, old: str) -> None:
    text = f'[site]\ntitle = "t"\n[ward]\nname = {old}{comment}\n[[councillor]]\nname = "c"\n'
    value = "".join(c for c in value if c not in "\u2028\u2029")
    new = edited(text, {("ward", "name"): value, ("map", "base"): value})
    read = tomllib.loads(new)
    assert (read["ward"]["name"], read["map"]["base"]) == (value, value)
    assert read["councillor"] == [{"name": "c"}]
