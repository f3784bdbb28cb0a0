"""What a post asks of residents and what they answered: its question, replies, and "me too"."""

from __future__ import annotations

from wardblog.model import FEWEST_ME_TOO, ME_TOO, AnswerCounts, Post, Site
from wardblog.model.addresses import PRIVACY
from wardblog.model.answer_codes import answer_code, code_of
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import language_in
from wardblog.text.words import long_date
from wardblog.views.answer_links import me_too_link
from wardblog.views.hearing_news import replies_of
from wardblog.views.questions import PRIVACY_ANCHOR, QuestionView, question_view


@dataclass(frozen=True, slots=True)
class PostCounts:
    """What was counted about one post: the answers to its question, and "me too"."""

    answers: AnswerCounts | None
    me_too: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """A published reply; the languages are those of its words and of who wrote it."""

    words: str
    lang: str
    who: str
    who_lang: str
    when: str
    iso: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeToo:
    """How residents say that they have the same problem, and how many did, in words or ""."""

    link: str
    code: str
    address: str
    many: str
    privacy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """The parts of a post's page that are about what residents think."""

    question: QuestionView | None
    replies: tuple[ReplyLine, ...]
    me_too: MeToo | None


def counted(site: Site, post: Post) -> PostCounts:
    code = code_of(post)
    return PostCounts(site.answers.get(code), site.me_too.get(code, 0))


def hearing_of(site: Site, post: Post, found: PostCounts) -> Hearing:
    return Hearing(
        question=question_view(site, post, found.answers),
        replies=tuple(
            ReplyLine(
                words=reply.words,
                lang=language_in(reply.words, post.lang, post.title),
                who=reply.who,
                who_lang=language_in(reply.who, post.lang, post.title),
                when=long_date(reply.day),
                iso=reply.day.isoformat(),
                anchor=anchor,
            )
            for reply, anchor in replies_of(site, post)
        ),
        me_too=_me_too(site, post, found.me_too) if site.takes_me_too(post) else None,
    )


def _me_too(site: Site, post: Post, number: int) -> MeToo:
    is_shown = number >= FEWEST_ME_TOO
    return MeToo(
        link=me_too_link(site, post),
        code=answer_code(post, ME_TOO),
        address=site.answering.address,
        many=f"{number:,} people have told us that they have this problem too." if is_shown else "",
        privacy=f"{site.base_path}/{PRIVACY}#{PRIVACY_ANCHOR}",
    )
