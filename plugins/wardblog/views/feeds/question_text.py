"""The question of a post for feed readers: its answers as links while it is open."""

from __future__ import annotations

from html import escape

from wardblog.model import Post, Site
from wardblog.text.words import clock, sentence, weekday_date
from wardblog.views.answer_links import AnswerLink, answer_links
from wardblog.views.feeds.text import post_words


def question_text(site: Site, post: Post, asks: bool) -> str:
    """The question; `asks` is whether it is still open. After that there are no links to answer."""
    closing = post.closing
    if closing is None:
        return ""
    page = escape(site.absolute(post.address))
    words = f"<strong>{post_words(post.question, post)}</strong>"
    if not asks:
        return (
            f"<p>We asked: {words} This question has closed. "
            f'<a href="{page}#ward-question">See the result</a></p>'
        )
    at = clock(closing.ends) if closing.hour else "the end of the day"
    answers = "".join(f"<li>{_answer(link, post)}</li>" for link in answer_links(site, post))
    return (
        f"<p>Have your say: {words}</p>"
        + (f"<ul>{answers}</ul>" if answers else "")
        + _by_hand(site, post)
        + (f'<p><a href="{escape(post.form)}">Answer in a form</a></p>' if post.form else "")
        + f"<p>It closes on {weekday_date(closing.day)}, at {at}. "
        f"Who decides: {post_words(sentence(post.decides), post)} This is not a vote. "
        f'<a href="{page}#ward-question">What happens to your answer</a></p>'
    )


def _answer(link: AnswerLink, post: Post) -> str:
    words = f"<bdi>{post_words(link.words, post)}</bdi>"
    if not link.link:
        return f"{link.key}: {words}"
    return f'<a href="{escape(link.link)}">{link.key}: {words}</a> ({link.code})'


def _by_hand(site: Site, post: Post) -> str:
    address = site.answering.address
    if not address or not post.answers:
        return ""
    return (
        f"<p>Each answer opens an e-mail. Or write one to {escape(address)}, and put the code of "
        "your answer in the subject line.</p>"
    )
