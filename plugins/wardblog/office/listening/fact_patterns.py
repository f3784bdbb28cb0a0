"""How references, dates, numbers and places are written in British news."""

from __future__ import annotations

from wardblog.support.late_regex import late_regex

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NUMBERS = {name: number for number, name in enumerate(_NAMES, 1)}
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
# Each with the groups month, and day or first and second.
DATES = (
    late_regex(r"\b(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b"),
    late_regex(
        r"\b(?P<day>0?[1-9]|[12]\d|3[01])[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:20)?\d\d)\b"
    ),
    late_regex(
        rf"(?i)\b(?P<first>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:-|–|to|and|&|until)\s*"
        rf"(?P<second>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}{_YEAR}"
    ),
    late_regex(rf"(?i)\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}{_YEAR}"),
    late_regex(rf"(?i)\b{_MONTH}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b{_YEAR}"),
)  # fmt: skip
MONTHS_ALONE = late_regex(
    r"\b(January|February|(?<=in )March|(?<=until )March|April|(?<=in )May|(?<=until )May|June"
    r"|July|August|September|October|November|December)\b"
)
WEEKDAY = late_regex(r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b")
TIMES = late_regex(
    r"(?i)\b(?:(?P<hour>[01]?\d|2[0-3])(?:(?:[:.](?P<minute>[0-5]\d)(?!\d))?\s?(?P<half>am|pm|a\.m|p\.m)\b"
    r"|:(?P<minutes>[0-5]\d)\b)|(?P<word>noon|midday|midnight)\b)"
)
# 2026/1234, 26/01234/FUL, P/2026/0123, 01/123456/26, TMO-2026-12, and numbers called references.
REFERENCES = late_regex(
    r"\b[A-Z]{0,6}/?\d{2,7}(?:/[A-Z]{0,3}\d{2,7})+(?:/[A-Z]{1,5}\d?\b)*"
    r"|\b[A-Z]{1,6}(?:[-/][A-Z]{1,4})?[-/]\d{2,4}[-/]\d{1,7}\b"
    r"|\b[A-Z]{2,5}-?\d{5,9}\b"
    r"|(?<=#)\d{3,8}\b"
)
NAMED_REFERENCE = late_regex(
    r"(?i)\b(?:ref(?:erence)?|application|case|crime|order|licence|petition|item|cad|incident)"
    r"(?:\s+(?:ref(?:erence)?|number))?(?:\s*(?:no\.?|number|#))?[\s:]+(?=[\w/-]*\d{3})"
    r"(?P<value>[A-Z]{0,4}[\d/-]{3,12})\b"
)
POSTCODE = late_regex(r"(?i)\b([A-Z]{1,2}\d[A-Z\d]?)\s?(\d[A-Z]{2})\b")
DISTRICT = late_regex(r"\b(?:[A-PR-UWYZ][A-HK-Y]\d[A-Z\d]?|[ENSW]\d{1,2}[A-Z]?)\b")
ROAD_NUMBER = late_regex(r"\b(?:[AB]\d{1,4}|M\d{1,2})(?:\(M\))?\b")
MONEY = late_regex(
    r"(?i)£\s?(?P<amount>\d[\d,]*(?:\.\d+)?)\s?(?P<size>k|m|bn|million|billion|thousand)?\b"
)
PERCENT = late_regex(r"(?i)\b(\d+(?:\.\d+)?)\s?(?:%|per\s?cent)")
NUMBER = late_regex(
    r"(?i)(?<![\w.])(?P<amount>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<size>k|m|million|thousand)?"
    r"(?:st|nd|rd|th)?(?![\d])"
)
SCORE = late_regex(r"(?<![\d-])\d{1,2}[-–]\d{1,2}(?![\d-])")
COUNTING = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "dozen": "12",
    "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
    "eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100",
}  # fmt: skip
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
NUMBER_WORD = late_regex(
    rf"\b(?:(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?P<unit>{_UNITS})"
    rf"|(?P<word>{'|'.join(w for w in COUNTING if w != 'one')}"
    r"|one(?!\s+(?:of|another|day|way|stop|that|who|which|more|thing|in|side|hand|to|for|and)\b)))\b"
    r"(?: (?P<size>hundred|thousand|million)\b)?"
)
NTH = late_regex(r"\b([1-9]\d?)(?:st|nd|rd|th)\b(?! (?:of )?[A-Z])")
ORDINAL = late_regex(
    r"\b(?<!for the )(?<!at )(first|second|third|fourth|fifth)"
    r"(?!\s+(?:time|place|thing|class|aid|hand|floor))\b"
)
# What is one of several, for texts in small letters.
SERIES = late_regex(
    r"\b(part|phase|stage|round|episode|chapter|volume|issue|week|day|lot|group|level|zone|ward"
    r"|platform|route|bus|line|block|plot|unit|flat|session|batch|no|number)s?\.?\s+"
    r"(\d+[a-z]?|[ivx]+|[a-e]|one|two|three|four|five|six|seven|eight|nine|ten)\b(?![-/.]\d)"
)
STREET_TYPES = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
    "cres": "crescent", "sq": "square", "gdns": "gardens", "ter": "terrace", "pl": "place",
}  # fmt: skip
STREET = late_regex(
    r"\b((?:[A-Z][\w'’]+\s+){1,3})"
    r"(Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Crescent|Cres|Terrace|Grove|Mews|Row|Rise|Hill"
    r"|Square|Sq|Gardens|Gdns|Drive|Way|Walk|Place|Court|Parade)\b(?!\s+(?:Council|School))"
)
# What was decided or happened, for texts in small letters.
OUTCOMES = (
    ("granted", late_regex(r"\b(?:approv(?:ed?|es|al)|grant(?:s|ed)|permitted|green light"
                           r"|given the go-?ahead|wins? approval|thumbs up)\b")),
    ("refused", late_regex(r"\b(?:refus(?:ed?|es|al)|reject(?:s|ed|ion)?|turn(?:s|ed) down"
                           r"|thr(?:ows?|ew|own) out|dismiss(?:es|ed))\b")),
    ("deferred", late_regex(r"\b(?:defer(?:s|red)|postpon(?:ed?|es)|put off|delayed)\b")),
    ("withdrawn", late_regex(r"\bwithdr(?:awn|ew|aws)\b")),
    ("cancelled", late_regex(r"\b(?:cancel(?:s|led)|called off|scrapped|abandoned)\b")),
    ("opening", late_regex(r"\b(?:re-?)?open(?:s|ed|ing)\b")),
    ("missing", late_regex(r"\b(?:goes|went|go|still|reported|is) missing\b|\bmissing (?:man"
                           r"|woman|boy|girl|teenager|person|child|cat|dog)\b")),
    ("found", late_regex(r"\b(?:found safe|safe and well|has been found|been located)\b|^found:")),
    ("lost", late_regex(r"^lost:")),
)  # fmt: skip
# Figures that are about the page, and not about what it says.
NOISE = late_regex(
    r"(?i)https?://\S+|\bwww\.\S+"
    r"|\b\d+\s+(?:min(?:ute)?s?\s+read|comments?|likes?|shares?|views?|points?|replies|retweets?"
    r"|(?:hours?|minutes?|mins?|days?)\s+ago)\b"
    r"|\b(?:call|on|phone|ring|dial|tel:?|text)\s+(?:101|999|111|0[\d ]{9,13})\b"
    r"|\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b|\b(?:101|999)\b(?=\s+(?:or|quoting|with|if))"
    r"|\b24/7\b|\b9/11\b"
)
