"""Forgets a person completely."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from wardblog.office.journal import forget_in_journals
from wardblog.office.subscribers.memory import load_memory, save_memory
from wardblog.office.subscribers.store import SUBSCRIBERS_FILE, load_subscribers, save_subscribers
from wardblog.problems import UsageError, did_you_mean, display_path
from wardblog.support.late_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ForgottenPerson:
    """From how many journals of newsletters the address was taken out."""

    journals: int


def forget_person(private: Path, address: str, moment: datetime) -> ForgottenPerson:
    """Delete an address from the list and the journals; raises `UsageError` if nobody has it.

    A digest remains, so that older messages in the mailbox and older lists do not bring it back.
    """
    subscribers = load_subscribers(private)
    known = subscribers.get(address)
    memory = load_memory(private)
    memory.forget(address, moment)
    save_memory(private, memory)
    journals = forget_in_journals(private, address)
    if known is not None:
        subscribers.remove(known.address)
        save_subscribers(private, subscribers)
    elif not journals:
        where = display_path(private / SUBSCRIBERS_FILE)
        raise UsageError(
            f"{address} is not in {where} or in any journal, so there was nothing to delete",
            did_you_mean(
                address,
                [one.address for one in subscribers],
                "Messages that this address has sent so far will not be read.",
            ),
        )
    return ForgottenPerson(journals)
