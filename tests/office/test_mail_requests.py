"""What messages ask for, and what they change in the list of subscribers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import count
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardblog.office.subscribers.address import parse_address
from wardblog.office.subscribers.changes import MailChanges, apply_requests
from wardblog.office.subscribers.mail import ReceivedMail
from wardblog.office.subscribers.mail_text import text_of_html
from wardblog.office.subscribers.memory import MailMemory
from wardblog.office.subscribers.requests import RequestKind, request_in
from wardblog.office.subscribers.subscriber import (
    Subscriber,
    SubscriberList,
    SubscriberState,
    new_token,
)
from wardblog.report import ParseError

TODAY = date(2026, 11, 22)
ANN = "ann@example.org"
TOKEN = "abcdefghjkmnpqrstuvw"  # noqa: S105 - a test's
_NUMBERS = count(1)
OWN = frozenset(("news@ward.example.org",))
PROGRAM, ROBOT = {"auto-submitted": "auto-generated"}, {"auto-submitted": "auto-replied"}
OUTLOOK = """\
Thank you for this.

From: Your councillors <news@ward.example.org>
Sent: 22 November 2026 09:00
Subject: News of December

Stop the newsletter
"""


def mail(
    subject: str = "",
    text: str = "",
    sender: str = ANN,
    day: int = 0,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> ReceivedMail:
    """A message that arrives after all others on its day."""
    number = next(_NUMBERS)
    return ReceivedMail(
        uid=number,
        sender=sender,
        subject=subject,
        text=text,
        message_id=f"<{number}@example.org>",
        received=datetime(2026, 11, 22, 9, tzinfo=UTC) + timedelta(days=day, seconds=number),
        headers={name: (value,) for name, value in headers.items()},
    )


def kind(message: ReceivedMail) -> str:
    request = request_in(message, OWN)
    return request.kind.name if request else ""


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("Join the newsletter", "", "JOIN"),
        ("JOIN THE NEWSLETTER!", "", "JOIN"),
        ("Re: Join the newsletter", "", "JOIN"),
        ("", "Hello, please join the newsletter\n-- \nAnn", "JOIN"),
        ("Hello", "I would like to join the newsletter, thanks.", "JOIN"),
        ("Fwd: Join the newsletter", "Look at this", ""),
        ("How do I join the newsletter of the library?", "", "UNCLEAR"),
        ("Hello", "> Join the newsletter\n", ""),
        ("Stop the newsletter", "", "STOP"),
        ("Re: Stop the newsletter", "", "STOP"),
        ("AW: Stop the newsletter", "", "STOP"),
        ("“Stop the newsletter”", "", "STOP"),
        ("Re: News of December", "Please stop the newsletter. Thank you!", "STOP"),
        ("unsubscribe", "", "STOP"),
        ("Re: News of December", "STOP\n\nOn 1 December, we wrote:\n> News", "STOP"),
        ("Re: News of December", OUTLOOK, ""),
        ("Re: News of December", "Lovely!\n\n> Stop the newsletter\n", ""),
        ("Fw: News of December", "Stop the newsletter", "STOP"),
        ("Please do not stop the newsletter", "", "UNCLEAR"),
        ("Why did you stop the newsletter?", "", "UNCLEAR"),
        (f"Re: Please confirm that you want our newsletter ({TOKEN})", "", "ANSWER"),
        (f"Re: Please confirm ({TOKEN})", "Stop the newsletter", "STOP"),
        (f"Re: Please confirm ({TOKEN})", "No thanks.", "STOP"),
        ("Re: Please confirm", f"yes\n> ({TOKEN.upper()})", "ANSWER"),
        ("Street light", "It is dark.", ""),
    ],
)
def test_requests_are_recognised(subject: str, text: str, expected: str) -> None:
    assert kind(mail(subject, text)) == expected


@pytest.mark.parametrize("subject", ["Join the newsletter", "Stop the newsletter"])
@pytest.mark.parametrize(
    "headers",
    [
        {"auto-submitted": "auto-replied"},
        {"auto-submitted": "auto-replied (vacation)"},
        {"x-autoreply": "yes"},
        {"precedence": "auto_reply"},
        {"return-path": "<>"},
        {"content-type": "multipart/report; report-type=delivery-status"},
        {"list-id": "<talk.example.org>"},
    ],
)
def test_programs_and_mailing_lists_are_ignored(subject: str, headers: dict[str, str]) -> None:
    assert kind(mail(subject)) == subject.split()[0].upper()
    assert kind(mail(subject, headers=headers)) == ""


def test_a_mail_program_may_ask_to_stop_for_its_reader() -> None:
    """As List-Unsubscribe lets it; but nothing else that a program sends by itself counts."""
    assert kind(mail("Stop the newsletter", headers=PROGRAM)) == "STOP"
    assert kind(mail("Join the newsletter", headers=PROGRAM)) == ""
    assert kind(mail(f"Re: confirm {TOKEN}", headers={"precedence": "bulk"})) == ""


@pytest.mark.parametrize(
    "sender", ["", "News@ward.example.org", "not an address", "a@b", "x@y.z\n"]
)
def test_who_cannot_be_answered_is_ignored(sender: str) -> None:
    assert kind(mail("Join the newsletter", sender=sender)) == ""


def test_quotations_in_html_are_not_read() -> None:
    html = "<p>Thanks!</p><blockquote><p>Stop the newsletter</p></blockquote>"
    assert kind(mail("Re: News", text_of_html(html))) == ""
    assert kind(mail("Re: News", text_of_html("<div>Stop the<br>x</div>"))) == ""
    assert kind(mail("Re: News", text_of_html(f"<p>Stop the newsletter</p>{html}"))) == "STOP"


@pytest.mark.parametrize(
    "subject",
    ["Stop the newsletter - Jane", "[EXTERNAL] Stop the newsletter",
     "Re: Stop the newsletter, Jane",
     "Stop sending me this", "STOP EMAILS"],
)  # fmt: skip
def test_people_stop_in_their_own_way(subject: str) -> None:
    assert kind(mail(subject)) == "STOP"


def test_a_longer_word_is_not_ours() -> None:
    assert kind(mail("Stop the newsletters of the council from being so dull, please")) == "UNCLEAR"


@pytest.mark.parametrize(
    "text",
    ["I did not ask for this!", "No, I do not want this", "Do not send me this newsletter",
     "Please delete my address", "I am away until Monday", "Who are you?", "word " * 30],
)  # fmt: skip
def test_a_protest_is_no_consent(text: str, office: Office) -> None:
    office.add(SubscriberState.ASKED, asked=TODAY)
    changes = office.receive(mail(f"Re: Please confirm [{TOKEN}]", text))
    assert (office.state(), changes.joined) == (SubscriberState.ASKED, [])
    assert len(changes.unclear) == 1


@pytest.mark.parametrize("text", ["", "Yes please!", "Jane Smith", "> quoted\n> not wanted"])
def test_an_answer_that_only_answers_confirms(text: str, office: Office) -> None:
    office.add(SubscriberState.ASKED, asked=TODAY)
    office.receive(mail(f"Re: Please confirm [{TOKEN}]", text))
    assert office.state() is SubscriberState.CONFIRMED


def test_who_takes_a_request_back_is_not_asked_by_the_next_run(office: Office) -> None:
    bob = mail("Join the newsletter", sender="bob@example.org")
    messages = (bob, mail("Join the newsletter"), mail("Stop the newsletter"))
    assert list(office.receive(*messages).to_ask) == ["bob@example.org"]
    assert list(office.receive(*messages).to_ask) == ["bob@example.org"]


class Office:
    """The list, what is remembered, and the day."""

    def __init__(self) -> None:
        self.subscribers, self.memory = SubscriberList(), MailMemory()

    def receive(self, *messages: ReceivedMail, day: int = 0) -> MailChanges:
        requests = [r for m in messages if (r := request_in(m, OWN))]
        today = TODAY + timedelta(days=day)
        return apply_requests(requests, self.subscribers, self.memory, today)

    def add(
        self,
        state: SubscriberState,
        address: str = ANN,
        asked: date | None = None,
        token: str = TOKEN,
    ) -> Subscriber:
        subscriber = Subscriber(
            address=address, state=state, date=TODAY, token=token, asked=asked, message_id="<0@x>"
        )
        self.subscribers.put(subscriber)
        return subscriber

    def state(self, address: str = ANN) -> SubscriberState | None:
        found = self.subscribers.get(address)
        return found.state if found else None


@pytest.fixture
def office() -> Office:
    return Office()


def test_one_person_is_asked_once_however_often_she_writes(office: Office) -> None:
    changes = office.receive(*(mail("Join the newsletter") for _ in range(5)))
    assert list(changes.to_ask) == [ANN]
    assert len(changes.open_mail) == 1


def test_a_request_stays_open_until_it_is_answered(office: Office) -> None:
    request = mail("Join the newsletter")
    assert office.receive(request).to_ask
    assert office.receive(request).to_ask
    office.memory.handle(request)
    assert not office.receive(request).to_ask


def test_nobody_is_asked_twice_in_a_week(office: Office) -> None:
    office.add(SubscriberState.ASKED, asked=TODAY)
    assert not office.receive(mail("Join the newsletter"), day=6).to_ask
    assert office.receive(mail("Join the newsletter"), day=7).to_ask


def test_who_stopped_and_joins_again_waits_for_the_rest_of_the_week(office: Office) -> None:
    office.add(SubscriberState.STOPPED, asked=TODAY)
    request = mail("Join the newsletter")
    assert list(office.receive(request, day=3).waiting) == [ANN]
    assert list(office.receive(request, day=8).to_ask) == [ANN]


def test_a_run_asks_a_hundred_and_keeps_the_rest(office: Office) -> None:
    changes = office.receive(
        *(mail("Join the newsletter", sender=f"p{i}@example.org") for i in range(120))
    )
    assert (len(changes.to_ask), len(changes.waiting)) == (100, 20)


def test_only_the_token_from_the_same_address_confirms(office: Office) -> None:
    office.add(SubscriberState.ASKED, asked=TODAY)
    office.receive(mail(f"Re: confirm {new_token()}"))
    changes = office.receive(mail(f"Re: confirm {TOKEN}", sender="eve@example.org"))
    assert [request.address for request in changes.strangers] == ["eve@example.org"]
    assert office.state() is SubscriberState.ASKED
    assert office.receive(mail(f"Re: confirm {TOKEN}", sender="Ann@Example.org")).joined == [ANN]
    assert office.state() is SubscriberState.CONFIRMED


@pytest.mark.parametrize("state", [SubscriberState.STOPPED, SubscriberState.SET_ASIDE])
def test_an_old_token_brings_nobody_back(state: SubscriberState, office: Office) -> None:
    office.add(state)
    office.receive(mail(f"Re: confirm {TOKEN}"))
    assert office.state() is state


def test_the_last_of_several_messages_counts(office: Office) -> None:
    office.add(SubscriberState.CONFIRMED)
    changes = office.receive(mail("Stop the newsletter"), mail("Join the newsletter"))
    assert office.state() is SubscriberState.STOPPED
    assert list(changes.to_ask) == [ANN]
    changes = office.receive(mail("Join the newsletter"), mail("Stop the newsletter"))
    assert changes.to_ask == {}


def test_whoever_has_a_token_can_stop_from_another_address(office: Office) -> None:
    office.add(SubscriberState.CONFIRMED)
    changes = office.receive(mail("Stop the newsletter", TOKEN, sender="other@example.org"))
    assert changes.stopped == [ANN]
    assert office.state() is SubscriberState.STOPPED


def test_who_was_never_in_the_list_can_stop_as_well(office: Office) -> None:
    office.receive(mail("Stop the newsletter"))
    assert office.state() is SubscriberState.STOPPED


def test_one_word_of_a_stranger_is_not_kept(office: Office) -> None:
    office.receive(mail("The bus stop", "Stop.\nIt is broken."))
    assert len(office.subscribers) == 0
    office.add(SubscriberState.CONFIRMED)
    office.receive(mail("Re: News", "Stop."))
    assert office.state() is SubscriberState.STOPPED


def test_a_request_whose_answer_may_not_have_been_sent_is_answered_after_a_week(
    office: Office,
) -> None:
    """The list was saved, and the command was killed before it sent the message."""
    request = mail("Join the newsletter")
    office.subscribers.put(
        Subscriber(
            address=ANN, state=SubscriberState.ASKED, date=TODAY, asked=TODAY,
            message_id=request.message_id,
        )
    )  # fmt: skip
    assert list(office.receive(request, day=3).waiting) == [ANN]
    assert list(office.receive(request, day=7).to_ask) == [ANN]


def test_a_request_that_nobody_confirms_is_deleted_after_a_month(office: Office) -> None:
    office.add(SubscriberState.ASKED, asked=TODAY)
    assert office.receive(day=30).expired == 0
    assert office.receive(day=31).expired == 1
    assert office.state() is None


def test_messages_from_before_somebody_was_forgotten_are_not_read(office: Office) -> None:
    office.memory.forget(ANN, datetime(2026, 11, 24, tzinfo=UTC))
    assert not office.receive(mail("Join the newsletter")).to_ask
    assert office.receive(mail("Join the newsletter", day=3)).to_ask


def test_a_subscriber_who_writes_about_the_newsletter_is_named(office: Office) -> None:
    office.add(SubscriberState.CONFIRMED)
    changes = office.receive(mail("No more newsletters for me"))
    assert [request.kind for request in changes.unclear] == [RequestKind.UNCLEAR]
    assert office.state() is SubscriberState.CONFIRMED


PEOPLE = (ANN, "bob@example.org", "eve@example.org")
ACTIONS = st.tuples(
    st.sampled_from(("join", "answer", "stop", "guess", "steal", "robot")),
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    st.integers(0, 9),
)


@given(st.lists(ACTIONS, max_size=30))
def test_only_who_asked_and_then_answered_receives_the_newsletter(
    actions: list[tuple[str, str, str, int]],
) -> None:
    """Whatever is sent by whom, in whatever order, over days; everybody is asked who can be."""
    office = Office()
    agreed: set[str] = set()
    day = 0
    for action, person, other, days in actions:
        day += days
        own, theirs = (office.subscribers.get(one) for one in (person, other))
        tokens = [one.token if one else new_token() for one in (own, theirs)]
        written = {
            "join": mail("Join the newsletter", sender=person, day=day),
            "answer": mail(f"Re: confirm {tokens[0]}", sender=person, day=day),
            "stop": mail("Stop the newsletter", sender=person, day=day),
            "guess": mail(f"Re: confirm {new_token()}", sender=person, day=day),
            "steal": mail(f"Re: confirm {tokens[1]}", sender=person, day=day),
            "robot": mail(f"Re: {tokens[0]}", sender=person, day=day, headers=ROBOT),
        }[action]
        was_asked = own is not None and own.state is SubscriberState.ASKED
        changes = office.receive(written, day=day)
        if (
            was_asked
            and office.state(person) is not None
            and (action == "answer" or (action == "steal" and person == other))
        ):
            agreed.add(person)
        elif action == "stop":
            agreed.discard(person)
        for address in changes.to_ask:
            office.add(SubscriberState.ASKED, address, TODAY + timedelta(days=day), new_token())
        confirmed = {one.address for one in office.subscribers.in_state(SubscriberState.CONFIRMED)}
        assert confirmed == agreed


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ann@example.org", "ann@example.org"),
        (" Ann.O'Neil+news@EXAMPLE.org\t", "Ann.O'Neil+news@example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("a@b.co.uk", "a@b.co.uk"),
    ],
)
def test_addresses_are_read(written: str, address: str) -> None:
    assert parse_address(written) == address


@pytest.mark.parametrize(
    "written",
    ["", "ann", "ann@", "@example.org", "ann@example", "ann@example.org\nBcc: eve@example.org",
     "ann@example.org\r", "ann\0@example.org", "a b@example.org", "ann@exa mple.org",
     "ann,bob@example.org", "<ann@example.org>", "ann@example.org,bob@example.org",
     "a@b@example.org", ".ann@example.org", "ann.@example.org", "an..n@example.org",
     "ann@-example.org", "ann@127.0.0.1", "ann@[127.0.0.1]", "=cmd@example.org", "+ann@example.org",
     "jürgen@example.org", f"{'a' * 65}@example.org",
     f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 63}.org",
     '"ann"@example.org', "ann@example.org;x"],
)  # fmt: skip
def test_what_is_not_an_address_is_refused_and_not_quoted(written: str) -> None:
    with pytest.raises(ParseError) as error:
        parse_address(written)
    assert "example" not in error.value.message
