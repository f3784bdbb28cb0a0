"""A name under a reply is published only if the private folder says that the person agreed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from office.canary import Canary, tags_in
from support import (
    BASE,
    EPOCH,
    ROOT,
    TODAY,
    files_of,
    mostly_long,
    run_here,
    run_pelican,
    write_files,
    write_site,
)
from wardblog.build.live import live_site
from wardblog.privacy.signatures import comparable_name, names_in_signature

POST = BASE["posts/fine.md"].replace(
    "\n\n", "\nReply: 2026-11-20 | Zoë  Núñez, Eland Road | I cross there every day.\n\n"
)
HEADER = "name,date,how\n"
AGREED = f"{HEADER}Zoë Núñez,2026-11-19,by e-mail\n"
UNKNOWN = 'a reply is signed "Zoë Núñez", and there is no record that this person agreed'
CONFIG = str(ROOT / "pelicanconf.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A councillor's folder whose one post has a signed reply."""
    write_site(tmp_path / "content", {"posts/fine.md": POST})
    return tmp_path


def consent(folder: Path, text: str | bytes, private: str = "private") -> None:
    write_files(folder / private, {"consents.csv": text})


def html(folder: Path, **variables: str) -> tuple[int, str]:
    done = run_here("html", cwd=folder, **variables)
    return done.returncode, done.stdout + done.stderr


def check(folder: Path, **variables: str) -> tuple[int, str]:
    done = run_here("check", cwd=folder, **variables)
    return done.returncode, done.stdout + done.stderr


def publish(folder: Path, **variables: str) -> tuple[int, str]:
    settings = folder / "content" / "ward.toml"
    if "[publish]" not in settings.read_text(encoding="utf-8"):
        where = f'\n[publish]\nto = "folder"\npath = "{folder / "live" / "site"}"\n'
        settings.write_text(BASE["ward.toml"] + where, encoding="utf-8")
        (folder / "live").mkdir()
    done = run_here("publish", cwd=folder, **variables)
    return done.returncode, done.stdout + done.stderr


def pelican(folder: Path, **variables: str) -> tuple[int, str]:
    words = ("content", "-s", CONFIG, "-o", "output")
    done = run_pelican(*words, cwd=folder, HOME=str(folder), **variables)
    return done.returncode, done.stdout + done.stderr


def serve(folder: Path, **variables: str) -> tuple[int, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name, value in {"SOURCE_DATE_EPOCH": EPOCH, **variables}.items():
            patch.setenv(name, value)
        site = live_site(Path(CONFIG), Path("content"), Path("output"))
        site.update()
    return bool(site.problems), site.problems


WAYS = pytest.mark.parametrize(
    "made", mostly_long((html, check, publish, pelican, serve), html, publish)
)


@WAYS
def test_every_command_stops_until_the_consent_is_recorded(
    made: Callable[..., tuple[int, str]], folder: Path
) -> None:
    status, said = made(folder)
    assert (status, UNKNOWN in said) == (1, True), said
    consent(folder, AGREED)
    status, said = made(folder)
    assert (status, UNKNOWN in said) == (0, False), said
    consent(folder, HEADER)
    status, said = made(folder)
    assert (status, UNKNOWN in said) == (1, True), "a consent can be withdrawn"


@pytest.mark.long
@WAYS
def test_the_private_folder_can_be_another(
    made: Callable[..., tuple[int, str]], folder: Path
) -> None:
    consent(folder, AGREED, "mine")
    assert made(folder)[0] == 1
    assert made(folder, PRIVATE="mine")[0] == 0


@pytest.mark.parametrize(
    "rows",
    [
        "zoe nunez,2026-11-19,by e-mail\n",
        "  ZOË   NÚÑEZ ,19/11/2026,by e-mail\n",
        "Ms Zoe\u0308 Nu\u0301n\u0303ez,19 November 2026,on paper\n",
        "Jane Doe,,\n\nZoë Núñez,2026-11-19,on paper\n",
    ],
)
def test_a_name_is_compared_as_people_write_it(rows: str, folder: Path) -> None:
    consent(folder, HEADER + rows)
    assert html(folder)[0] == 0


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + AGREED.encode(),
        AGREED.replace(",", ";").encode(),
        AGREED.encode("cp1252"),
        AGREED.replace("name,", "Name ,").encode("utf-16"),
        b"how,address,name,date\nby e-mail,1 Sample Street,zoe nunez,2026-11-19\n",
    ],
)
def test_a_spreadsheet_may_have_saved_the_list(data: bytes, folder: Path) -> None:
    consent(folder, data)
    assert html(folder)[0] == 0


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("name,date\nZoë Núñez,2026-11-19\n", 1, 'there is no column called "how"'),
        (f"{HEADER}Zoë Núñez,,by e-mail\n", 2, "this line does not say when the person agreed"),
        (f"{HEADER}Zoë Núñez,yes,by e-mail\n", 2, '"date": this is not a date'),
        (
            f"{HEADER}Zoë Núñez,2027-11-19,by e-mail\n",
            2,
            "this line says that the person agreed on 19 November 2027",
        ),
        (f"{HEADER}Zoë Núñez,2026-11-19,\n", 2, "this line does not say how the person agreed"),
        (f'{HEADER}Zoë Núñez,2026-11-19,"by\n', 2, "a quotation mark is opened on this line"),
        ("PK\x03\x04", 0, "this is a word processor or spreadsheet file"),
    ],
)
def test_a_mistake_in_the_list_is_reported(
    text: str, line: int, message: str, folder: Path
) -> None:
    consent(folder, text)
    status, said = html(folder)
    at = f"private/consents.csv:{line}: " if line else "private/consents.csv: "
    assert status == 1
    assert at + message in said
    assert UNKNOWN in said


def test_nothing_of_the_list_leaves_the_private_folder(folder: Path) -> None:
    person = Canary("co")
    others = f"{person.name},2026-11-19,{person.words}\n{person.surname},never,{person.email}\n"
    consent(
        folder,
        f"name,date,how,address\nZoe Nunez,2026-11-19,told {person.words},{person.address}\n"
        + "".join(f"{row[:-1]},{person.phone}\n" for row in others.splitlines(keepends=True)),
    )
    assert (folder / "private" / "consents.csv").read_text(encoding="utf-8").count("Quorvex") > 4
    said = [html(folder), check(folder), publish(folder), pelican(folder)]
    assert [status for status, _ in said] == [0, 0, 0, 0], said
    consent(folder, f"name,date\n{person.name},{person.words}\n")
    said += [html(folder), check(folder)]
    consent(folder, f'{HEADER}"{person.name},2026-11-19,{person.words}\n')
    said += [html(folder)]
    assert [status for status, _ in said[4:]] == [1, 1, 1]
    (folder / "said.txt").write_text("\n".join(words for _, words in said), encoding="utf-8")
    private = folder / "private"
    leaked = {
        str(path): tags_in(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and private not in path.parents
    }
    assert len(leaked) > 20
    assert not any(leaked.values())


def test_a_post_without_a_signed_reply_needs_no_list(folder: Path) -> None:
    consent(folder, "what is this?")
    text = POST.replace("Zoë  Núñez, Eland Road", "A resident of Eland Road")
    write_site(folder / "content", {"posts/fine.md": text})
    assert html(folder)[0] == 0


def test_a_signed_reply_in_a_draft_only_warns(folder: Path) -> None:
    write_site(folder / "content", {"posts/fine.md": POST.replace("\n\n", "\nStatus: draft\n\n")})
    status, said = html(folder)
    assert (status, UNKNOWN in said) == (0, True)


def test_the_list_is_not_in_what_is_built(folder: Path) -> None:
    consent(folder, AGREED)
    html(folder)
    built = files_of(folder / "output")
    assert built
    assert not [name for name in built if "consent" in name]


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("A resident of Eland Road", ()),
        ("A resident of Grant Road", ()),
        ("Two residents of Rose Street", ()),
        ("a parent at St Mary's School", ()),
        ("Chair of the residents' association", ()),
        ("The Friends of Shaftesbury Park", ()),
        ("Wandsworth Cycling Campaign", ()),
        ("Anonymous", ()),
        ("Neighbour, Victoria Road", ()),
        ("Preswylydd o Heol y Frenhines", ()),
        ("Cllr Asha Specimen", ()),
        ("Somebody who walks to school", ()),
        ("أحد سكان شارع إيلاند", ()),
        ("فاطمة حسن", ("فاطمة حسن",)),
        ("Анна Иванова", ("Анна Иванова",)),
        ("Jane Doe", ("Jane Doe",)),
        ("Jane", ("Jane",)),
        ("jane doe", ("jane doe",)),
        ("JANE DOE", ("JANE DOE",)),
        ("Jane D., Eland Road", ("Jane D.",)),
        ("Robin from Eland Road", ("Robin",)),
        ("Robin", ("Robin",)),
        ("Mrs Khan", ("Mrs Khan",)),
        ("J. Doe", ("J. Doe",)),
        ("Xyzzq Blorf", ("Xyzzq Blorf",)),
        ("Mary-Jane O'Neil (Eland Road)", ("Mary-Jane O'Neil",)),
        ("Siân Evans, Heathwall Street", ("Siân Evans",)),
        ("A resident, Jane Doe", ("Jane Doe",)),
        ("Jane Doe and John Smith", ("Jane Doe", "John Smith")),
        ("The Smith family", ("The Smith family",)),
        ("Un Jones", ("Un Jones",)),
        ("An Jones", ("An Jones",)),
        ("A Doe", ("A Doe",)),
        ("Dau Jones", ("Dau Jones",)),
        ("An Nguyen", ("An Nguyen",)),
        ("Y Jones", ("Y Jones",)),
        ("Y pennaeth", ()),
        ("Friend of the library", ()),
        ("Doctor Walker", ("Doctor Walker",)),
        ("@janedoe", ("@janedoe",)),
        ("jane_doe", ("jane_doe",)),
        ("janedoe99", ("janedoe99",)),
        ("Doctor Jones", ("Doctor Jones",)),
        ("Neighbour Jones", ("Neighbour Jones",)),
        ("Student Jane Doe", ("Jane Doe",)),
        ("Mother of two", ()),
        ("Mum of two", ()),
        ("Mum", ()),
        ("Father", ()),
        ("Pensioner", ()),
        ("Carer", ()),
        ("Student", ()),
        ("Commuter", ()),
        ("Grandparent", ()),
        ("Vicar", ()),
        ("Doctor", ()),
        ("Newcomer", ()),
        ("Landlord of the Swan", ()),
        ("Mechanic on Eland Road", ()),
        ("Retired nurse", ()),
        ("Retired Nurse", ()),
        ("A RESIDENT", ()),
        ("A Battersea Resident", ()),
        ("Resident Eland Road", ()),
        ("A Year 6 pupil", ()),
        ("Tesco", ()),
        ("Lavender Hill Traders", ()),
        ("أحد السكان", ()),
    ],
)
def test_whatever_may_be_a_name_is_one(who: str, names: tuple[str, ...]) -> None:
    assert names_in_signature(who) == names


def test_a_name_with_a_small_word_can_be_published_with_consent(folder: Path) -> None:
    content = {"posts/fine.md": POST.replace("Zoë  Núñez", "An Nguyen")}
    write_site(folder / "content", content)
    assert html(folder)[0] == 1
    consent(folder, f"{HEADER}An Nguyen,2026-11-19,by e-mail\n")
    assert html(folder)[0] == 0


def test_a_consent_counts_from_its_day(folder: Path) -> None:
    today = TODAY.isoformat()
    consent(folder, f"{HEADER}Zoë Núñez,{today},by e-mail\n")
    assert html(folder)[0] == 0


def test_names_are_the_same_without_titles_accents_and_case() -> None:
    same = ("Zoë Núñez", "ZOE  NUNEZ", "Dr. Zoe\u0308 Nunez", " ms zoe nunez")
    assert len({comparable_name(name) for name in same}) == 1
    assert comparable_name("Mary-Jane O’Neil") == comparable_name("mary-jane o'neil")
    assert comparable_name("Jane Doe") != comparable_name("Jane Roe")
