"""Code-Point Open is fetched once for each of its editions, and only whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.services import POSTCODES, Asked, Reply, Services, as_json, code_point_zip, running
from wardblog.sources.answers import Answers
from wardblog.sources.ask import FetchError
from wardblog.sources.code_point import find_postcode
from wardblog.sources.fetch import Fetcher
from wardblog.sources.os_downloads import code_point

LISTING = "/os/products/CodePointOpen/downloads?area=GB&format=CSV"


@pytest.fixture(autouse=True)
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    with running() as found:
        for name, address in found.addresses.items():
            monkeypatch.setenv(name, address)
        yield found


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    return Fetcher(Answers(tmp_path), sleep=lambda _: None)


def forget_the_listing(folder: Path) -> None:
    for path in folder.iterdir():
        if path.suffix != ".zip":
            path.unlink()


def test_it_is_fetched_once_for_each_edition(
    services: Services, fetcher: Fetcher, tmp_path: Path
) -> None:
    path = code_point(fetcher)
    row = find_postcode(path, "sw11 5jy")
    assert row
    assert (row.postcode, row.ward) == ("SW11 5JY", "E05014020")
    assert [asked.address for asked in services.asked] == [
        LISTING, f"{LISTING}&redirect=", "/os/files/codepo_gb.zip"
    ]  # fmt: skip
    forget_the_listing(tmp_path)
    assert code_point(fetcher) == path
    assert [asked.address for asked in services.asked[3:]] == [LISTING]
    forget_the_listing(tmp_path)
    services.postcodes = code_point_zip({**POSTCODES, "SW117NN": POSTCODES["SW115JY"]})
    assert find_postcode(code_point(fetcher), "SW11 7NN")
    assert len(services.asked) == 7
    assert not path.exists()


def test_a_damaged_file_is_fetched_again_and_never_kept(
    services: Services, fetcher: Fetcher, tmp_path: Path
) -> None:
    whole = services.postcodes
    page = Reply(b"<!DOCTYPE html><html>Log in</html>")
    listed = services.reply(Asked("os", "", {}, ""), "products/CodePointOpen/downloads")
    services.replies["os"] = [
        listed, Reply(whole[:-9] + b"x" * 9), Reply(whole[:-9]), Reply(whole + b"x")
    ]  # fmt: skip
    with pytest.raises(FetchError, match="arrived damaged"):
        code_point(fetcher)
    services.replies["os"] = [page]
    with pytest.raises(FetchError, match="sent a web page instead of data"):
        code_point(fetcher)
    assert list(tmp_path.glob("*.zip")) == []
    assert code_point(fetcher).read_bytes() == whole


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ([], "lists no postcodes"),
        ({"code": 404}, "lists no postcodes"),
        ([{"area": "GB", "format": "CSV", "url": 3}], 'at another address, "3", which'),
        ([{"area": "GB", "format": "CSV", "url": "http://127.0.0.1:9/x"}], "127.0.0.1:9"),
    ],
)
def test_a_listing_of_another_form_is_a_sentence(
    answer: object, said: str, services: Services, fetcher: Fetcher
) -> None:
    services.replies["os"] = [as_json(answer)]
    with pytest.raises(FetchError, match=said) as failed:
        code_point(fetcher)
    assert failed.value.hint
