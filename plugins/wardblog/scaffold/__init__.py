"""Creates new files for the councillor: a post with every line explained, or a content folder."""

from wardblog.scaffold.new_post import new_post
from wardblog.scaffold.own_content import start_own
from wardblog.scaffold.tags import Tags, tags_for
from wardblog.scaffold.year_on_year import Draft, year_on_year

__all__ = ["Draft", "Tags", "new_post", "start_own", "tags_for", "year_on_year"]
