"""One subscriber, and the list of all of them."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterable, Iterator
from enum import StrEnum

from wardblog.office.subscribers.address import address_key
from wardblog.support.late_dataclass import dataclass

# Letters that are not mistaken for one another. Without digits, no program reads a number.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
TOKEN_LENGTH = 20


class SubscriberState(StrEnum):
    """What a subscriber asked for; only `CONFIRMED` receives the newsletter."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """An address, and why it may be written to.

    `consent` is the wording that was agreed to, `date` the day of the last change of the state, and
    `message_id` that of the message that changed it. `token` is known only to us and to whoever
    reads the mail at the address. `asked` is the day on which the last request to confirm was sent,
    and `reason` why the address was set aside.
    """

    address: str
    state: SubscriberState
    date: datetime.date
    consent: str = ""
    message_id: str = ""
    token: str = ""
    asked: datetime.date | None = None
    reason: str = ""


class SubscriberList:
    """All subscribers; each address is in it once, however it is written."""

    def __init__(self, subscribers: Iterable[Subscriber] = ()) -> None:
        self._by_key = {address_key(one.address): one for one in subscribers}

    def __iter__(self) -> Iterator[Subscriber]:
        """All of them, by address."""
        return iter([self._by_key[key] for key in sorted(self._by_key)])

    def __len__(self) -> int:
        return len(self._by_key)

    def get(self, address: str) -> Subscriber | None:
        return self._by_key.get(address_key(address))

    def put(self, subscriber: Subscriber) -> None:
        """Add a subscriber, or replace the one with the same address."""
        self._by_key[address_key(subscriber.address)] = subscriber

    def remove(self, address: str) -> None:
        del self._by_key[address_key(address)]

    def with_token(self, tokens: Iterable[str]) -> Subscriber | None:
        """The subscriber to whom one of the tokens was given."""
        given = frozenset(tokens)
        return next((one for one in self if one.token and one.token in given), None)

    def in_state(self, state: SubscriberState) -> list[Subscriber]:
        return [one for one in self if one.state is state]


def new_token() -> str:
    """Return 90 random bits as letters."""
    return "".join(secrets.choice(_LETTERS) for _ in range(TOKEN_LENGTH))
