"""How people write about the matters that wards have, whatever a councillor calls the issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardblog.support.late_regex import late_regex


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter: `names` are patterns of what an issue about it may be called, `words` of what is
    said about it. `not_about` are ways to use these words for something else.
    """

    names: str
    words: str
    not_about: str = ""


_DUMPED = r"(?:rubbish|waste|mattress(?:es)?|sofas?|fridges?|furniture|rubble|debris|tyres|sacks?|bags? of (?:rubbish|waste|rubble)|litter|cooker|freezer|carpets?|armchairs?|junk|paint tins)"

TOPICS: Mapping[str, Topic] = {
    "grit": Topic(
        names=r"grit(?:ting)?(?: bins?)?|salt bins?|winter",
        words=r"(?:grit|salt)(?:ting)?[- ]?bins?|\bgritt?(?:ing|ed|ers?)\b"
        r"|\bgrit\b(?! (?:and|or) determination)|road salt|rock salt|salt(?:ing)? (?:the )?(?:roads?|pavements?)",
        not_about=r"true grit|grit (?:and|or) determination|(?:their|his|her|sheer|real|pure) grit|"
        r"grit(?:ted|ting)? (?:my|your|his|her|their|our)? ?teeth|gritted teeth|grits\b",
    ),
    "planning": Topic(
        names=r"planning(?: applications?)?|developments?|building",
        words=r"planning (?:application|permission|committee|consent|policy|policies|inspector"
        r"|inspectorate|officers?|appeal|department|enforcement|notices?|portal|objections?|rules|law"
        r"|proposals?|decisions?|framework|authority|approval|condition|obligation|statement|chief|"
        r"chiefs|register|hearing|inquiry|bid|row|refusal|reference|list|breach)s?"
        r"|^planning:|\bplanners?\b(?! (?:and|or) diar)|\blisted building consent|change of use\b"
        r"|certificate of lawful|permitted development|\bloft conversions?\b|\bdormers?\b"
        r"|(?:rear|side|storey|roof|mansard|basement|hip[- ]to[- ]gable|wraparound|infill) extensions?"
        r"|\bextension (?:at|to) the (?:rear|side)\b|outline permission|section 106|\bs106\b"
        r"|community infrastructure levy|conservation area consent|local plan\b|prior approval"
        r"|(?:storey|storeys|block of|new|luxury) (?:flats|homes|apartments)\b.{0,60}\b(?:plan|plans|planned|approved|refused"
        r"|proposed|proposals?|permission|application|objections?|scheme)"
        r"|(?:plans?|proposals?|permission|application|scheme|bid) (?:for|to (?:build|convert|demolish|knock down|turn|extend))"
        r"\b.{0,60}(?:flats|homes|houses|storey|storeys|extension|block|tower|pub|hotel|shop|house|mast|hostel|terrace|basement|development|housing|office|offices|garage|garages|site)"
        r"|(?:demolition|conversion|redevelopment|erection|excavation) of\b|\bredevelop(?:ment|ed|ing)?\b"
        r"|(?:mast|tower block|housing) (?:plans?|scheme|proposals?|development)\b|developers? (?:wants?|plans?|hopes?|behind|submits?|has submitted|says?|said|of the)",
        not_about=r"family planning|(?:funeral|party|wedding|event|estate|succession|financial|lesson|emergency|route|"
        r"retirement|forward|travel|meal|workforce|care|birth) plann(?:ing|ers?)|plannings?\b (?:to|on|a|an|ahead|for)\b|(?:day|wall|year|wedding|party|event|financial) planners?",
    ),
    "dogs": Topic(
        names=r"dogs?(?: (?:fouling|mess|poo|waste|dirt))?",
        words=r"dogs?[' ]?s?[- ]?(?:fouling|mess|poo\w*|dirt|muck|waste|faeces|excrement|bins?)\b"
        r"|\bdogshit\b|fouling\b.{0,30}\b(?:dogs?|pavements?|paths?|park)"
        r"|(?:pick|picks|picking|clean|cleans|cleaning|clear|clears|clearing|bag|bags) (?:it |the mess |the poo )?up after (?:their|your|his|her|the|a) (?:dogs?|pets?)"
        r"|\bpoo(?:p)?[- ](?:bags?|bins?)\b|\bdog owners?\b.{0,60}\b(?:mess|fouling|poo|clean|pick|fined?|bags?)",
        not_about=r"fouling (?:the|of the) (?:propeller|line|ball)",
    ),
    "tipping": Topic(
        names=r"fly.?tip(?:ping|s)?|rubbish|dump(?:ing|ed)?(?: waste)?",
        words=rf"\bfly[-\s]?tip\w*|\bflytip\w*|{_DUMPED}\b[^.!?]{{0,40}}\b(?:dumped|left|abandoned|fly)\b"
        rf"|\b(?:dump(?:s|ed|ing)?|abandon(?:s|ed|ing)?|left|leaving)\b[^.!?]{{0,40}}\b{_DUMPED}"
        r"|\bdump(?:ers|ing) (?:rubbish|waste)|illegal(?:ly)? dump\w*|rubbish (?:pile|heap|mountain|everywhere|in (?:our|the) streets?)"
        r"|pile of rubbish|piles of (?:rubbish|waste)|\bfly[- ]dump\w*",
        not_about=r"(?:dumped|left) by (?:her|his|their) (?:boyfriend|girlfriend|husband|wife|party)"
        r"|household waste (?:and )?recycling centre",
    ),
    "roads": Topic(
        names=r"road.?works?|roads(?: repairs)?|potholes?|highways?|pavements?|crossings?|street works?",
        words=r"\broad[-\s]?works?\b(?! wonders)|\bpot[-\s]?holes?\b|\bresurfac\w+|\bre-?surfac\w+"
        r"|\b(?:zebra|pelican|puffin|toucan|pedestrian|parallel) crossings?\b|temporary (?:traffic )?(?:lights|signals)"
        r"|\b(?:road|street|lane|carriageway|bridge) (?:will be |is |to be |was )?(?:closed|shut|closes|closing|closures?)\b[^.!?]{0,90}\b(?:works?|repairs?|mains?|resurfac\w+|utility|sewer|pipes?|cables?|maintenance|gas|water|engineers?|digging|dug|upgrade)"
        r"|\b(?:gas|water|sewer|electric\w*|cable|utility|utilities|drainage|carriageway|pavement|footway|kerb|street)s?[- ](?:mains?[- ])?(?:works|repairs?|replacement|relaying|renewal)\b"
        r"|\b(?:gas|water) mains?\b[^.!?]{0,60}\b(?:road|street|works?|closed|dig|digging|replac\w+|repair\w*)"
        r"|\b(?:dig|digs|digging|dug) up\b[^.!?]{0,40}\b(?:road|street|pavement|lane|hill)"
        r"|\bstreet works?\b|\bhighways? (?:works?|maintenance|repairs?|team)\b|\bcarriageway\b|\btraffic orders?\b"
        r"|\broad (?:repairs?|maintenance|surface|closures?|dig|markings?)\b|\brepav\w+|\bcraters? in the road|holes? in the road|\bspeed humps?\b"
        r"|\bcrossing (?:outside|in|on|at|by|near)\b[^.!?]{0,50}\b(?:road|street|school|lane|hill|library)|\bnew crossing\b",
        not_about=r"road works wonders|police (?:cordon|incident)[^.!?]{0,40}closed|level crossing|border crossing|crossing the (?:line|floor)",
    ),
    "parking": Topic(
        names=r"parking|car parks?",
        words=r"\bparking\b|\bpermits?\b[^.!?]{0,30}\b(?:zone|bay|car|resident)|\bcontrolled zone|\bCPZ\b|yellow lines?"
        r"|\bparked (?:cars?|on)\b|\bcar parks?\b|\bresidents'? bays?\b",
        not_about=r"parking (?:the|that) (?:idea|issue|question)",
    ),
    "cycling": Topic(
        names=r"cycl(?:e|ing|ists)(?: lanes?)?|bikes?|bicycles?",
        words=r"\bcycl(?:e|es|ing|ists?|eways?)\b|\bbike (?:hangars?|lanes?|sheds?|racks?|rides?|parking)|\bbikehangars?\b|\bsegregated lanes?\b",
        not_about=r"(?:life|water|news|election|carbon|rinse|economic|business) cycles?|motor ?cycl\w+|re-?cycl\w+",
    ),
    "speeding": Topic(
        names=r"speed(?:ing|s)?|traffic|road safety|20 ?mph",
        words=r"\bspeeding\b|\bspeed (?:limits?|cameras?|humps?|bumps?|watch|guns?|checks?)|\b20 ?mph\b|\btraffic calming\b|\brat[- ]run\w*|\blow[- ]traffic\b|\bLTN\b|\bracing (?:cars|bikes)",
        not_about=r"speeding up",
    ),
    "crime": Topic(
        names=r"crimes?|community safety|police|policing|anti.?social behaviour|burglar(?:y|ies)",
        words=r"\bburgl\w+|\brobber\w*|\brobbed\b|\bmugg(?:ed|ing|ings|er|ers)\b|\bstabb\w+|\bknife\b|\barrest\w*|\bthefts?\b|\bstolen\b|\bassault\w*"
        r"|\bpolice (?:appeal|officers|are appealing|raid|hunt)|anti-?social behaviou?r|\bASB\b|\bvandal\w+|\bcrimes?\b|\bsafer neighbourhoods?\b|\bdrug deal\w*|\bwarrants?\b|\bshoplift\w*|\bcatalytic\b",
        not_about=r"crime (?:fiction|novel|writer|drama|thriller)s?|stolen the show|arrested development",
    ),
    "trees": Topic(
        names=r"trees?",
        words=r"\btrees?\b|\btree[- ]planting\b|\bsaplings?\b|\bTPO\b|\bfell(?:ed|ing) (?:of )?(?:the |a )?(?:plane|lime|oak|ash|cherry)",
        not_about=r"christmas trees?|family trees?|decision trees?|\bshoe trees?",
    ),
    "parks": Topic(
        names=r"parks?|playgrounds?|(?:open|green) spaces?",
        words=r"\bplaygrounds?\b|\bplay area\b|\bparks? (?:gates?|keepers?|cafe|café|benches)|\bopen spaces?\b|\bgreen spaces?\b|\ballotments?\b|\bskate ?(?:park|ramp)s?\b|\bbandstand\b",
    ),
    "bins": Topic(
        names=r"(?<!grit )(?<!salt )(?<!dog )bins|recycling|refuse|waste(?: collections?)?|rubbish collections?",
        words=r"\bbin (?:day|days|collection|collections|lorry|lorries|round|strike|store|stores|men|crews?)\b|\b(?:missed|overflowing|wheelie|recycling|food waste|black|green|brown) bins?\b"
        r"|\brecycl\w+|\brefuse\b (?:collection|collections|lorry|strike|crews?)|\bfood[- ]waste\b|\bgarden waste\b|\brubbish collections?\b|\bkerbside\b",
        not_about=r"(?:grit|salt|dog) bins?|recycled (?:idea|joke)s?",
    ),
    "litter": Topic(
        names=r"litter(?:ing)?|street cleaning|graffiti|clean streets",
        words=r"\blitter\w*|\bstreet (?:sweep\w+|clean\w+)|\bgraffiti\b|\btagging\b|\bchewing gum\b|\boverflowing bins?\b",
        not_about=r"litter of (?:kittens|puppies|pups)|cat litter|litter trays?",
    ),
    "licensing": Topic(
        names=r"licen[cs](?:ing|es|e)|pubs(?: and bars)?",
        words=r"\blicen[cs]ing\b|\bpremises licen[cs]e|\balcohol licen[cs]e|\blate(?:-night)? licen[cs]e|\bpavement licen[cs]e|\btemporary event notice|\bHMO licen[cs]\w+",
    ),
    "housing": Topic(
        names=r"housing|homes|damp|council (?:homes|flats)|tenants",
        words=r"\bcouncil (?:homes?|housing|flats?|tenants?|houses)|\bsocial (?:housing|rent)|\bhousing (?:association|repairs|estate|officers?|waiting list|register|team)|\btenants?\b|\bdamp\b|\bmould\b|\bleaseholders?\b|\bhomeless\w*|\btemporary accommodation\b|\brough sleep\w*|\blandlords?\b",
        not_about=r"damp (?:squib|weather|evening|start|conditions)",
    ),
    "schools": Topic(
        names=r"schools?|education|children",
        words=r"\bschools?\b|\bnurser(?:y|ies)\b|\bpupils?\b|\bhead ?teachers?\b|\bofsted\b|\bclassrooms?\b|\bsixth form\b",
        not_about=r"old[- ]school|plant nurser(?:y|ies)|school of thought",
    ),
    "flooding": Topic(
        names=r"flood(?:ing|s)?|drains|drainage|gull(?:y|ies)|sewers",
        words=r"\bflood\w*|\bblocked (?:drains?|gull(?:y|ies))|\bgull(?:y|ies)\b|\bsurface water\b|\bsewers?\b|\bsewage\b|\bburst (?:pipe|main|water main)s?\b|\bdrains\b",
        not_about=r"floodlights?|floodlit|flood(?:ed|s)? (?:of|with) (?:emotion|complaints|messages|memories|calls|tributes)",
    ),
    "lighting": Topic(
        names=r"street.?light(?:s|ing)?|lighting|lamps?(?: ?posts)?",
        words=r"\bstreet ?lights?\b|\bstreet ?lighting\b|\blamp ?posts?\b|\blamp columns?\b|\blights? (?:is|are) out\b|\bunlit\b",
        not_about=r"christmas lights",
    ),
    "transport": Topic(
        names=r"bus(?:es)?|(?:public )?transport|trains?|rail|tube|travel",
        words=r"\bbus(?:es)?\b(?! pass holder)|\bbus (?:stops?|routes?|lanes?|services?)|\btrains?\b|\brail(?:way)?\b|\btube\b|\boverground\b|\btfl\b|\bstep-free\b|\bnight bus",
        not_about=r"trains? (?:for|hard|volunteers|staff|as a)|youtube",
    ),
    "air": Topic(
        names=r"air(?: quality)?|pollution|climate|environment",
        words=r"\bair (?:quality|pollution)\b|\bpollution\b|\bNO2\b|\bnitrogen dioxide\b|\bULEZ\b|\bidling\b|\bnet zero\b|\bclimate (?:change|emergency|action|plan)\b",
        not_about=r"idling away",
    ),
    "noise": Topic(
        names=r"nois(?:e|y)(?: nuisance)?|aircraft(?: noise)?",
        words=r"\bnois(?:e|y)\b|\bloud music\b|\baircraft noise\b|\bflight ?paths?\b|\bnoise nuisance\b",
        not_about=r"white noise|making noises about",
    ),
    "library": Topic(
        names=r"librar(?:y|ies)",
        words=r"\blibrar(?:y|ies)\b",
        not_about=r"library of (?:photos|code)|software library",
    ),
    "health": Topic(
        names=r"health|hospitals?|gps?|nhs",
        words=r"\bhospitals?\b|\bGP (?:surger(?:y|ies)|practices?|appointments?)|\bNHS\b|\bhealth cent(?:re|er)|\bvaccin\w+|\bflu jabs?\b|\bA&E\b|\bpharmac(?:y|ies)\b|\bdentists?\b",
    ),
    "tax": Topic(
        names=r"council tax|budget|cuts|finances?",
        words=r"\bcouncil tax\b|\bbudget\b (?:cuts?|gap|plans?|consultation|shortfall)|\bsection 114\b|\bband D\b",
    ),
}  # fmt: skip

_COMPILED = {
    key: (
        late_regex(rf"(?i)\b(?:{topic.names})\b"),
        late_regex(rf"(?im)(?:{topic.words})"),
        late_regex(rf"(?i)\b(?:{topic.not_about})") if topic.not_about else None,
    )
    for key, topic in TOPICS.items()
}


# What the name of an issue may have besides.
_NEUTRAL = frozenset(
    [
        "and",
        "the",
        "in",
        "our",
        "of",
        "for",
        "on",
        "issues",
        "problems",
        "news",
        "local",
        "ward",
        "works",
        "safety",
        "repairs",
        "services",
    ]
)


def topics_named(issue: str) -> tuple[str, ...]:
    """The keys of the topics that an issue is about, if its name says nothing besides."""
    plain = issue.casefold().replace("-", " ").replace("&", " ")
    rest, found = plain, []
    for key, (names, _, _) in _COMPILED.items():
        if names.search(plain):
            found.append(key)
            rest = names.sub(" ", rest)
    return () if set(rest.split()) - _NEUTRAL else tuple(found)


def topic_mentions(key: str, text: str) -> int:
    """How many times a text speaks of a topic."""
    _, words, not_about = _COMPILED[key]
    if not_about:
        text = not_about.sub(" ", text)
    return sum(1 for _ in words.finditer(text))
