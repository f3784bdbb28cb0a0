"""What residents' mail programs do: write, answer, and ask to stop."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import formatdate, make_msgid

from office.mail_servers import NEWS


def letter(sender: str, subject: str, body: str = "", *, html: str = "", **headers: str) -> bytes:
    """A message to the newsletter's address; `In_Reply_To=` becomes a header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = NEWS
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="mail.example.net")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content(body or "\n")
    return message.as_bytes()


def answer(sender: str, received: bytes, words: str = "") -> bytes:
    """The answer to a message, with the text quoted below, as most programs write it."""
    original = email.message_from_bytes(received, policy=default)
    assert isinstance(original, EmailMessage)
    body = original.get_body(("plain",))
    assert body is not None
    quoted = "".join(f"> {line}\n" for line in body.get_content().splitlines())
    text = f"{words}\n\nOn Sunday, the councillors wrote:\n{quoted}"
    message_id = str(original["Message-ID"])
    return letter(
        sender, f"Re: {original['Subject']}", text, In_Reply_To=message_id, References=message_id
    )
