"""The table of what the editor answers: its pages, and the actions that its scripts ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wardblog.preview.editor import (
    contact_page,
    job_pages,
    list_page,
    made_files,
    newsletter_page,
    office_page,
    own_pages,
    pictures,
    places,
    post_actions,
    post_page,
    private_texts,
    publish_page,
    session,
    static_files,
    uploads,
)
from wardblog.preview.editor.desk import Desk
from wardblog.preview.editor.lists import handlers as lists
from wardblog.preview.editor.paste import action as paste
from wardblog.preview.editor.request import EditorRequest
from wardblog.preview.editor.settings import handlers as settings
from wardblog.preview.editor.settings import sample
from wardblog.preview.editor.settings import text as settings_text
from wardblog.preview.pages import Response
from wardblog.support.late_dataclass import dataclass

Handler = Callable[[Desk, EditorRequest], Response]
# How many bytes a request may have, unless its line below says otherwise.
MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address below the editor's own; `{name}` stands for a part without a slash.

    `{name*}`, at the end, stands for the rest. GET changes nothing. `most` is the number of bytes
    that a POST may have, and `is_for_scripts` is whether a GET is answered to scripts only.
    """

    method: str
    path: str
    handler: Handler
    most: int = MOST_BYTES
    is_for_scripts: bool = False

    def matched(self, path: str) -> dict[str, str] | None:
        """The variable parts of a path; None if it is another address."""
        wanted, given = self.path.split("/"), path.split("/")
        if wanted[-1].endswith("*}") and len(given) >= len(wanted):
            last = len(wanted) - 1
            given = [*given[:last], "/".join(given[last:])]
        if len(wanted) != len(given):
            return None
        parts: dict[str, str] = {}
        for pattern, part in zip(wanted, given, strict=True):
            if pattern.startswith("{"):
                parts[pattern.strip("{*}")] = part
            elif pattern != part:
                return None
        return parts


def _get(path: str, handler: Handler, is_for_scripts: bool = False) -> Route:
    return Route(method="GET", path=path, handler=handler, is_for_scripts=is_for_scripts)


def _post(path: str, handler: Handler, most: int = MOST_BYTES) -> Route:
    return Route(method="POST", path=path, handler=handler, most=most)


ROUTES = (
    _get("", list_page.list_page),
    _get("see", list_page.see_site),
    _get("post/{id}", post_page.post_page),
    _get("job/{id}", job_pages.job, is_for_scripts=True),
    _post("job/{id}/answer", job_pages.answer_job),
    _post("job/{id}/stop", job_pages.stop_job),
    _get("made/{id}", made_files.made_file),
    _get("more", office_page.more),
    _post("newsletter/password", newsletter_page.keep_password),
    _post("newsletter/send", newsletter_page.send_newsletter),
    _post("newsletter/who", newsletter_page.show_who),
    _get("office/{name}", office_page.office),
    _get("share/{id}", own_pages.share_page),
    _get("digest", own_pages.digest_page),
    _get("figures", own_pages.figures_page),
    _get("subscribers.csv", newsletter_page.subscribers_file),
    _post("office/{name}/install", office_page.install),
    _post("office/{name}/{action}", office_page.act),
    _get("publish", publish_page.publish_page),
    _post("publish/plan", publish_page.show_plan),
    _post("publish/go", publish_page.publish_plan),
    _post("publish/earlier", publish_page.show_earlier),
    _post("publish/back", publish_page.bring_back),
    _post("upload/begin", uploads.begin_upload),
    _post("upload/part", uploads.add_part),
    _post("upload/remove", uploads.remove_upload),
    _get("private/{id}", private_texts.private_page),
    _post("private/look", private_texts.look_at_private),
    _post("private/save", private_texts.save_private),
    _post("private/discard", private_texts.discard_private),
    _post("private/new", private_texts.new_template),
    _post("paste", paste.pasted, most=paste.MOST_BYTES),
    _get("session", session.session, is_for_scripts=True),
    _get("static/{name*}", static_files.static_file),
    _get("post/{id}/document", post_actions.get_document, is_for_scripts=True),
    _post("post/draft", post_actions.draft, most=8_000_000),
    _post("post/save", post_actions.save, most=8_000_000),
    _post("post/new", post_actions.new),
    _post("post/discard", post_actions.discard),
    _post("post/remove", post_actions.remove),
    _post("post/restore", post_actions.restore),
    _get("pictures/known", pictures.known, is_for_scripts=True),
    _get("pictures/preview/{id}", pictures.preview),
    _get("pictures/small/{id}", pictures.small),
    _post("pictures/look", pictures.look, pictures.MOST_REQUEST),
    _post("pictures/describe", pictures.describe),
    _post("pictures/save", pictures.save),
    _post("pictures/reuse", pictures.reuse),
    _get("lists", lists.lists_page),
    _post("lists/look", lists.look, most=42_000_000),
    _post("lists/save", lists.save),
    _post("lists/values", lists.values_of_list),
    _post("lists/post", lists.start_post),
    _post("lists/install-sheets", lists.install_sheets),
    _get("settings", settings.overview),
    _get("settings/start", sample.start_page),
    _post("settings/start", sample.start),
    _get("settings/{group}", settings.group_page),
    _post("settings/look", settings.look),
    _post("settings/save", settings.save),
    _post("settings/discard", settings.discard),
    _post("settings/issue-use", settings.issue_use),
    _get("settings/text/{file}", settings_text.text_page),
    _post("settings/text/look", settings_text.look_at_text),
    _post("settings/text/save", settings_text.save_text),
    _post("settings/text/discard", settings_text.discard_text),
    _post("places/find", places.find_places),
    _post("places/name", places.name_place),
    _post("places/read", places.read_place),
    _get("contact", contact_page.contact_page),
    _post("contact/replace", contact_page.replace),
    _get("places/map", places.place_map, is_for_scripts=True),
    _get("places/base", places.place_base, is_for_scripts=True),
    _get("places/map.js", places.place_script),
    _get("places/leaflet/{name}", places.place_leaflet),
)


def find(method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
    """The route for a path below the editor's address, with the variable parts."""
    for route in ROUTES:
        if route.method == method and (parts := route.matched(path)) is not None:
            return route, parts
    return None
