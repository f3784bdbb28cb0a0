"""Finds questions to residents that ask for special category data, or promise too much.

Whom people vote for, what they believe, their health and so on are special category data (UK GDPR,
article 9); names and addresses are more than a count needs. And nobody can promise that an answer
by e-mail is anonymous: it has the address of its sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.model import Post
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex

_POLITICS = late_regex(
    r"\b(?:(?:which|what) (?:political )?party\b(?! (?:wall|game|food|bag)s?\b)"
    r"|political part(?:y|ies)"
    r"|(?:who|whom|how) (?:do|did|would|will|are|have) you (?:\w+ ){0,3}?vot(?:e|ed|ing)\b"
    r"|voting intentions?|your (?:politics|political (?:views?|opinions?|beliefs?))"
    r"|(?:pa|ba) blaid\b|(?:i|dros) bwy (?:\w+ ){0,3}?(?:pleidlais|bleidlais)\w*)",
    re.IGNORECASE,
)
_PARTY = late_regex(
    r"(?:the )?(?:labour|conservatives?|tory|tories|(?:liberal|lib) dem(?:ocrat)?s?|greens?"
    r"|reform(?: uk)?|plaid(?: cymru)?|snp|llafur|ceidwadwyr|dup|sinn f[eé]in|sdlp|ukip)"
    r"(?: party)?",
    re.IGNORECASE,
)
_BELIEFS = late_regex(
    r"\b(?:your (?:\w+ ){0,2}?(?:religion|faith|beliefs?|ethnic\w*|race|nationality|sexuality"
    r"|sexual orientation|gender identity|health|medical \w+|disabilit\w+|illness|diagnos\w+"
    r"|trade union|union membership)"
    r"|are you (?:a |an )?(?:\w+ )?(?:disabled|muslim|christian|jewish|hindu|sikh|gay|lesbian"
    r"|bisexual|trans(?:gender)?|ill|pregnant|union member)\b"
    r"|eich (?:crefydd|iechyd|ethnigrwydd|anabledd|hil)\b)",
    re.IGNORECASE,
)
_DETAILS = late_regex(
    r"\b(?:your (?:(?:full|home|own|e-?mail|(?:tele)?phone|mobile|house) ){0,2}"
    r"(?:names?|address(?:es)?|e-?mail|(?:tele)?phone|mobile|number|date of birth|birthday|age"
    r"|salary|income)\b|how old are you\b|where (?:exactly )?do you live\b"
    r"|eich (?:enw|cyfeiriad|oedran|rhif ff[oô]n)\b)",
    re.IGNORECASE,
)
_ANSWERS = r"(?:answers?|repl(?:y|ies)|responses?|responding|survey|atebion|ateb)"
_HIDDEN = (
    r"(?<!not )(?<!n't )(?<!n’t )"
    r"(?:anonymous(?:ly)?|anonymity|dd?ienw)"
)
_PROMISE = late_regex(
    rf"\b{_ANSWERS}\b[^.!?\n]{{0,60}}\b{_HIDDEN}\b|\b{_HIDDEN}\b[^.!?\n]{{0,40}}\b{_ANSWERS}\b"
    r"|\b(?:nobody|no ?one) (?:will|can|would) (?:ever )?(?:know|see|find out)"
    r" (?:who|how|what) you",
    re.IGNORECASE,
)
_KINDS = (
    (
        _POLITICS,
        "this question asks for political opinions",
        "Ask what should be done, not whom people support: the law protects that most strictly.",
    ),
    (
        _BELIEFS,
        "this question asks about beliefs or health",
        "Ask what people need, not what they are: the law protects that most strictly.",
    ),
    (
        _DETAILS,
        "this question asks for personal details, which nobody needs to count answers",
        "Ask only what should be decided.",
    ),
)
_ALLOW = "If you must ask, write at the top: Allow: sensitive-question because ... (your reason)"


def sensitive(post: Post) -> Iterator[Problem]:
    """The problems of a post that asks a question, each kind once."""
    asked = {"Question": post.question, "Answer": "\n".join(a.words for a in post.answers)}
    for pattern, message, hint in _KINDS:
        key = next((key for key, words in asked.items() if pattern.search(words)), None)
        if key is None and pattern is _POLITICS and _are_parties(post):
            key = "Answer"
        if key:
            yield _problem(post, post.line_of(key), message, f"{hint} {_ALLOW}")
    promised = _PROMISE.search("\n".join((*asked.values(), post.decides, post.text)))
    if promised:
        words = " ".join(promised[0].split())
        yield _problem(
            post,
            post.line_with(promised[0]) or post.line_of("Question"),
            f'"{words}" promises more than e-mail can keep: each message has the address of its '
            "sender",
            "Say what is done with the answers instead: they are counted, and nobody is named.",
        )


def _are_parties(post: Post) -> bool:
    """Whether at least two answers are names of parties: one alone may be a colour."""
    return (
        sum(_PARTY.fullmatch(answer.words.strip(" .")) is not None for answer in post.answers) > 1
    )


def _problem(post: Post, line: int | None, message: str, hint: str) -> Problem:
    return Problem(file=post.file, line=line, message=message, hint=hint)
