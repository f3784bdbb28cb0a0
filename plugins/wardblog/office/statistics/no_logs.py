"""What to do where nothing was counted yet: where each host keeps its logs, if it has any."""

from __future__ import annotations

from collections.abc import Sequence

from wardblog.support.late_dataclass import dataclass

NOTHING_YET = "Nothing has been counted yet."
# What can be known without a log.
WITHOUT = (
    "The newsletter: make subscribers says how many receive it.",
    "Questions in posts: make answers counts who answers.",
    "Feeds: search for your feed at Feedly or Inoreader; they show how many follow it there.",
    "Google: its Search Console shows which searches found your pages. Confirm it by a DNS record.",
    "Residents: ask at the surgery and on the doorstep where they read about it.",
)
NO_TRACKER = (
    "We advise against counters from other companies: residents are promised that nobody "
    "tracks them, and the pages do not let such scripts run."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHost:
    """A kind of host: where its logs are, what to run, and which `to = ` of ward.toml means it."""

    name: str
    words: str
    commands: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


HOSTS = (
    LogHost(
        name="Your own server with nginx",
        words="Copy its logs to this computer, then count them:",
        commands=(
            'scp "me@server:/var/log/nginx/access.log*" logs/',
            "make stats LOG=logs",
        ),
        targets=("ssh",),
    ),
    LogHost(
        name="Your own server with Apache",
        words="The logs are in /var/log/apache2 or /var/log/httpd. Copy and count them:",
        commands=(
            'scp "me@server:/var/log/apache2/*access.log*" logs/',
            "make stats LOG=logs",
        ),
        targets=("ssh",),
    ),
    LogHost(
        name="Your own server with Caddy",
        words=(
            "It writes a log only if the Caddyfile says so: log { output file "
            "/var/log/caddy/access.log }. Then copy and count it:"
        ),
        commands=(
            'scp "me@server:/var/log/caddy/access.log*" logs/',
            "make stats LOG=logs",
        ),
        targets=("ssh",),
    ),
    LogHost(
        name="Amazon S3 and CloudFront",
        words=(
            "Switch on server access logging of the bucket, or standard logging of CloudFront. "
            "The logs are kept in another bucket of yours. Copy and count them:"
        ),
        commands=("aws s3 sync s3://my-logs/ logs/", "make stats LOG=logs"),
        targets=("s3",),
    ),
    LogHost(
        name="Shared hosting",
        words=(
            "Look for “Raw access logs” in the control panel, download the files into a folder, "
            "and count them:"
        ),
        commands=("make stats LOG=logs",),
        targets=("folder", "ssh"),
    ),
    LogHost(
        name="GitHub Pages",
        words=(
            "There are no logs: GitHub does not show them to anybody. “Insights, Traffic” counts "
            "visits to the repository and not to your site. You can use what is possible without "
            "logs, or a host that has them."
        ),
        targets=("git",),
    ),
    LogHost(
        name="Netlify",
        words=(
            "It gives logs only on its largest plans, in a form that make stats does not read. It "
            "sells numbers that it counts on its own servers, without a script in the pages; "
            "nobody can check what they count as a visit."
        ),
        targets=("folder", "git"),
    ),
    LogHost(
        name="Cloudflare Pages",
        words=(
            "It gives logs only on some plans, in a form that make stats does not read. Cloudflare "
            "shows the requests to a domain of yours, which are many more than reads; its Web "
            "Analytics needs a script, which the pages do not let run."
        ),
        targets=("folder", "git"),
    ),
)


def first_words(target: str) -> str:
    """Which hosts come first."""
    return f'Hosts that fit your settings (to = "{target}") come first.'


def hosts_for(target: str) -> Sequence[LogHost]:
    """All hosts, first those that `to = ` in ward.toml means."""
    return sorted(HOSTS, key=lambda host: target not in host.targets)
