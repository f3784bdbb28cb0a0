"""Pelican's settings for the site that residents read: the same, but its address must be known."""

from pelicanconf import *

WARDBLOG_PUBLISHING = True
