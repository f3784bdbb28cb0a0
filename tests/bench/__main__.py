"""`python -m bench`: all of it, or one part of it, such as `builds` or `guard`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from bench import (
    answers,
    builds,
    casework,
    edits,
    feeds,
    ground,
    guard,
    leaflets,
    lighthouse,
    listening,
    maps,
    moving,
    paint,
    places,
    publishing,
    redirects,
    search,
    search_quality,
    statistics,
    ward,
    writing,
)

# What takes long for each turn is done at most three times.
PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "answers": lambda given: answers.main(given.pairs),
    "builds": lambda given: builds.main(given.posts, given.pairs),
    "casework": lambda given: casework.main(given.pairs),
    "edits": lambda given: edits.main(given.pairs, given.largest),
    "guard": lambda given: guard.main(given.posts, given.pairs),
    "feeds": lambda given: feeds.main(given.pairs),
    "ground": lambda given: ground.main(given.pairs),
    "leaflets": lambda given: leaflets.main(given.pairs),
    "lighthouse": lambda given: lighthouse.main(min(given.pairs, 3)),
    "listening": lambda given: listening.main(given.pairs),
    "maps": lambda given: maps.main(given.pairs, given.stock_places),
    "moving": lambda given: moving.main(given.posts, min(given.pairs, 3)),
    "paint": lambda given: paint.main(min(given.pairs, 3)),
    "places": lambda given: places.main(given.pairs),
    "publishing": lambda given: publishing.main(given.posts, min(given.pairs, 3)),
    "questions": lambda _: search_quality.main(),
    "redirects": lambda given: redirects.main(given.pairs),
    "search": lambda given: search.main(min(given.pairs, 3), given.posts, given.largest),
    "statistics": lambda given: statistics.main(min(given.pairs, 3)),
    "ward": lambda given: ward.main(min(given.pairs, 3)),
    "writing": lambda given: writing.main(given.pairs),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", *PARTS), default="all")
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument(
        "--stock-places", type=int, default=5000, help="of the largest stock map; 50000 takes long"
    )
    parser.add_argument(
        "--largest", type=int, default=30_000, help="how many posts the growth is shown to"
    )
    arguments = parser.parse_args()
    for name, measure in PARTS.items():
        if arguments.what in ("all", name):
            measure(arguments)


if __name__ == "__main__":
    main()
