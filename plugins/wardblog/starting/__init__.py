"""The first steps: a new post with everything explained, and a content folder of one's own."""

from wardblog.starting.new_post import new_post
from wardblog.starting.own_content import start_own

__all__ = ["new_post", "start_own"]
