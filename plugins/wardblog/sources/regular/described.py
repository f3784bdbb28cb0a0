"""Whether the description of an application may name somebody, or tell about their health.

Names are on no list, so the words of planning are: two other words with capitals beside each other
may be a name. Such a description is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wardblog.privacy.names import is_given_name
from wardblog.privacy.words import ORGANISATIONS, STREET_TYPES
from wardblog.support.late_regex import late_regex

_HEALTH = late_regex(
    r"\b(?:disab|wheelchair|dementia|alzheimer|parkinson|carers?\b|autis|epilep|illness|frail\b"
    r"|elderly|blue badge|housebound|bedbound|bedridden|deaf\b|impaired|impairment|cancer\b"
    r"|stroke\b|palsy|sclerosis|arthriti|special needs|learning difficult|mobility (?:issue|need"
    r"|problem)|medical (?:need|condition|reason)|anabl|cadair olwyn)",
    re.IGNORECASE,
)
# Beginnings of the words of planning, in small letters.
_PLANNING = late_regex(
    r"(?:access|add|adja|advert|affordab|air\b|alter|amend|ancillar|annex|appeal|appl|approv|area"
    r"|article|ash\b|assembl|associ|attach|balcon|bank|basement|bath|bay\b|bed|beech|bicycl|bike"
    r"|bin\b|bins\b|birch|block|board|boiler|boundary|brick|build|bungalow|business|cabin|canopy"
    r"|car\b|carport|cartway|cedar|ceiling|cellar|certif|change|cherry|chimney|church|cill|clad"
    r"|class|classroom|clean|clear|clinic|coffee|college|commerc|communal|communit|comp|concre"
    r"|condition|confirm|conifer|conserv|consent|construct|continu|conve|cooling|council|county"
    r"|courtyard|cover|creation|crossover|crown|curtilage|cycle|day\b|deck|delete|demoli|design"
    r"|detach|detail|determ|develop|digital|dining|discharg|display|district|door|dormer|double"
    r"|drain|drawing|dropped|dwelling|eaves|electr|elevation|emergenc|enclos|energy|engineer"
    r"|enlarg|entrance|erect|establish|estate|exist|exit|extend|extension|exte|exter|extract"
    r"|facade|façade|fascia|fell|fence|fencing|filling|fire\b|first|flat|floor|flue|food|foot"
    r"|form|forecourt|foul|framed|free|front|full\b|garage|garden|gate|general|glass|glaz|granny"
    r"|ground|guest|hall|handrail|hard|health|heat|hedge|height|heritage|high|hip\b|hmo|home|hotel"
    r"|hous|illumin|implement|improve|inclu|increase|indep|infill|insert|install|insulat"
    r"|inter|juliet|kerb|kiosk|kitchen|land|laurel|lawful|leisure|level|librar|light|lime|limb"
    r"|link|list|local|loft|lower|lpg|maintenance|major|mansard|marquee|mast|material|medical|metal"
    r"|mezzanine|minor|mix|mobile|modif|monopole|multi|new\b|night|non|notice|notific|nursery|oak"
    r"|obscure|occupa|office|one|open|oppos|order|orangery|out|panel|parapet|park|part|patio|pav"
    r"|ped|permanent|permi|phase|phone|photovoltaic|pine|pitched|plan|plane|plant|playground|plot"
    r"|pollard|pool|porch|prelim|premises|prior|privat|proj|propos|protected|prun|public|pump"
    r"|purpose|rail|raise|raising|ramp|re-?\w*|rear|record|reduc|refus|relat|remov|render|repair"
    r"|replac|residen|restaur|retail|retain|retention|retrospect|ridge|roof|room|rooflight|satellite"
    r"|schedule|school|scheme|screen|second|section|self|semi|separ|shed|shop|shutter|side|sign"
    r"|silver|single|site|skylight|small|soft|solar|sound|space|split|sport|stair|statement|station"
    r"|stor|street|struct|student|studio|sub|summer|sui\b|generis\b|surfac|swimming|switch"
    r"|sycamore|system|take|tank|telecom|temporar|terrac|third|three|timber|town|traffic|training"
    r"|transport|travel|tree|turf|two|unauthor|under|unit|up\b|upper|upvc|use|utilit|vari|vehic"
    r"|velux|ventil|veranda|villag|void|wall|ward|warehouse|wash|waste|water|west|east|north|south"
    r"|willow|wind|wing|work|workshop|yew|zinc|mr\d|act\b|town\b|country\b|london\b|borough\b"
    r"|general\b|permitted|no\b|nos\b|the\b|and\b|of\b|to\b|in\b|at\b|on\b|by\b|for\b|with\b|from\b"
    r"|a\b|an\b|or\b|as\b|is\b|be\b|it\b|its\b|into\b|within|across|along|above|below|behind|between"
    r"|over\b|four|five|six\b|seven|eight|nine|ten\b|single|pre-|st\b|saint\b|ltd\b|limited\b|llp\b"
    r"|plc\b|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april"
    r"|may\b|june|july|august|september|october|november|december|mixed|fruit|shrub|bay\b|fig\b"
    r"|maple|holly\b|poplar|magnolia|eucalyptus|sash|lintel|coping|slate|tile|gable|rainwater"
    r"|bifold|bi-fold|sliding|french\b|charging|charger|point|ev\b|cctv|camera|totem|hoarding|pub\b"
    r"|chestnut|horse\b|cypress|environment|impact|regulation|queen\b|king\b|bar\b|café|cafe|gym|dentist|dental|surgery|vet|nail|salon|hair|takeaway|hot\b|cold\b)",
    re.IGNORECASE,
)
_ROLE = late_regex(
    r"\b(?:applicants?|(?<!estate )(?<!letting )(?<!lettings )(?<!news)agents?|objectors?|officers?"
    r"|appellants?|owners?|occupiers?|occupants?|tenants?|clients?|contacts?|keyholders?|architects?"
    r"|executors?|trustees?|ymgeisydd|asiant|swyddog|perchennog|cyswllt)"
    r"(?:['’]s?)?(?: names?\b)?[\s:;,=–(-]*(?:is |are |was )?([^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
_AFTER = late_regex(
    r"\b(?:for|by|from|gan|home of|garden of|house of|estate of|late|i) ([^\W\d_][\w'’-]*)"
    r"(?: ([^\W\d_][\w'’-]*))?",
    re.IGNORECASE,
)
_WORD = late_regex(r"[^\W\d_](?:[\w'’-]*\w)?")
_ENDS = frozenset(word.casefold() for word in (*STREET_TYPES, *ORGANISATIONS))


def tells_of_health(text: str) -> bool:
    """Whether a text speaks of a disability or an illness, which is somebody's at an address."""
    return bool(_HEALTH.search(text))


def may_name_somebody(text: str) -> bool:
    """Whether a description has words that may be a name; it is better to find too many."""
    has_cases = not (text.isupper() or text.islower())
    roles = (match[1] for match in _ROLE.finditer(text))
    if any(_is_unknown(word, has_cases) for word in roles):
        return True
    return any(
        _is_unknown(match[1], has_cases)
        and is_given_name(match[1].title())
        and (match[2] or "").casefold() not in _ENDS
        for match in _AFTER.finditer(text)
    ) or any(_is_name_run(run) for run in _runs(text, has_cases))


def _is_unknown(word: str, has_cases: bool) -> bool:
    """Whether a word may be part of a name: one with a capital, if the text has small letters."""
    if has_cases and (word[0].islower() or word.isupper()):
        return False
    return not _PLANNING.match(word) and word.casefold() not in _ENDS


def _runs(text: str, has_cases: bool) -> list[list[str]]:
    """Unknown words beside each other; a street or building that follows is the last of them."""
    runs: list[list[str]] = [[]]
    end = 0
    for match in _WORD.finditer(text):
        if text[end : match.start()].strip(" "):
            runs.append([])
        end = match.end()
        if _is_unknown(match[0], has_cases):
            runs[-1].append(match[0])
        else:
            if match[0].casefold() in _ENDS and runs[-1]:
                runs[-1].append(match[0])
            runs.append([])
    return runs


def _is_name_run(run: Sequence[str]) -> bool:
    """Whether two words may be a name; at most two of them may be the name of a street."""
    is_place = bool(run) and run[-1].casefold() in _ENDS
    return len(run) > 3 if is_place else len(run) > 1
