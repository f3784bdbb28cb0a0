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

_PARTIES = (
    r"(?:labour|conservatives?|tory|tories|(?:liberal|lib) dem(?:ocrat)?s?|greens?|reform(?: uk)?"
    r"|plaid(?: cymru)?|snp|llafur|ceidwadwyr|dup|sinn f[eé]in|sdlp|ukip)"
)
_POLLING_DAY = r"(?:\d|may\b|(?:mon|tues|wednes|thurs|fri)day\b|(?:poll|elect)\w+ day)"
_POLITICS = late_regex(
    r"\b(?:(?:which|what) (?:political )?party\b(?! (?:wall|game|food|bag)s?\b)"
    r"(?![^?\n]*\b(?:street part|picnic|tea part|garden part|barbecue|disco|dance)\w*)"
    r"|political part(?:y|ies)"
    r"|(?:who|whom) (?:do|did|would|will|are|have) you (?:\w+ ){0,3}?vot(?:e|ed|ing)\b"
    r"|how (?:do|did|would|will|are|have) you (?:\w+ ){0,3}?vot(?:e|ed|ing)\b"
    rf"(?! (?:on|about|for|between)\b(?! {_POLLING_DAY}))"
    rf"|vot(?:e|ed|ing) (?:for (?:me|us|the {_PARTIES}|{_PARTIES})\b|{_PARTIES}\b(?! \w+s\b)"
    r"|remain\b|leave\b|brexit\b)"
    r"|vot(?:e|ed|ing) (?:in|at) (?:the|this|that|any) (?:\w+ ){0,3}(?:election|referendum|poll)\b"
    r"|(?:count|rely) on (?:your|you for your) (?:vote|support)\b"
    r"|(?:which|what) (?:councillor|candidate|politician|leader|mp)s? (?:do|did|would|will) you\b"
    rf"|{_PARTIES} (?:party|supporters?|voters?|candidates?|government|councillors?|activists?)\b"
    r"|voting intentions?|your (?:politics|political (?:views?|opinions?|beliefs?))"
    r"|(?:pa|ba) blaid\b|(?:i|dros) bwy (?:\w+ ){0,3}?(?:pleidlais|bleidlais)\w*)",
    re.IGNORECASE,
)
# Parties by their names alone, which in small letters are other things.
_NAMED = late_regex(
    r"\b(?:(?:Labour|LABOUR)(?! (?:Club|Hall|Exchange|costs?|market|force)\b)|Conservatives|Tories"
    r"|Lib(?:eral)? Dem(?:ocrat)?s?|the Greens|Plaid Cymru|Reform UK|UKIP|SNP|Sinn F[eé]in|SDLP)\b"
)
_PARTY = late_regex(rf"(?:the )?{_PARTIES}(?: party)?", re.IGNORECASE)
# Those of their names that are other things in an answer: a colour, or a change.
_AMBIGUOUS = late_regex(r"greens?|reform", re.IGNORECASE)
_FOR_SOMEBODY = late_regex(r"\b(?:support|back|trust|(?:re-?)?elect|vote for)\s+", re.IGNORECASE)
_CARE = r"(?! (?:cent(?:re|er)|visitor|clinic|service|practice|hub|shop|food|club|worker)s?\b)"
_FAITH = r"(?! (?:school|group|communit|building|leader)\w*)"
_RACE = r"(?! (?:route|track|day|course|meeting|night|number|organiser|marshal)s?\b)"
_NO_NAME = r"(?! (?:street|road|lane|hall|green|hill|row|fete|f[eê]te|fair|gardens?|yard)\b)"
_BELIEFS = late_regex(
    r"\b(?:your (?:\w+ ){0,2}?"
    rf"(?:religion|faith\b{_FAITH}|beliefs?|ethnic\w*|race\b{_RACE}|nationality|sexuality"
    rf"|sexual orientation|gender identity|health\b{_CARE}|medical (?!cent)\w+|disabilit\w+"
    r"|illness|diagnos\w+|trade union|union membership)"
    r"|are you (?:a |an )?(?:\w+ )?(?:disabled|muslim|christian|jewish|hindu|sikh|gay|lesbian"
    r"|bisexual|trans(?:gender)?|ill(?!-| served| informed| at ease)|pregnant|union member"
    r"|atheist|catholic|protestant|immigrant|refugee)\b"
    r"|are you (?:black|white|asian|african|caribbean|mixed[- ]race|british|european)\b(?! \w+s\b)"
    rf"|you (?:\w+ ){{0,2}}?(?:go to|attend) (?:an? |the )?(?:church|mosque|synagogue|gurdwara"
    rf"|temple|chapel|mass)\b{_NO_NAME}|do you (?:pray|worship)\b"
    r"|eich (?:crefydd|iechyd|ethnigrwydd|anabledd|hil)\b)",
    re.IGNORECASE,
)
_SUFFERS = late_regex(
    r"\byou (?:\w+ ){0,3}?(?:have|had|got|suffer(?:ed)? from|live with)\s+(?:an? |any )?",
    re.IGNORECASE,
)
# "MS Teams", or anxiety about a crossing.
_NOT_ILL = late_regex(r"\s+(?:(?i:about|over|with|on|in)\b|[A-Z])")
# What is asked for ends here: "your name on the tree" is not somebody's name.
_ENDED = r"(?=\s*(?:[?.,;:!)/&]|$|(?:so|and|or|please|to)\b))"
_DETAILS = late_regex(
    r"\b(?:your (?:(?:full|home|own|e-?mail|(?:tele)?phone|mobile|house|first|last) ){0,2}"
    r"(?:names?|address(?:es)?|e-?mail|(?:tele)?phone|mobile|number|postcode|date of birth"
    rf"|birthday|age(?: group| range)?|salary|income){_ENDED}"
    r"|how old are you\b|where (?:exactly )?do you live\b"
    r"|(?:what|which) (?:house |door |flat )?(?:number|house|flat|address) (?:do|are) you liv\w+"
    r"|how much (?:do|did) you (?:earn|get paid)\b"
    r"|eich (?:enw|cyfeiriad|oedran|cod post|rhif ff[oô]n)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWERS = r"(?:answers?|repl(?:y|ies)|responses?|responding|survey|atebion|ateb)"
_HIDDEN = (
    r"(?<!not )(?<!n't )(?<!n’t )"
    r"(?:anonymous(?:ly)?|anonymity|dd?ienw|untraceable"
    r"|(?:can ?not|can(?:['’]t| never)|will (?:not|never)|won['’]t) be (?:traced|tracked))"
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
        if key is None and pattern is _POLITICS:
            key = _political(post)
        elif key is None and pattern is _BELIEFS and _asks_of_illness(post.question):
            key = "Question"
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


def _political(post: Post) -> str:
    """The line with the names of parties or of somebody to be supported, or ""."""
    if _NAMED.search(post.question) or _is_for_somebody(post.question):
        return "Question"
    return "Answer" if _are_parties(post) else ""


def _is_for_somebody(question: str) -> bool:
    """Whether it asks for support for a person: "Will you support Asha Specimen?"."""
    starts = {found.end() for found in _FOR_SOMEBODY.finditer(question)}
    if not starts:
        return False
    # late import: see docs/architecture.md
    from wardblog.privacy.names import find_persons
    from wardblog.privacy.words import STREET_TYPES

    return any(
        one.start in starts
        and not question.startswith(("'s", "’s"), one.end)
        and question[one.start : one.end].split()[-1] not in STREET_TYPES  # "Victoria Park"
        for one in find_persons(question)
    )


def _asks_of_illness(question: str) -> bool:
    suffers = _SUFFERS.search(question)
    if not suffers:
        return False
    # late import: see docs/architecture.md
    from wardblog.privacy.conditions import ILLNESSES

    pattern = re.compile(rf"{ILLNESSES}\b", re.IGNORECASE)
    found = pattern.match(question, suffers.end())
    return found is not None and not _NOT_ILL.match(question, found.end())


def _are_parties(post: Post) -> bool:
    """Whether at least two answers are names of parties: one alone may be a colour."""
    words = [answer.words.strip(" .") for answer in post.answers]
    parties = [name for name in words if _PARTY.fullmatch(name)]
    return len(parties) > 1 and any(not _AMBIGUOUS.fullmatch(name) for name in parties)


def _problem(post: Post, line: int | None, message: str, hint: str) -> Problem:
    return Problem(file=post.file, line=line, message=message, hint=hint)
