"""The tests of photographs encode each of them."""

from __future__ import annotations

import pytest

from made_once import ENCODE
from wardblog.photos import make


@pytest.fixture(autouse=True)
def _encoded_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "_saved", ENCODE)
