"""Check questions to residents, their counted answers, and the replies that are published.

A question is worth asking if the answers can change something (the Gunning principles: a proposal
that is not decided yet, enough information, enough time, and answers that are considered). So it
says when it closes and who decides, and what became of it is published. Answers about local policy
can show political opinions, which are special category data (UK GDPR, article 9): questions do not
ask for more of those than they need, and nothing promises that e-mail is anonymous.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from wardblog.check.law import (
    PLANNING_REFERENCE,
    authors_among,
    deciding_councillors,
    is_about_planning,
)
from wardblog.model import FEWEST_ANSWERS, FEWEST_CHOICES, MOST_CHOICES, Post, Site
from wardblog.model.addresses import cached_for_site
from wardblog.problems import Problem
from wardblog.support.late_regex import late_regex
from wardblog.text.words import counted, long_date

_OUTCOME_WITHIN = timedelta(days=60)
_USUAL_TIME = timedelta(weeks=4)
_OF_QUESTIONS = ("Answer", "Closes", "Decides", "Form", "Outcome")
_ASK = 'Add a line such as "Question: Where should the crossing go?"'
_AS_UPDATE = (
    'Add the "Question" that it answers, or write it as an update: '
    '"Updated: 2027-01-14 | fixed | what was done".'
)
_MOVED = (
    'If the post moved, write its old address in a line such as "Aliases: /2026/11/crossing/". '
    "Otherwise, remove this line."
)
_LETTERS = "ABCDEF"
_ABOUT_PLANNING = late_regex(r"(?i)\bplanning (?:application|permission|committee|consent)s?\b")


def no_question(post: Post) -> Iterator[Problem]:
    """Lines that only have an effect beside a question."""
    if post.question or not _is_post(post):
        return
    lines = {key: line for key in _OF_QUESTIONS if (line := post.line_of(key))}
    if lines and post.line_of("Question") is None:  # an empty line is reported when it is read
        first = min(lines, key=lambda key: lines[key])
        others = "" if len(lines) == 1 else f" and {counted(len(lines) - 1, 'other line')}"
        verb = "has" if len(lines) == 1 else "have"
        yield Problem(
            file=post.file,
            line=lines[first],
            message=f'"{first}"{others} {verb} no effect without a question',
            hint=_AS_UPDATE if first == "Outcome" else _ASK,
        )


def question_closing(post: Post) -> Iterator[Problem]:
    if not _asks(post):
        return
    if post.line_of("Closes") is None:
        day = post.date.date() + _USUAL_TIME
        has_deadline = post.line_of("Deadline") is not None
        yield _about(
            post,
            "Question",
            "this question does not say when it closes",
            f'Add a line such as "Closes: {day.isoformat()}".'
            + (' If that is what "Deadline" says, call it "Closes".' if has_deadline else ""),
        )
    elif post.closes and post.line_of("Date") and post.closes.ends <= post.date:
        yield _about(
            post,
            "Closes",
            f"this question closes before the post appears, on {long_date(post.date)}",
            "Leave people enough time to think about it and to answer.",
        )


def question_decider(post: Post) -> Iterator[Problem]:
    if _asks(post) and post.line_of("Decides") is None:
        yield _about(
            post,
            "Question",
            "this question does not say who decides",
            'Add a line such as "Decides: The council\'s transport committee, in January". If all '
            "is decided already, tell people instead of asking them.",
        )


def question_answers(post: Post) -> Iterator[Problem]:
    """Two to six answers, or a form, and no two that are the same."""
    if not _asks(post):
        return
    number = len(post.answers)
    if post.line_of("Answer") is None and post.line_of("Form") is None:
        yield _about(
            post,
            "Question",
            "this question has no answers to choose from",
            'Add two to six lines such as "Answer: A | By the school", or the address of a form: '
            '"Form: https://...".',
        )
    elif 0 < number < FEWEST_CHOICES:
        yield _about(
            post,
            "Answer",
            "this question has only one answer to choose from",
            'Add another, such as "Answer: B | By the library".',
        )
    elif number > MOST_CHOICES:
        yield _about(
            post,
            "Answer",
            f"this question has {number} answers, and {MOST_CHOICES} are the most that people can "
            "compare",
            "Leave out some, or join those that are almost the same.",
        )
    yield from _same_answers(post)


def _same_answers(post: Post) -> Iterator[Problem]:
    keys: set[str] = set()
    words: set[str] = set()
    for answer in post.answers:
        if answer.key in keys:
            free = next((k for k in _LETTERS if k not in {a.key for a in post.answers}), "G")
            yield _about(
                post,
                "Answer",
                f'two answers have the letter "{answer.key}"',
                f'Give each its own, such as "Answer: {free} | {answer.words}".',
            )
        elif answer.words.casefold() in words:
            yield _about(post, "Answer", f'"{answer.words}" is here twice', "Remove one of them.")
        keys.add(answer.key)
        words.add(answer.words.casefold())


def question_address(site: Site) -> Iterator[Problem]:
    if site.answering.address:
        return
    for post in site.posts:
        if post.question and not post.form:
            yield _about(
                post,
                "Question",
                "residents have no address to send their answers to",
                'Add one in {content}/ward.toml, under [answers], such as address = "answers@'
                'example.org", or the address of a form here: "Form: https://...".',
            )


def sensitive_question(post: Post) -> Iterator[Problem]:
    """Questions about what people are, or that promise what e-mail cannot keep."""
    if _asks(post):
        # late import: see docs/architecture.md
        from wardblog.check.sensitive_questions import sensitive

        yield from sensitive(post)


def question_on_planning(site: Site) -> Iterator[Problem]:
    """A member of the planning committee asks what to decide on an application."""
    deciding = deciding_councillors(site)
    for post in site.posts if deciding else ():
        if not post.question or not _is_on_planning(post):
            continue
        for councillor in authors_among(post, deciding):
            yield _about(
                post,
                "Question",
                "this question is about a planning application, and "
                f"{councillor.name} is on the committee that decides",
                "Only comments sent to the council count: link to its page for them instead. If "
                "you take no part in the decision, write at the top: "
                "Allow: question-on-planning because I will not vote on it",
            )


def _is_on_planning(post: Post) -> bool:
    words = " ".join((post.question, post.decides, *(answer.words for answer in post.answers)))
    is_named = _ABOUT_PLANNING.search(words) or PLANNING_REFERENCE.match(post.reference)
    return bool(is_about_planning(post) or is_named)


def question_in_election(site: Site) -> Iterator[Problem]:
    """Questions that are, or will be, open between the notice of an election and the poll."""
    election = site.election
    if election is None or election.poll < site.today:
        return
    for post in site.posts:
        if not post.question or post.closes is None or post.closes.ends <= site.now:
            continue
        if post.date.date() <= election.poll and post.closes.day >= election.notice:
            yield _about(
                post,
                "Closes",
                f"this question is open in the weeks before the poll on "
                f"{long_date(election.poll)}, when it can look like campaigning",
                f"Let it close before {long_date(election.notice)}, or ask it after the poll.",
            )


def no_outcome(site: Site) -> Iterator[Problem]:
    """People answered long ago, and were never told what came of it."""
    for post in site.posts:
        if not post.question or post.closes is None or post.outcomes:
            continue
        if site.today - post.closes.day > _OUTCOME_WITHIN and not post.visibility.is_waiting:
            yield _about(
                post,
                "Question",
                f"this question closed on {long_date(post.closes.day)}, and people were not told "
                "what came of their answers",
                f'Add a line such as "Outcome: {site.today.isoformat()} | what was done". If it is '
                "not decided yet, write when it will be.",
            )


def few_answers(site: Site) -> Iterator[Problem]:
    """Numbers that are small enough to show what one person thinks, while others still answer."""
    asked = _asked(site) if site.answers else {}
    for code, counts in site.answers.items():
        post = asked.get(code)
        is_open = post and post.closes and post.closes.ends > site.now
        if is_open and not counts.is_hidden and counts.total < FEWEST_ANSWERS:
            file, line = _place(site, f"{code}-")
            yield Problem(
                file=file,
                line=line,
                message=f"fewer than {FEWEST_ANSWERS} people have answered this question, and it "
                "is still open, so their number must not be here",
                hint="Run `make answers`, which writes this file without the number.",
            )


def unknown_count(site: Site) -> Iterator[Problem]:
    """Counts of a question or an answer that does not exist."""
    asked = _asked(site) if site.answers else {}
    for code, counts in site.answers.items():
        if (post := asked.get(code)) is None:
            yield _unknown(site, f"{code}-", f'no question has the code "{code}"', _MOVED)
            continue
        known = [answer.key for answer in post.answers]
        for key in dict.fromkeys(key for _, key in counts.numbers if key not in known):
            message = f'the question "{post.question}" has no answer "{key}"'
            hint = f"Its answers are {', '.join(known)}. Correct the letter, or remove this line."
            yield _unknown(site, f"{code}-{key}", message, hint)
    codes = _by_code(site.posts) if site.me_too else {}
    for code in site.me_too:
        if code not in codes:
            yield _unknown(site, f"{code}-ME-TOO", f'no post has the code "{code}"', _MOVED)


def _unknown(site: Site, what: str, message: str, hint: str) -> Problem:
    file, line = _place(site, what)
    return Problem(
        file=file,
        line=line,
        message=f"{message}, so these numbers are not shown",
        hint=hint,
    )


def _place(site: Site, what: str) -> tuple[str, int | None]:
    """The file and line of a count, or of the first of those that begin so."""
    found = (place for name, place in site.count_lines.items() if name.startswith(what))
    return next(found, ("answers", None))


def _by_code(posts: Sequence[Post]) -> Mapping[str, list[Post]]:
    """The posts of each code, the earliest first."""
    if not posts:
        return {}
    # late import: see docs/architecture.md
    from wardblog.model.answer_codes import code_of

    found: dict[str, list[Post]] = {}
    for post in sorted(posts, key=lambda post: post.date):
        found.setdefault(code_of(post), []).append(post)
    return found


@cached_for_site
def _asked(site: Site) -> Mapping[str, Post]:
    """The posts that ask a question, by its code."""
    return {code: posts[0] for code, posts in _by_code(_asking(site)).items()}


def _asking(site: Site) -> list[Post]:
    return [post for post in site.posts if post.question and post.address]


def same_code(site: Site) -> Iterator[Problem]:
    """Two questions, or two reports, whose answers would be counted together."""
    reports = [p for p in site.posts if p.progress and p.address] if site.me_too else []
    counted_codes = {
        code: posts for code, posts in _by_code(reports).items() if code in site.me_too
    }
    for code, posts in (*_by_code(_asking(site)).items(), *counted_codes.items()):
        for post in posts[1:]:
            # Those with one address have a problem of their own.
            if post.address != posts[0].address:
                yield Problem(
                    file=post.file,
                    line=post.line_of("Slug") or post.line_of("Title"),
                    message=f'"{posts[0].title}" has the same code for answers, {code}',
                    hint=f'Give this post another address, such as "Slug: {post.slug}-2".',
                )


def reply_name(site: Site) -> Iterator[Problem]:
    """Replies that name somebody who is not known to have agreed."""
    for post in site.posts:
        if not post.replies:
            continue
        # late import: see docs/architecture.md
        from wardblog.privacy.signatures import names_in_signature

        names = [name for reply in post.replies for name in names_in_signature(reply.who)]
        councillors = {one.name for one in site.councillors}
        for name in dict.fromkeys(names):
            if name not in site.consents and name not in councillors:
                yield _about(
                    post,
                    "Reply",
                    f'a reply is signed "{name}", and there is no record that this person agreed',
                    'Write who it is without a name, such as "A resident of Eland Road", or add '
                    "the name, the date and how it was agreed to consents.csv in your private "
                    "folder.",
                )


def _asks(post: Post) -> bool:
    return bool(post.question) and _is_post(post)


def _is_post(post: Post) -> bool:
    return post.file.startswith("posts/")


def _about(post: Post, key: str, message: str, hint: str) -> Problem:
    return Problem(file=post.file, line=post.line_of(key), message=message, hint=hint)
