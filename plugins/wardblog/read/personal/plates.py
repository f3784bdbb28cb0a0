"""Number plates: those of today anywhere, older forms where the words are about a vehicle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.read.personal.found import Figures, Found, after, before, is_inside_word
from wardblog.read.personal.words import word_set

# https://www.gov.uk/displaying-number-plates; I, Q and (but for the last three) Z are not issued.
_TODAY = re.compile(r"\d\d[ -]?([A-HJ-PR-Z]{3})", re.IGNORECASE)
_AREA = re.compile(r"[A-HK-PR-SV-Y][A-HJ-PR-Y] ?$", re.IGNORECASE)
_PREFIXED = re.compile(r"\d{1,3}[ -]?[A-HJ-PR-Z]{3}", re.IGNORECASE)
_YEAR = re.compile(r"[A-HJ-NPR-TV-Y]$", re.IGNORECASE)
_SUFFIXED = re.compile(r"\d{1,3}[A-HJ-NPR-TV-Y]", re.IGNORECASE)
_LETTERS = re.compile(r"[A-HJ-PR-Z]{3}[ -]?$", re.IGNORECASE)
_IRISH = re.compile(r"\d{1,4}")
_IRISH_LETTERS = re.compile(r"[A-Z]{3} ?$")
_THREE = re.compile(r"[A-Z]{3}")
_VEHICLE = re.compile(
    r"\b(?:cars?|vans?|lorry|truck|motor(?:bike|cycle)|moped|scooter|vehicle|registration|reg"
    r"|number ?plate|plates?|parked|driver|driving|drives|taxi|minicab|pick-?up|estate car|caravan"
    r"|ford|transit|bmw|audi|rover|mini|morris|volkswagen|golf|fiat|vauxhall|toyota|mercedes)\b",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b(?:registration|reg|number ?plate|plate)\b", re.IGNORECASE)
# Three letters that are more often something else.
_WORDS = word_set("""
    ACT ADD AGE AGO AIR ALL AND ANY APR ARE ARM ART ASB ASK AUG BAD BAG BAN BAR BAY BED BET BIG BIN
    BIT BOX BOY BUS BUT BUY CAB CAN CAP CAR CAT CCG CCT CEO CFO CIL COL COP COW CPO CPZ CRY CUP CUT
    DAY DBS DEC DID DNA DOC DOG DRY DUE DVD EAR EAT EGG END EPC ETC EVE EVR EXT EYE FAR FEB FEE FEW
    FIT FLY FOR FRA FRE FRY FUL FUN GAP GAS GET GLA GMT GOT GPS GUN HAD HAM HAS HAT HER HEX HGV HMO
    HMP HOT HOW HRA HUB HUT ICE ITS JAN JET JOB JOY JUG JUL JUN KEY KID KMS LAW LAY LBC LED LEG LET
    LOT LOW LTD LTN MAN MAP MAR MAX MAY MEN MET MPH MPS MUM NET NEW NHS NOT NOV NOW NUT OAK OCT OFF
    OLD ONE OUR OUT OWN PAN PAY PCN PCS PDF PEN PER PET PLC PLY POT PSD PSA PTA PUB PUT RAN RAT RAW
    RED RES RNW ROW RUB RUN SAD SAP SAT SAW SAY SEA SEE SEN SEP SET SEX SHE SKY SNT SON SPA SPD SUE
    SUM SUN TAX TEA TEN TEX TFL THE THU TMO TOE TOM TOO TOP TOW TOY TPO TRO TRY TUE TWO UKP USA USB
    USE VAN VAR VAT VET WAR WAS WAX WAY WEB WED WET WHO WHY WON WOW YES YET YOU ZOO
    """)


def find_plates(text: str, figures: Figures) -> Iterator[Found]:
    for start, end in figures:
        if end - start > 4:
            continue
        found = _today(text, start) if end - start == 2 else None
        found = found or _older(text, start)
        if found:
            yield Found(*found, re.sub(r"[ -]", "", text[slice(*found)]).upper())


def _today(text: str, start: int) -> tuple[int, int] | None:
    found = _TODAY.match(text, start)
    area = _AREA.search(text, max(0, start - 3), start) if found else None
    if found is None or area is None or found[1].upper() in _WORDS:
        return None
    first, last = area.start(), found.end()
    is_capital = text[first:last].isupper()
    is_apart = area[0].endswith(" ")
    if is_inside_word(text, first, last):
        return None
    about = (_VEHICLE if is_apart else None) if is_capital else _PLATE
    return (first, last) if about is None or _near(about, text, first, last) else None


def _older(text: str, start: int) -> tuple[int, int] | None:
    for body, letters, about in (
        (_PREFIXED, _YEAR, _VEHICLE),
        (_SUFFIXED, _LETTERS, _VEHICLE),
        (_IRISH, _IRISH_LETTERS, _PLATE),
    ):
        found = body.match(text, start)
        area = letters.search(text, max(0, start - 4), start) if found else None
        if found is None or area is None:
            continue
        first, last = area.start(), found.end()
        written = text[first:last].upper()
        if is_inside_word(text, first, last) or set(_THREE.findall(written)) & _WORDS:
            continue
        if _near(about if written == text[first:last] else _PLATE, text, first, last):
            return first, last
    return None


def _near(about: re.Pattern[str], text: str, first: int, last: int) -> bool:
    return bool(about.search(f"{before(text, first, 60)} {after(text, last, 40)}"))
