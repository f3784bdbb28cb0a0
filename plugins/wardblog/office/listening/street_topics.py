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
            r"|\b(?:un)?gritt?(?:ing|ed|ers?)\b|\b(?:road|rock|grit)[- ]salt\b"
            r"|\bgrit (?:the|suppl\w+|stocks?|on|for|lorr\w+|spreaders?|and salt|delivery)\b"
            r"|(?:and|more|of|out of|no|free|spread) grit\b"
            r"|\bgrit\b[^.!?]{0,60}\b(?:roads?|streets?|routes?|pavements?|footways?"
            r"|footpaths?|paths?|hills?|ice|icy|snow\w*|frost\w*|freezing|slipp\w+|lorr\w+"
            r"|bins?|bus(?:es)?)\b|\b(?:roads?|streets?|routes?|pavements?|footways?"
            r"|footpaths?|paths?|hills?|ice|icy|snow\w*|frost\w*|freezing|slipp\w+|lorr\w+"
            r"|bins?|bus(?:es)?)\b[^.!?]{0,60}\bgrit\b"
            r"|\bsalt(?:ed|ing)? (?:(?:the|our|all|main|bus) )*(?:roads?|streets?|routes?"
            r"|pavements?|footways?|footpaths?|paths?|hills?)\b"
            r"|\b(?:roads?|streets?|routes?|pavements?|footways?|footpaths?|paths?"
            r"|hills?)\b[^.!?]{0,30}\bsalt(?:ed|ing)?\b"
            r"|\bgrit (?:has|have|is|was|ran|runs)\b|\btonnes of salt\b|\bsalt\b[^.!?]{0,40}"
            r"\b(?:pavements?|roads?|paths?|bins?|box)\b|\b(?:bin|box)\b[^.!?]{0,20}\bsalt\b"
            r"|\bsalt[- ](?:spread\w*|lorr\w+|barns?|stocks?|stores?|supplies)|\bspread(?:ing"
            r"|s)? (?:the )?salt\b"
            r"|\byellow bins?\b[^.!?]{0,60}\b(?:salt|grit|ice|icy|snow|frosty?|winter)\b"
            r"|\b[bf]in(?:iau)? (?:graean|halen)\b|\bg?raeanu\w*"
        ),
        not_about=(
            r"true grit|grit (?:and|or) determination"
            r"|(?:their|his|her|sheer|real|pure|show\w*|some|much) grit\b"
            r"|grit(?:ted|ting)? (?:my|your|his|her|their|our)? ?teeth|gritted teeth|grits\b"
            r"|gritty|grit in (?:the|my|your|his|her) (?:eyes?|oyster|spinach|salad)"
            r"|\b(?:oysters?|mussels?|clams?|cockles?|leeks?|spinach)\b[^.!?]{0,50}\bgrit\b"
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
            r"|\bdogshit\b|fouling\b.{0,30}\b(?:dogs?|pavements?|paths?|park)"
            r"|\bdogs?\b[^.!?]{0,60}\b(?:mess|poos?|poop|pooing|turds?|foul(?:s|ed|ing)"
            r"|excrement|faeces)\b"
            r"|\b(?:mess|poos?|poop|turds?|foul(?:s|ed|ing)|excrement"
            r"|faeces)\b[^.!?]{0,60}\bdogs?\b"
            r"|\b(?:dogs?|owners?|walkers?)\b[^.!?]{0,60}\b(?:pick|clean|clear|scoop"
            r"|bag)\w* (?:it )?up\b"
            r"|(?:pick|clean|clear|scoop|bag)\w* (?:it |the mess |the poo )?up after (?:their"
            r"|your|his|her|the|a) (?:dogs?|pets?|pooch\w*|hounds?)"
            r"|\bpoos?\b[^.!?]{0,40}\b(?:pavements?|paths?|shoes?|grass|playground|streets?|roads?"
            r"|park|buggy|wheels?)\b|\bfouling (?:fines?|patrols?|hotspots?|problem|wardens?)"
            r"|\bpoop?[- ]?(?:bags?|bins?|scoop\w*)\b|\bbags? of (?:dog )?poo\b"
            r"|\bdog (?:owners?|walkers?)\b.{0,60}\b(?:mess|fouling|poo|fined?|fines|bags?)\b"
            rf"|\b(?:{_DOGS})\b[^.!?]{{0,60}}\b(?:do|does|doing|did|done) (?:its|his|her|their) "
            rf"(?:business|dirt)\b|\b(?:{_DOGS})[ -](?:s[h*][i*]t|sh?\*+t?|crap|cr\*p)"
            r"|\b[bf]aw (?:cŵn|cwn|ci)\b|\bcŵn yn baeddu\b"
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
            r"\bfly[-\s]?tip\w*|\bfly[- ]dump\w*|\billegal(?:ly)?[- ](?:dump|tipp)\w*"
            r"|\bdumpers?\b|\bdumping (?:ground|spot|hot ?spot|site|place)"
            r"|\bdumped (?:boxes|bags|waste|rubbish|furniture|items|trolleys?|mattress\w*|sofas?"
            r"|fridges?|tyres|goods|material)\b"
            r"|\b(?:rubbish|waste|debris)(?: is| are| still| again| lying){0,2} (?:on|in|across"
            r"|behind|blocking) (?:the|our) (?:\w+ )?(?:pavement|street|road|alley|path|verge|park"
            r"|kerb|garages)\b|\bbuilders?['’]s? (?:rubble|waste)\b"
            r"|rubbish (?:pile|heap|mountain|everywhere|in (?:our|the) streets?)"
            r"|piles? of (?:rubbish|waste)|\bwaste (?:crimes?|carriers?|enforcement|offences?)\b"
            r"|\b(?:tipio|th?ipio|dd?ympio) (?:\w+ )?anghyfreithlon|\btipio slei"
            r"|\bs[bp]wriel wedi(?:['’]i| ei) (?:adael|dd?ympio|daflu|dipio)"
        ),
        not_about=(
            r"left (?:us|me|them|him|her|tenants|residents) with(?:out)?\b"
            r"|(?:dumped|left) by (?:her|his|their) (?:boyfriend|girlfriend|husband|wife|party)"
            r"|household waste (?:and )?recycling centre|(?:left|lying) (?:uncollected"
            r"|unemptied|behind)"
            r"|\b(?:cars?|vans?|vehicles?|lorr(?:y|ies)|caravans?)\b(?! (?:tyres?|parts?"
            r"|batter(?:y|ies)|seats?|doors?))[^.!?]{0,25}\b(?:dumped|abandoned|left)"
            r"|\bdumper trucks?|\b(?:left|leav(?:es|ing)) (?:the|our|your|my|their|all) (?:\w+ )?"
            r"(?:bins?|cars?|bikes?|scooters?)\b"
            r"|\b(?:dumped|abandoned) (?:a |the |their |his )?(?:stolen )?(?:cars?|vans?"
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
            r"\btrees?\b|\btree[- ]planting\b|\bsaplings?\b|\bTPO\b|\bfell(?:ed"
            r"|ing) (?:of )?(?:the |a )?(?:plane|lime|oak|ash|cherry)"
        ),
        not_about=r"christmas trees?|family trees?|decision trees?|\bshoe trees?",
    ),
    "parks": Topic(
        names=r"parks?|playgrounds?|(?:open|green) spaces?",
        words=(
            r"\bplaygrounds?\b|\bplay area\b|\bparks? (?:gates?|keepers?|cafe|café|benches)"
            r"|\bopen spaces?\b|\bgreen spaces?\b|\ballotments?\b|\bskate ?(?:park|ramp)s?\b"
            r"|\bbandstand\b"
        ),
    ),
    "bins": Topic(
        names=(
            r"(?<!grit )(?<!salt )(?<!dog )bins|recycling|refuse|waste(?: collections?)?"
            r"|rubbish collections?"
        ),
        words=(
            r"\bbin (?:day|days|collection|collections|lorry|lorries|round|strike|store|stores"
            r"|men|crews?)\b|\b(?:missed|overflowing|wheelie|recycling|food waste|black|green"
            r"|brown) bins?\b|\brecycl\w+|\brefuse\b (?:collection|collections|lorry|strike"
            r"|crews?)|\bfood[- ]waste\b|\bgarden waste\b|\brubbish collections?\b|\bkerbside\b"
        ),
        not_about=r"(?:grit|salt|dog) bins?|recycled (?:idea|joke)s?",
    ),
    "litter": Topic(
        names=r"litter(?:ing)?|street cleaning|graffiti|clean streets",
        words=(
            r"\blitter\w*|\bstreet (?:sweep\w+|clean\w+)|\bgraffiti\b|\btagging\b"
            r"|\bchewing gum\b|\boverflowing bins?\b"
        ),
        not_about=r"litter of (?:kittens|puppies|pups)|cat litter|litter trays?",
    ),
    "flooding": Topic(
        names=r"flood(?:ing|s)?|drains|drainage|gull(?:y|ies)|sewers",
        words=(
            r"\bflood\w*|\bblocked (?:drains?|gull(?:y|ies))|\bgull(?:y|ies)\b"
            r"|\bsurface water\b|\bsewers?\b|\bsewage\b|\bburst (?:pipe|main|water main)s?\b"
            r"|\bdrains\b"
        ),
        not_about=(
            r"floodlights?|floodlit|flood(?:ed|s)? (?:of|with) (?:emotion|complaints|messages"
            r"|memories|calls|tributes)"
        ),
    ),
    "lighting": Topic(
        names=r"street.?light(?:s|ing)?|lighting|lamps?(?: ?posts)?",
        words=(
            r"\bstreet ?lights?\b|\bstreet ?lighting\b|\blamp ?posts?\b|\blamp columns?\b"
            r"|\blights? (?:is|are) out\b|\bunlit\b"
        ),
        not_about=r"christmas lights",
    ),
}
