"""An open question in an issue: its answers as links, and how to answer by hand."""

from __future__ import annotations

from wardblog.model import Post, Site
from wardblog.model.addresses import PRIVACY
from wardblog.support.late_dataclass import dataclass
from wardblog.text.directions import direction
from wardblog.views.answer_links import AnswerLink
from wardblog.views.questions import PRIVACY_ANCHOR, QuestionView, question_view


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """What residents read of a question; `view` is as on the page of its post."""

    view: QuestionView
    privacy: str

    @property
    def words(self) -> str:
        return self.view.words

    @property
    def attributes(self) -> dict[str, str]:
        """Those of the question and its answers, if they are not in English."""
        return _language(self.view.lang)

    @property
    def decides_attributes(self) -> dict[str, str]:
        """Those of the words about who decides, if they are not in English."""
        return _language(self.view.decides_lang)

    @property
    def answers(self) -> tuple[AnswerLink, ...]:
        return self.view.answers

    @property
    def by_mail(self) -> bool:
        """Whether an answer is an e-mail, with one of the codes as its subject."""
        return bool(self.view.answers and self.view.address)

    @property
    def how(self) -> str:
        return "Choose your answer. It opens an e-mail that you only have to send."

    @property
    def by_hand(self) -> str:
        """How to answer where the links open nothing."""
        return (
            f"If nothing opens, send an e-mail to {self.view.address}. Put the code below your "
            f"answer in the subject line, such as {self.view.answers[0].code}."
        )

    @property
    def in_letters(self) -> str:
        """How to answer where there are no links."""
        return (
            f"To answer, send an e-mail to {self.view.address}. Put the code in front of your "
            "answer in the subject line:"
        )

    @property
    def form_words(self) -> str:
        answer = "Or answer" if self.by_mail else "Answer"
        return f"{answer} in a form at {self.view.form_host}, which is another site"

    @property
    def until(self) -> str:
        return f"Closes {self.view.closes}."

    @property
    def fair(self) -> str:
        """What the answers are, and what happens to them."""
        last = " If you send several e-mails, we count the last." if self.by_mail else ""
        return (
            f"Please answer only once.{last} This is not a vote, and the people who answer may not "
            f"speak for everyone. We publish only totals. {self.view.deletion}"
        )

    privacy_words: str = "How we protect your privacy"


def ask_view(site: Site, post: Post) -> AskView | None:
    """The question of a post, if it is open."""
    view = question_view(site, post, None)
    if view is None or not view.is_open:
        return None
    return AskView(view=view, privacy=f"{site.absolute(PRIVACY)}#{PRIVACY_ANCHOR}")


def _language(lang: str) -> dict[str, str]:
    return {} if lang == "en" else {"lang": lang, "dir": direction(lang)}
