"""Works out what the messages in the mailbox change in the list of subscribers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date, timedelta

from wardblog.office.subscribers.mail import ReceivedMail
from wardblog.office.subscribers.memory import MailMemory
from wardblog.office.subscribers.requests import MailRequest, RequestKind
from wardblog.office.subscribers.subscriber import Subscriber, SubscriberList, SubscriberState
from wardblog.support.late_dataclass import dataclass

# An address is asked to confirm at most once in this time, so that no loop can begin.
BETWEEN_CONFIRMATIONS = timedelta(weeks=1)
# Who does not answer for so long is deleted.
UNANSWERED = timedelta(days=30)
# The most requests to confirm that one run sends.
MOST_CONFIRMATIONS = 100


@dataclass(slots=True, kw_only=True)
class MailChanges:
    """What changed, by address, and what is left to do.

    `to_ask` has the requests that need a message to confirm. Those in `waiting` get none yet.
    `unclear` messages have to be read by a person.
    """

    joined: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    to_ask: dict[str, MailRequest] = field(default_factory=dict)
    waiting: dict[str, MailRequest] = field(default_factory=dict)
    strangers: list[MailRequest] = field(default_factory=list)
    unclear: list[MailRequest] = field(default_factory=list)
    expired: int = 0
    # Requests to join that the same person took back.
    taken_back: list[MailRequest] = field(default_factory=list)

    @property
    def open_mail(self) -> list[ReceivedMail]:
        """The messages that have to be read again by the next run."""
        return [request.mail for request in (*self.to_ask.values(), *self.waiting.values())]


def apply_requests(
    requests: Iterable[MailRequest], subscribers: SubscriberList, memory: MailMemory, today: date
) -> MailChanges:
    """Change `subscribers` as the messages ask, in the order in which they arrived.

    Messages that were dealt with are marked in `memory`; nothing is sent and nothing is written.
    """
    changes = MailChanges()
    for request in requests:
        if memory.is_handled(request.mail):
            continue
        forgotten = memory.forgotten_at(request.address)
        is_open = False
        if forgotten is None or request.mail.received > forgotten:
            is_open = _apply(request, subscribers, changes, today)
        if not is_open:
            memory.handle(request.mail)
    for request in changes.taken_back:
        memory.handle(request.mail)
    _expire(subscribers, changes, today)
    return changes


def _apply(
    request: MailRequest, subscribers: SubscriberList, changes: MailChanges, today: date
) -> bool:
    """Apply one request; returns whether it has to be read again."""
    if request.kind is RequestKind.STOP:
        _stop(request, subscribers, changes, today)
    elif request.kind is RequestKind.ANSWER:
        _answer(request, subscribers, changes, today)
    elif request.kind is RequestKind.JOIN:
        return _join(request, subscribers, changes, today)
    elif subscribers.get(request.address):
        changes.unclear.append(request)
    return False


def _stop(
    request: MailRequest, subscribers: SubscriberList, changes: MailChanges, today: date
) -> None:
    """Stop for the sender, and for whoever was given a token in the message.

    An address that was never in the list is kept as well, so that no import can add it.
    """
    found = (subscribers.with_token(request.tokens), subscribers.get(request.address))
    addresses = dict.fromkeys(one.address for one in found if one is not None)
    if not addresses and not request.in_full:
        return  # a word such as "stop", from somebody who writes about something else
    for address in addresses or (request.address,):
        before = subscribers.get(address)
        known = before or Subscriber(address=address, state=SubscriberState.STOPPED, date=today)
        if before is None or before.state is not SubscriberState.STOPPED:
            changes.stopped.append(address)
        subscribers.put(
            replace(
                known,
                state=SubscriberState.STOPPED,
                date=today,
                message_id=request.mail.message_id,
                token="",
                reason="",
            )
        )
        for requests in (changes.to_ask, changes.waiting):
            if (request_before := requests.pop(address, None)) is not None:
                changes.taken_back.append(request_before)
        if address in changes.joined:
            changes.joined.remove(address)


def _join(
    request: MailRequest, subscribers: SubscriberList, changes: MailChanges, today: date
) -> bool:
    current = subscribers.get(request.address)
    if current is None or current.asked is None or today - current.asked >= BETWEEN_CONFIRMATIONS:
        if current is not None and current.state is SubscriberState.CONFIRMED:
            return False
        address = current.address if current else request.address
        queue = changes.to_ask if len(changes.to_ask) < MOST_CONFIRMATIONS else changes.waiting
        known = address in changes.to_ask or address in changes.waiting
        if not known:
            queue[address] = request
        return not known
    if current.state is SubscriberState.CONFIRMED:
        return False
    # The first request is read again: its message to confirm may not have been sent.
    is_asked = current.state is SubscriberState.ASKED
    if is_asked and current.message_id != request.mail.message_id:
        return False
    changes.waiting.setdefault(current.address, request)
    return True


def _answer(
    request: MailRequest, subscribers: SubscriberList, changes: MailChanges, today: date
) -> None:
    current = subscribers.get(request.address)
    if current and current.state is SubscriberState.ASKED and current.token in request.tokens:
        subscribers.put(
            replace(
                current,
                state=SubscriberState.CONFIRMED,
                date=today,
                message_id=request.mail.message_id,
            )
        )
        changes.joined.append(current.address)
        changes.waiting.pop(current.address, None)
        return
    owner = subscribers.with_token(request.tokens)
    if owner and owner.state is SubscriberState.ASKED:
        changes.strangers.append(request)


def _expire(subscribers: SubscriberList, changes: MailChanges, today: date) -> None:
    for one in subscribers.in_state(SubscriberState.ASKED):
        if one.asked is not None and today - one.asked > UNANSWERED:
            subscribers.remove(one.address)
            changes.expired += 1
