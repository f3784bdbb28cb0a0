"""Finds numbers that stand for a person: National Insurance and NHS numbers, and number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardblog.privacy.matches import Figures, TextMatch, after, before, is_inside_word
from wardblog.privacy.words import word_set
from wardblog.support.late_regex import late_regex

# https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110; QQ is for examples.
_NI = late_regex(r"\d\d[ .-]?\d\d[ .-]?\d\d(?:[ .-]?([A-Da-d])(?![^\W_]))?")
_PREFIX = late_regex(r"([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)[ .-]?$", re.IGNORECASE)
_NOT_ALLOCATED = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_WORDS = word_set("am an as at be by do go ha he ma me my no on or ox pa so to we ye")
_ABOUT_NI = late_regex(r"national\s+insurance|\bNINO\b|\bNI\s+n|insurance\s+n", re.IGNORECASE)
_NHS = late_regex(r"\d{3}([ .-]?)\d{3}\1\d{4}")
_ABOUT_NHS = late_regex(r"\bN\.?H\.?S\b", re.IGNORECASE)
# In use in England, Wales and the Isle of Man (4, 6, 7) and in Northern Ireland (32 to 39):
# https://www.datadictionary.nhs.uk/attributes/nhs_number.html
_NHS_IN_USE = late_regex(r"[467]|3[2-9]")
_NEAR = 60
# https://www.gov.uk/displaying-number-plates; I, Q and (but for the last three) Z are not issued.
_TODAY = late_regex(r"\d\d[ -]?([A-HJ-PR-Z]{3})", re.IGNORECASE)
_AREA = late_regex(r"[A-HK-PR-SV-Y][A-HJ-PR-Y] ?$", re.IGNORECASE)
_PREFIXED = late_regex(r"\d{1,3}[ -]?[A-HJ-PR-Z]{3}", re.IGNORECASE)
_YEAR = late_regex(r"[A-HJ-NPR-TV-Y]$", re.IGNORECASE)
_SUFFIXED = late_regex(r"\d{1,3}[A-HJ-NPR-TV-Y]", re.IGNORECASE)
_LETTERS = late_regex(r"[A-HJ-PR-Z]{3}[ -]?$", re.IGNORECASE)
_IRISH = late_regex(r"\d{1,4}")
_IRISH_LETTERS = late_regex(r"[A-Z]{3} ?$")
_THREE = late_regex(r"[A-Z]{3}")
_VEHICLE = late_regex(
    r"\b(?:cars?|vans?|lorry|truck|motor(?:bike|cycle)|moped|scooter|vehicle|registration|reg"
    r"|number ?plate|plates?|parked|driver|driving|drives|taxi|minicab|pick-?up|estate car|caravan"
    r"|ford|transit|bmw|audi|rover|mini|morris|volkswagen|golf|fiat|vauxhall|toyota|mercedes)\b",
    re.IGNORECASE,
)
_PLATE = late_regex(r"\b(?:registration|reg|number ?plate|plate)\b", re.IGNORECASE)
# Three-letter groups that are usually words or abbreviations.
_NOT_LETTERS = word_set("""
    ACE ACT ADD ADO AGE AGO AHA ALB ALE ALL AND ANY APE APR APT ARC ARE ARK ARM ART ASB ASH ASK
    ATE AUG AWE AXE BAD BAG BAN BAR BAY BED BEE BEG BET BOB BOG BOW BOX BOY BRA BST BUD BUG BUN
    BUS BUT BUY CAB CAD CAM CAN CAP CAR CAT CCG CCT CEO CFO COB COD COG COL COP COS COW CPO CPR
    CPZ CRY CSS CUB CUE CUP CUT DAB DAD DAM DAN DAY DBS DEC DEN DEW DNA DOC DOE DOG DOT DRY DUE
    DUG DVD DYE EAR EAT EBB EEL EGG ELF ELM EMP END ENE EON EPC ERA ESE ETC EUR EVE EVR EWE EXT
    EYE FAN FAR FAX FEB FED FEE FEW FLU FLY FOB FOE FOG FOR FOX FRA FRE FRY FUL FUN FUR GAG GAP
    GAS GBP GCE GEM GET GLA GMT GNU GOT GPS GUM GUN GUT GUY HAD HAM HAS HAT HAY HEM HEN HER HEX
    HGV HMO HMP HOB HOD HOE HOG HOP HOT HOW HRA HUB HUE HUG HUM HUT JAB JAM JAN JAR JAW JET JOB
    JOG JOY JUG JUL JUN KEY KMS LAB LAD LAP LAW LAX LAY LBC LEA LED LEE LEG LET LEY LOB LOG LOT
    LOW LTD LTN LUG MAD MAN MAP MAR MAT MAX MAY MEN MET MEW MOB MOP MOW MPH MPS MUD MUG MUM NAB
    NAG NAN NAP NEE NET NEW NHS NNE NNW NOD NOR NOT NOV NOW NUN NUT OAK OAR OAT OCT ODD OFF OHM
    OLD ONE OPT ORB ORE OUR OUT OWE OWL OWN PAD PAL PAN PAT PAW PAY PCN PCS PDF PEA PEG PEN PER
    PET PEW PHD PLC PLY POD POP POT POW POX PRO PSA PSD PTA PUB PUN PUP PUT RAE RAG RAM RAN RAP
    RAT RAW RAY RED REF REP RES REV RNW ROB ROD ROE ROT ROW RUB RUG RUM RUN RUT RYE SAD SAG SAP
    SAT SAW SAX SAY SEA SEC SEE SEN SEP SET SEX SHE SHY SKY SLY SNT SOB SOD SON SOS SOW SOY SPA
    SPD SPY SSE SSW STY SUB SUE SUM SUN TAB TAG TAN TAP TAR TAT TAU TAX TBA TBC TEA TED TEE TEN
    TEX TFL THE THU TMO TOE TOG TOM TON TOO TOP TOW TOY TPO TRO TRY TUB TUE TUG TWO UKP URN USA
    USB USE VAN VAR VAT VEG VET VOL VOW WAD WAG WAR WAS WAX WAY WEB WED WEE WET WHO WHY WON WOW
    WSW YAK YAM YAP YEN YES YET YEW YOB YOU ZAP ZEN ZOO
    """)
# Other things that are named by letters and digits.
_CODE = late_regex(r"\b(?:policy|policies|form|flat|unit|block|class|code|model) $", re.IGNORECASE)


def find_ni(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find National Insurance numbers; without the suffix letter, only where one is mentioned."""
    for first, last in figures:
        match = _NI.match(text, first) if last - first in (2, 4, 6) else None
        prefix = _PREFIX.search(text, max(0, first - 3), first) if match else None
        if match is None or prefix is None or prefix[1].upper() in _NOT_ALLOCATED:
            continue
        start, end = prefix.start(), match.end()
        if is_inside_word(text, start, end):
            continue
        is_a_word = prefix[1].lower() in _WORDS and not prefix[1].isupper() and " " in prefix[0]
        if (match[1] and not is_a_word) or _is_about_ni(text[max(0, start - _NEAR) : start]):
            yield TextMatch(start, end, re.sub(r"[ .-]", "", text[start:end]).upper())


def _is_about_ni(words: str) -> bool:
    return bool(_ABOUT_NI.search(words.rpartition("\n")[2]))


def find_nhs(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find NHS numbers; away from the word "NHS" only spaced ones in a range that is in use."""
    for first, last in figures:
        match = _NHS.match(text, first) if last - first in (3, 10) else None
        if match is None:
            continue
        start, end = match.span()
        if is_inside_word(text, start, end) or text[max(0, start - 1) : start] in ("£", "+", "."):
            continue
        about = _ABOUT_NHS.search(text, max(0, start - _NEAR), end + _NEAR)
        if not about and not (match[1] and _NHS_IN_USE.match(match[0])):
            continue
        # late import: see docs/architecture.md
        from stdnum.gb import nhs

        if nhs.is_valid(match[0].replace(".", "")):
            yield TextMatch(start, end, re.sub(r"[ .-]", "", match[0]))


def find_plates(text: str, figures: Figures) -> Iterator[TextMatch]:
    """Find number plates; the value of each is in capitals, without spaces."""
    for start, end in figures:
        if end - start > 4:
            continue
        match = _today(text, start) if end - start == 2 else None
        match = match or _older(text, start)
        if match:
            yield TextMatch(*match, re.sub(r"[ -]", "", text[slice(*match)]).upper())


def _today(text: str, start: int) -> tuple[int, int] | None:
    match = _TODAY.match(text, start)
    area = _AREA.search(text, max(0, start - 3), start) if match else None
    if match is None or area is None or match[1].upper() in _NOT_LETTERS:
        return None
    first, last = area.start(), match.end()
    is_capital = text[first:last].isupper()
    is_apart = area[0].endswith(" ")
    if is_inside_word(text, first, last):
        return None
    if _CODE.search(text, max(0, first - 12), first):
        return None
    about = (_VEHICLE if is_apart else None) if is_capital else _PLATE
    return (first, last) if about is None or _near(about, text, first, last) else None


def _may_have_letters_before(text: str, start: int) -> bool:
    """Whether there is a letter before a number, or before a space or hyphen there."""
    return text[max(0, start - 3) : start].rstrip(" -\n")[-1:].isalpha()


def _older(text: str, start: int) -> tuple[int, int] | None:
    if not _may_have_letters_before(text, start):
        return None
    for body, letters, about in (
        (_PREFIXED, _YEAR, _VEHICLE),
        (_SUFFIXED, _LETTERS, _VEHICLE),
        (_IRISH, _IRISH_LETTERS, _PLATE),
    ):
        match = body.match(text, start)
        area = letters.search(text, max(0, start - 4), start) if match else None
        if match is None or area is None:
            continue
        first, last = area.start(), match.end()
        written = text[first:last].upper()
        if is_inside_word(text, first, last) or set(_THREE.findall(written)) & _NOT_LETTERS:
            continue
        if _near(about if written == text[first:last] else _PLATE, text, first, last):
            return first, last
    return None


def _near(about: re.Pattern[str], text: str, first: int, last: int) -> bool:
    return bool(about.search(f"{before(text, first, 60)} {after(text, last, 40)}"))
