"""Pelican's settings for the site that residents read: the same, but its address must be known."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *

WARDBLOG_PUBLISHING = True
