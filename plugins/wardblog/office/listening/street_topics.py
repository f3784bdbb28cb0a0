"""How people write about what is in their streets, such as potholes and rubbish."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.office.listening.topic import Topic

_DOGS = (
    r"dogs?|pupp(?:y|ies)|pooch(?:es)?|hounds?|spaniels?|labradors?|terriers?|poodles?|alsatians?"
    r"|retrievers?|collies?|bulldogs?|husk(?:y|ies)|whippets?|greyhounds?|cockapoos?"
)

STREET_TOPICS: Mapping[str, Topic] = {
    "grit": Topic(
        names=r"grit(?:ting)?(?: bins?)?|salt bins?|winter",
        words=(
            r"(?:grit|salt)(?:ting)?[- ]?(?:bins?|box(?:es)?|bunkers?|containers?)\b"
            r"|(?:un)?gritt?(?:ing|ed|ers?)\b|(?:road|rock|grit)[- ]salt\b"
            r"|grit (?:the|suppl\w+|stocks?|on|for|lorr\w+|spreaders?|and salt|delivery)\b"
            r"|(?:and|more|of|out of|no|free|spread) grit\b"
            r"|grit\b[^.!?]{0,60}\b(?:roads?|streets?|routes?|pavements?|footways?"
            r"|footpaths?|paths?|hills?|ice|icy|snow\w*|frost\w*|freezing|slipp\w+|lorr\w+"
            r"|bins?|bus(?:es)?)\b|(?:roads?|streets?|routes?|pavements?|footways?"
            r"|footpaths?|paths?|hills?|ice|icy|snow\w*|frost\w*|freezing|slipp\w+|lorr\w+"
            r"|bins?|bus(?:es)?)\b[^.!?]{0,60}\bgrit\b"
            r"|salt(?:ed|ing)? (?:(?:the|our|all|main|bus) )*(?:roads?|streets?|routes?"
            r"|pavements?|footways?|footpaths?|paths?|hills?)\b"
            r"|(?:roads?|streets?|routes?|pavements?|footways?|footpaths?|paths?"
            r"|hills?)\b[^.!?]{0,30}\bsalt(?:ed|ing)?\b"
            r"|grit (?:has|have|is|was|ran|runs)\b|tonnes of salt\b|salt\b[^.!?]{0,40}"
            r"\b(?:pavements?|roads?|paths?|bins?|box)\b|(?:bin|box)\b[^.!?]{0,20}\bsalt\b"
            r"|salt[- ](?:spread\w*|lorr\w+|barns?|stocks?|stores?|supplies)|spread(?:ing"
            r"|s)? (?:the )?salt\b"
            r"|yellow bins?\b[^.!?]{0,60}\b(?:salt|grit|ice|icy|snow|frosty?|winter)\b"
            r"|[bf]in(?:iau)? (?:graean|halen)\b|g?raeanu\w*"
        ),
        not_about=(
            r"true grit|grit (?:and|or) determination"
            r"|(?:their|his|her|sheer|real|pure|show\w*|some|much) grit\b"
            r"|grit(?:ted|ting)? (?:my|your|his|her|their|our)? ?teeth|gritted teeth|grits\b"
            r"|gritty|grit in (?:the|my|your|his|her) (?:eyes?|oyster|spinach|salad)"
            r"|(?:oysters?|mussels?|clams?|cockles?|leeks?|spinach)\b[^.!?]{0,50}\bgrit\b"
            r"|salt[- ]marsh\w*|salt of the earth"
            r"|salt and (?:pepper|vinegar)|salt(?:ed)? (?:caramel|beef|fish|water)"
        ),
        hints=("grit salt graean raeanu halen"),
    ),
    "dogs": Topic(
        names=r"dogs?(?: (?:fouling|mess|poo|waste|dirt))?",
        words=(
            r"dogs?['’ ]?s?[- ]?(?:foul\w*|mess|poo\w*|dirt|muck|waste|faeces|excrement"
            r"|turds?|doings|bins?)\b"
            r"|dogshit\b|fouling\b.{0,30}\b(?:dogs?|pavements?|paths?|park)"
            r"|dogs?\b[^.!?]{0,60}\b(?:mess|poos?|poop|pooing|turds?|foul(?:s|ed|ing)"
            r"|excrement|faeces)\b"
            r"|(?:mess|poos?|poop|turds?|foul(?:s|ed|ing)|excrement"
            r"|faeces)\b[^.!?]{0,60}\bdogs?\b"
            r"|(?:dogs?|owners?|walkers?)\b[^.!?]{0,60}\b(?:pick|clean|clear|scoop"
            r"|bag)\w* (?:it )?up\b"
            r"|(?:pick|clean|clear|scoop|bag)\w* (?:it |the mess |the poo )?up after (?:their"
            r"|your|his|her|the|a) (?:dogs?|pets?|pooch\w*|hounds?)"
            r"|poos?\b[^.!?]{0,40}\b(?:pavements?|paths?|shoes?|grass|playground|streets?|roads?"
            r"|park|buggy|wheels?)\b|fouling (?:fines?|patrols?|hotspots?|problem|wardens?)"
            r"|poop?[- ]?(?:bags?|bins?|scoop\w*)\b|bags? of (?:dog )?poo\b"
            r"|dog (?:owners?|walkers?)\b.{0,60}\b(?:mess|fouling|poo|fined?|fines|bags?)\b"
            rf"|(?:{_DOGS})\b[^.!?]{{0,60}}\b(?:do|does|doing|did|done) (?:its|his|her|their) "
            rf"(?:business|dirt)\b|(?:{_DOGS})[ -](?:s[h*][i*]t|sh?\*+t?|crap|cr\*p)"
            r"|[bf]aw (?:cŵn|cwn|ci)\b|cŵn yn baeddu\b"
        ),
        not_about=(
            r"fouling (?:the|of the) (?:propeller|line|ball)"
            r"|(?:foxe?s?|cats?|horses?|pigeons?|birds?|goose|geese)['’]?s? (?:mess|poos?"
            r"|muck|fouling|faeces)"
            r"|poo[- ]?poo"
        ),
        hints=("dog business poo foul baw faw pick owner walker cŵn"),
    ),
    "tipping": Topic(
        names=r"fly.?tip(?:ping|s)?|rubbish|dump(?:ing|ed)?(?: waste)?",
        words=(
            r"fly[-\s]?tip\w*|fly[- ]dump\w*|illegal(?:ly)?[- ](?:dump|tipp)\w*"
            r"|dumpers?\b|dumping (?:ground|spot|hot ?spot|site|place)"
            r"|dumped (?:boxes|bags|waste|rubbish|furniture|items|trolleys?|mattress\w*|sofas?"
            r"|fridges?|tyres|goods|material)\b"
            r"|(?:rubbish|waste|debris)(?: is| are| still| again| lying){0,2} (?:on|in|across"
            r"|behind|blocking) (?:the|our) (?:\w+ )?(?:pavement|street|road|alley|path|verge|park"
            r"|kerb|garages)\b|builders?['’]s? (?:rubble|waste)\b"
            r"|rubbish (?:pile|heap|mountain|everywhere|in (?:our|the) streets?)"
            r"|piles? of (?:rubbish|waste)|waste (?:crimes?|carriers?|enforcement|offences?)\b"
            r"|(?:tipio|th?ipio|dd?ympio) (?:\w+ )?anghyfreithlon|tipio slei"
            r"|s[bp]wriel wedi(?:['’]i| ei) (?:adael|dd?ympio|daflu|dipio)"
        ),
        not_about=(
            r"left (?:us|me|them|him|her|tenants|residents) with(?:out)?\b"
            r"|(?:dumped|left) by (?:her|his|their) (?:boyfriend|girlfriend|husband|wife|party)"
            r"|household waste (?:and )?recycling centre|(?:left|lying) (?:uncollected"
            r"|unemptied|behind)"
            r"|(?:cars?|vans?|vehicles?|lorr(?:y|ies)|caravans?)\b(?! (?:tyres?|parts?"
            r"|batter(?:y|ies)|seats?|doors?))[^.!?]{0,25}\b(?:dumped|abandoned|left)"
            r"|dumper trucks?|(?:left|leav(?:es|ing)) (?:the|our|your|my|their|all) (?:\w+ )?"
            r"(?:bins?|cars?|bikes?|scooters?)\b"
            r"|(?:dumped|abandoned) (?:a |the |their |his )?(?:stolen )?(?:cars?|vans?"
            r"|vehicles?|caravans?)"
            r"|rubbish (?:chute|collections?)|left[- ]hand|turn left|on the left"
        ),
        hints=(
            "tip dump left leav abandon rubbish waste chucked dympio wriel fly "
            "mattress sofa settee fridge freezer rubble builders old broken stained "
            "rotting tyre armchair wardrobe washing"
        ),
    ),
    "trees": Topic(
        names=r"trees?",
        words=(
            r"trees?\b|tree[- ]planting\b|saplings?\b|TPO\b|fell(?:ed"
            r"|ing) (?:of )?(?:the |a )?(?:plane|lime|oak|ash|cherry)"
        ),
        not_about=r"christmas trees?|family trees?|decision trees?|shoe trees?",
    ),
    "parks": Topic(
        names=r"parks?|playgrounds?|(?:open|green) spaces?",
        words=(
            r"playgrounds?\b|play area\b|parks? (?:gates?|keepers?|cafe|café|benches)"
            r"|open spaces?\b|green spaces?\b|allotments?\b|skate ?(?:park|ramp)s?\b"
            r"|bandstand\b"
        ),
    ),
    "bins": Topic(
        names=(
            r"(?<!grit )(?<!salt )(?<!dog )bins|recycling|refuse|waste(?: collections?)?"
            r"|rubbish collections?"
        ),
        words=(
            r"bin (?:day|days|collection|collections|lorry|lorries|round|strike|store|stores"
            r"|men|crews?)\b|(?:missed|overflowing|wheelie|recycling|food waste|black|green"
            r"|brown) bins?\b|recycl\w+|refuse\b (?:collection|collections|lorry|strike"
            r"|crews?)|food[- ]waste\b|garden waste\b|rubbish collections?\b|kerbside\b"
        ),
        not_about=r"(?:grit|salt|dog) bins?|recycled (?:idea|joke)s?",
    ),
    "litter": Topic(
        names=r"litter(?:ing)?|street cleaning|graffiti|clean streets",
        words=(
            r"litter\w*|street (?:sweep\w+|clean\w+)|graffiti\b|tagging\b"
            r"|chewing gum\b|overflowing bins?\b"
        ),
        not_about=r"litter of (?:kittens|puppies|pups)|cat litter|litter trays?",
    ),
    "flooding": Topic(
        names=r"flood(?:ing|s)?|drains|drainage|gull(?:y|ies)|sewers",
        words=(
            r"flood\w*|blocked (?:drains?|gull(?:y|ies))|gull(?:y|ies)\b"
            r"|surface water\b|sewers?\b|sewage\b|burst (?:pipe|main|water main)s?\b"
            r"|drains\b"
        ),
        not_about=(
            r"floodlights?|floodlit|flood(?:ed|s)? (?:of|with) (?:emotion|complaints|messages"
            r"|memories|calls|tributes)"
        ),
    ),
    "lighting": Topic(
        names=r"street.?light(?:s|ing)?|lighting|lamps?(?: ?posts)?",
        words=(
            r"street ?lights?\b|street ?lighting\b|lamp ?posts?\b|lamp columns?\b"
            r"|lights? (?:is|are) out\b|unlit\b"
        ),
        not_about=r"christmas lights",
    ),
}
