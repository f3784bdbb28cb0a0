"""Internet addresses: those of homes, phones, offices and data centres, and how they change.

The numbers are random, in ranges that look like those of real providers, because programs that
read logs may know such ranges.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final
from zlib import crc32

from .hits import DAY, START


class Addresses(StrEnum):
    """The two scenarios of the mix."""

    FIXED = "fixed"  # homes keep their address
    CHANGING = "changing"  # homes and phones often get another


class Habit(StrEnum):
    """How the address of a line changes."""

    FIXED = "fixed"
    DAILY = "daily"  # a home that gets another IPv4 address each day
    PRIVACY = "privacy"  # IPv6: the computer takes another address in its network each day
    RENUMBERED = "renumbered"  # IPv6: the network changes each day as well
    ROAMING = "roaming"  # a phone: at home at night, in mobile networks by day


_HOMES: Final = tuple(
    f"{first}.{second}"
    for first, seconds in {86: range(128, 190), 81: range(96, 111), 90: range(192, 220)}.items()
    for second in seconds
)
_HOMES_V6: Final = ("2a00:23c4", "2a00:23c6", "2a02:c7c", "2a0a:ef40")
_MOBILE: Final = tuple(
    f"{first}.{third}" for first in ("82.132", "92.40", "31.94") for third in range(212, 222)
)
NETWORKS: Final = {
    "google": ("66.249.64", "66.249.66", "66.249.79"),
    "google proxy": ("66.249.81", "66.249.93", "74.125.208"),
    "microsoft": ("40.77.167", "157.55.39", "207.46.13", "52.167.144"),
    "microsoft mail": ("40.94.28", "40.94.90", "104.47.11", "52.103.33"),
    "mail gateway": ("64.235.144", "64.235.150", "35.176.92", "67.231.156"),
    "apple": ("17.241.75", "17.241.219", "17.22.237"),
    "facebook": ("69.171.231", "173.252.83", "57.141.0", "31.13.115"),
    "twitter": ("199.16.157", "192.133.77"),
    "yandex": ("5.255.231", "87.250.224", "213.180.203"),
    "baidu": ("116.179.32", "220.181.108"),
    "huawei": ("114.119.136", "114.119.150"),
    "amazon": ("3.84", "18.206", "34.230", "52.70", "54.166"),
    "google cloud": ("34.90", "35.204", "34.140"),
    "azure": ("20.171.207", "4.227.36", "20.15.240", "52.230.152"),
    "hetzner": ("65.108", "95.216", "88.198", "135.181"),
    "ovh": ("51.68", "54.36.148", "54.36.149", "51.222.253"),
    "digitalocean": ("138.68", "159.65", "167.99", "206.189"),
    "bytedance": ("110.249.201", "47.128"),
    "alibaba": ("47.76", "47.82", "8.219"),
    "anthropic": ("216.73.216",),
    "seo": ("185.191.171", "85.208.96", "114.119.4"),
    "scan": ("162.142.125", "167.94.138", "71.6.232", "45.148.10", "80.82.77"),
    "services": ("8.29.198", "104.236.71", "65.19.143", "46.4.57", "50.31.164"),
    "relay": ("172.225.80", "172.226.2", "104.28.40", "146.75.168"),
    "abroad": ("177.37", "189.50", "14.191", "113.161", "103.152", "102.129", "45.230"),
    "archive": ("207.241.225", "207.241.237"),
}


def _mixed(number: int, turn: int) -> int:
    """Return a number of 32 bits that depends on both."""
    return crc32(f"{number}:{turn}".encode())


def _filled(prefix: str, number: int) -> str:
    """Return an IPv4 address with this beginning."""
    parts = [prefix]
    for _ in range(3 - prefix.count(".")):
        parts.append(str(number % 254 + 1))
        number //= 254
    return ".".join(parts)


def _home_v4(number: int) -> str:
    return _filled(_HOMES[number % len(_HOMES)], number // len(_HOMES))


def _mobile(number: int) -> str:
    return _filled(_MOBILE[number % len(_MOBILE)], number // 1009)


def _home_v6(network: int, computer: int) -> str:
    prefix = _HOMES_V6[network % len(_HOMES_V6)]
    low = _mixed(computer, 1)
    return (
        f"{prefix}:{network >> 16 & 0xFFFF:x}:{(network & 0xFF) * 256 + 1:x}"
        f":{computer >> 16:x}:{computer & 0xFFFF:x}:{low >> 16:x}:{low & 0xFFFF:x}"
    )


@dataclass(frozen=True, slots=True)
class Line:
    """The connection of a home, an office or a phone. Equal numbers give equal addresses."""

    habit: Habit
    number: int
    is_v6: bool = False
    network: str = ""  # of a rented server; empty for a home

    def address(self, time: float) -> str:
        """Return the address at a time."""
        day = int((time - START) / DAY + self.number % 97 / 97)
        if self.network:
            return _filled(NETWORKS[self.network][0], self.number)
        if self.habit is Habit.FIXED:
            return _home_v6(self.number, self.number) if self.is_v6 else _home_v4(self.number)
        if self.habit is Habit.DAILY:
            return _home_v4(_mixed(self.number, day))
        if self.habit is Habit.PRIVACY:
            return _home_v6(self.number, _mixed(self.number, day))
        if self.habit is Habit.RENUMBERED:
            return _home_v6(_mixed(self.number, day + 9_999), _mixed(self.number, day))
        return self._roaming(time)

    def _roaming(self, time: float) -> str:
        hour = (time - START) / 3600 + self.number % 5
        if 8 <= hour % 24 < 19:
            return _mobile(_mixed(self.number, int(hour / 2.5)))
        if self.is_v6:
            return _home_v6(self.number, _mixed(self.number, int(hour / 24)))
        return _home_v4(_mixed(self.number, int(hour / 168)))


def home_line(chance: Random, scenario: Addresses) -> Line:
    """Return the line of a home."""
    number = chance.getrandbits(32)
    if scenario is Addresses.FIXED:
        return Line(Habit.FIXED, number, is_v6=chance.random() < 0.25)
    habits = (Habit.FIXED, Habit.DAILY, Habit.PRIVACY, Habit.RENUMBERED)
    return Line(chance.choices(habits, (15, 45, 32, 8))[0], number)


def phone_line(chance: Random, scenario: Addresses) -> Line:
    """Return the line of a phone. In the scenario of fixed addresses it stays at home."""
    if scenario is Addresses.FIXED:
        return home_line(chance, scenario)
    return Line(Habit.ROAMING, chance.getrandbits(32), is_v6=chance.random() < 0.4)


def mobile_address(chance: Random) -> str:
    """Return one of the few addresses that many phones of a mobile network share."""
    return _mobile(chance.getrandbits(32))


def address_in(chance: Random, network: str) -> str:
    """Return any address of a network of `NETWORKS`."""
    return _filled(chance.choice(NETWORKS[network]), chance.getrandbits(32))


def home_address(chance: Random) -> str:
    """Return the address of any home, such as of those that sell their line to scrapers."""
    return _home_v4(chance.getrandbits(32))
