"""`python -m bench`: all of it, or one part of it, such as `builds` or `guard`."""

from __future__ import annotations

import argparse

from bench import builds, edits, feeds, ground, guard, maps, publishing, ward


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parts = ("all", "builds", "edits", "guard", "feeds", "ground", "maps", "publishing", "ward")
    parser.add_argument("what", nargs="?", choices=parts, default="all")
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument(
        "--stock-places", type=int, default=5000, help="of the largest stock map; 50000 takes long"
    )
    parser.add_argument(
        "--largest", type=int, default=30_000, help="how many posts the growth is shown to"
    )
    arguments = parser.parse_args()
    if arguments.what in ("all", "builds"):
        builds.main(arguments.posts, arguments.pairs)
    if arguments.what in ("all", "edits"):
        edits.main(arguments.pairs, arguments.largest)
    if arguments.what in ("all", "guard"):
        guard.main(arguments.posts, arguments.pairs)
    if arguments.what in ("all", "feeds"):
        feeds.main(arguments.pairs)
    if arguments.what in ("all", "ground"):
        ground.main(arguments.pairs)
    if arguments.what in ("all", "maps"):
        maps.main(arguments.pairs, arguments.stock_places)
    if arguments.what in ("all", "publishing"):
        publishing.main(arguments.posts, min(arguments.pairs, 3))
    if arguments.what in ("all", "ward"):
        ward.main(min(arguments.pairs, 3))


if __name__ == "__main__":
    main()
