"""Recognises by a column's name whether it holds names of places, addresses, notes or people."""

from __future__ import annotations

import re
from enum import Enum

from wardblog.places.columns import plain_name, words_of_name
from wardblog.privacy.words import word_set
from wardblog.support.late_regex import late_regex

# Words in the names of columns that may hold a person; they are never used to name a place.
_PEOPLE = late_regex(
    r"creator|created|editor|edited|officer|report(?:er|edby)|^reported$|contact(?!less)"
    r"|owner(?!ship)|user|staff(?!ord)|holder|proprietor|supervisor|director(?!ate|y|ies)|trustee"
    r"|objector|agent|surname|forename|christianname|initials"
    r"|(?:first|last|full|given|middle|family|maiden|known|preferred|own)name|email|phone"
    r"|mobileno|mobilenum|complain|applicant|appellant|petitioner|resident(?!ial)|person(?!al)"
    r"|people|customer|client|inspect(?:or|edby)|survey(?:or|ed)|author(?!i[tsz])|caller|claimant"
    r"|enquirer|inquirer|request(?:er|or|edby)|submitter|submittedby|sender|tenant|less(?:ee|or)"
    r"|leasehold|freehold|occupier|occupant|household|landlord|landlady|licen[cs]ee|keeper|manager"
    r"|volunteer|employee|employer|engineer|operative|operator|technician|assess(?:or|edby)"
    r"|observer|recorder|witness|assign|allocatedto|councillor|driver|patient|carer|donor"
    r"|members?(?:name)?$|chair(?:man|person|woman)|secretary|treasurer|clerk|headteacher|teacher"
    r"|organi[sz]er|leader(?!ship)|pupil|student|spouse|nominee|candidate|elector|voter|signatory"
    r"|respondent|consultee|informant|deceased|debtor|payee|payer|accountname|liable|grantee"
    r"|grantor|registrant|individual|attendee|guardian|nextofkin|relative|neighbour(?!hood)"
    r"|worker|warden$|wardenname|champion|vendor|purchaser|buyer|seller|trader(?!s)|victim|offender"
    r"|defendant|perpetrator|suspect|nationality|birth|gender|(?:ed|or|er|ew)by$"
)
_PEOPLE_WORDS = frozenset(
    ("dps", "dob", "sex", "age", "who", "parent", "agent", "mr", "mrs", "cllr", "appl", "applic",
     "lic", "lh", "ll", "nok", "poc", "kin", "by")
)  # fmt: skip
_DAYS = late_regex(r"date|time|year|month|(?:ed|or|er)(?:on|at)$")

# What kinds of places are called; a column of their names has such a word before "name".
_KINDS = word_set("""
    aed allotment area asset bank bay beach bench bin box bridge building bus business cafe camera
    campus car carpark cemetery centre chargepoint charger charging church cinema clinic club common
    community court crossing cycle defib defibrillator display dog estab establishment estate event
    facility feature field food gallery garage garden green grit ground hall hospital hotel house
    hub junction kiosk landmark leisure library lido local locality location market memorial
    monument museum nature nursery open organisation park parking path pharmacy pitch place play
    playground plot point polling pond post premise premises prop property pub public recycling
    reserve road route salt school shelter shop short site space sport sports square stall station
    stop store street structure surgery taxi theatre toilet toilets town trading tree utc venue
    village wood woodland zone
    """)
# "nam" is how a shapefile, whose columns have ten letters, ends "street_name".
_NAMING = ("name", "names", "title", "label", "nm", "nam")
_WHERE = (
    "address", "addr", "location", "street", "road", "locality", "thoroughfare", "where",
    "cyfeiriad", "lleoliad", "stryd",
)  # fmt: skip
# Besides the kinds of places, what may come before or after one of those.
_BESIDE = frozenset(("hmo", "full", "line", "desc", "description", "name", "the", "of", "details"))
# What stands alone for the name of a place.
_NAMES = (
    "name", "place", "placename", "site", "venue", "premises", "asset", "facility", "landmark",
    "stop", "park", "school", "pub", "church", "building", "station", "market", "hall", "business",
    "tradingas", "knownas", "enw", "label", "hospital", "shop", "library", "toilet", "toilets",
    "pollingplace", "pollingstation",
)  # fmt: skip
# In which language a name is, as in "name_en" or "name:cy".
_LANGUAGES = ((), ("en",), ("cy",), ("ga",), ("gd",), ("english",), ("welsh",), ("eng",), ("cym",))
# Areas that a whole list has in common.
_AREAS = word_set("""
    ward council authority la lad lea parish district county region country constituency borough
    city dataset layer file scheme status type category column field ltn lsoa msoa
    """)
# Words for what people write, or others about them.
_TEXTS = word_set("""
    comment comments complaint concern concerns desc describe description detail details
    feedback info information issue message narrative nature note notes objection observation
    observations problem proposal proposed query reason remark remarks representation response
    statement story subject summary text works
    """)


class Kind(Enum):
    """What the cells of a column can be used for, best names for places first."""

    NAME = 1
    WHERE = 2
    TITLE = 3
    TEXT = 4
    OTHER_NAME = 5
    NUMBER = 6
    NOTES = 7
    PEOPLE = 8
    NONE = 9


def may_name_people(name: str) -> bool:
    """Whether a column with this name may identify somebody; columns of days do not."""
    plain = plain_name(name)
    if _DAYS.search(plain):
        return False
    return bool(_PEOPLE.search(plain)) or not _PEOPLE_WORDS.isdisjoint(words_of_name(name))


def is_bare_name(name: str) -> bool:
    """Whether a column is called "name", "label" or so, which does not say of what."""
    words = words_of_name(name)
    return words[:1] in (("name",), ("label",), ("enw",)) and words[1:] in _LANGUAGES


def kind_of(name: str) -> Kind:
    """What a column holds, judging by its name."""
    words = tuple(word for word in words_of_name(name) if not word.isdigit())
    plain = plain_name(name)
    if not words or may_name_people(name):
        return Kind.PEOPLE if words else Kind.NONE
    if plain in _NAMES or (words[:2] == ("name", "of") and _KINDS.issuperset(words[2:])):
        return Kind.NAME
    if is_bare_name(name):
        return Kind.NAME
    if plain == "title":
        return Kind.TITLE
    if plain in ("locationdescription", "sitedescription", "description", "desc"):
        return Kind.TEXT
    return _by_last_word(words, plain)


def _by_last_word(words: tuple[str, ...], plain: str) -> Kind:
    *before, last = words
    if last in _WHERE and _KINDS.union(_BESIDE, _WHERE).issuperset(before):
        return Kind.WHERE
    if last in ("name", "nam") and before and before[-1] in _WHERE[:6]:
        return Kind.WHERE
    if words[0] in _WHERE and words[-1] in ("line", "full"):
        return Kind.WHERE
    if last in _NAMING:
        if not _AREAS.isdisjoint(before):
            return Kind.NONE
        return Kind.NAME if before and _KINDS.issuperset(before) else Kind.OTHER_NAME
    if not _TEXTS.isdisjoint(words):
        return Kind.NOTES
    squashed = re.fullmatch(r"([a-z]+?)(name|title|address|location|street)", plain)
    if squashed and _is_made_of_kinds(squashed[1]):
        return Kind.NAME if squashed[2] in _NAMING else Kind.WHERE
    if _KINDS.issuperset(words):
        return Kind.OTHER_NAME
    if last in ("id", "ref", "reference", "number", "no", "num", "code", "uprn", "usrn", "fid"):
        return Kind.NUMBER
    return Kind.NONE


def _is_made_of_kinds(squashed: str) -> bool:
    """Whether a word without spaces is one or two kinds of places: "busstop"."""
    known = _KINDS | _BESIDE
    return squashed in known or any(
        squashed[:at] in known and squashed[at:] in known for at in range(2, len(squashed) - 1)
    )
