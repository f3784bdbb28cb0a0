"""How people write about what is in their streets, such as potholes and rubbish."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.office.listening.topic import Topic

STREET_TOPICS: Mapping[str, Topic] = {
    "grit": Topic(
        names=r"grit(?:ting)?(?: bins?)?|salt bins?|winter",
        words=(
            r"(?:grit|salt)(?:ting)?[- ]?bins?|\bgritt?(?:ing|ed|ers?)\b|road salt|rock salt"
            r"|\bgrit (?:the|suppl\w+|stocks?|on|for|lorr\w+|spreaders?|and salt|delivery)\b"
            r"|(?:and|more|of|out of|no|free|spread) grit\b|salt(?:ing)? (?:the )?(?:roads?"
            r"|pavements?)"
        ),
        not_about=(
            r"true grit|grit (?:and|or) determination|(?:their|his|her|sheer|real|pure) grit"
            r"|grit(?:ted|ting)? (?:my|your|his|her|their|our)? ?teeth|gritted teeth|grits\b"
        ),
    ),
    "dogs": Topic(
        names=r"dogs?(?: (?:fouling|mess|poo|waste|dirt))?",
        words=(
            r"dogs?[' ]?s?[- ]?(?:fouling|mess|poo\w*|dirt|muck|waste|faeces|excrement|bins?)\b"
            r"|\bdogshit\b|fouling\b.{0,30}\b(?:dogs?|pavements?|paths?|park)|(?:pick|picks"
            r"|picking|clean|cleans|cleaning|clear|clears|clearing|bag|bags) (?:it |the mess "
            r"|the poo )?up after (?:their|your|his|her|the|a) (?:dogs?|pets?)"
            r"|\bpoo(?:p)?[- ](?:bags?|bins?)\b|\bdog owners?\b.{0,60}\b(?:mess|fouling|poo"
            r"|clean|pick|fined?|bags?)"
            r"|\b(?:mess|poo|fouling) (?:left )?(?:by|from) (?:\w+ )?dogs?\b"
        ),
        not_about=r"fouling (?:the|of the) (?:propeller|line|ball)",
    ),
    "tipping": Topic(
        names=r"fly.?tip(?:ping|s)?|rubbish|dump(?:ing|ed)?(?: waste)?",
        words=(
            r"\bfly[-\s]?tip\w*|\bflytip\w*|(?:rubbish|waste|mattress(?:es)?|sofas?|fridges?"
            r"|furniture|rubble|debris|tyres|sacks?|bags? of (?:rubbish|waste|rubble)|litter"
            r"|cooker|freezer|carpets?|armchairs?|junk|paint tins)\b[^.!?]{0,40}\b(?:dumped"
            r"|left|abandoned|fly)\b|\b(?:dump(?:s|ed|ing)?|abandon(?:s|ed|ing)?|left"
            r"|leaving)\b[^.!?]{0,40}\b(?:rubbish|waste|mattress(?:es)?|sofas?|fridges?"
            r"|furniture|rubble|debris|tyres|sacks?|bags? of (?:rubbish|waste|rubble)|litter"
            r"|cooker|freezer|carpets?|armchairs?|junk|paint tins)|\bdump(?:ers|ing) (?:rubbish"
            r"|waste)|illegal(?:ly)? dump\w*|rubbish (?:pile|heap|mountain|everywhere|in (?:our"
            r"|the) streets?)|pile of rubbish|piles of (?:rubbish|waste)|\bfly[- ]dump\w*"
        ),
        not_about=(
            r"(?:dumped|left) by (?:her|his|their) (?:boyfriend|girlfriend|husband|wife|party)"
            r"|household waste (?:and )?recycling centre"
        ),
    ),
    "roads": Topic(
        names=(
            r"road.?works?|roads(?: repairs)?|potholes?|highways?|pavements?|crossings?"
            r"|street works?"
        ),
        words=(
            r"\broad[-\s]?works?\b(?! wonders)|\bpot[-\s]?holes?\b|\bresurfac\w+"
            r"|\bre-?surfac\w+|\b(?:zebra|pelican|puffin|toucan|pedestrian"
            r"|parallel) crossings?\b|temporary (?:traffic )?(?:lights|signals)|\b(?:road"
            r"|street|lane|carriageway|bridge) (?:will be |is |to be |was )?(?:closed|shut"
            r"|closes|closing|closures?)\b[^.!?]{0,90}\b(?:works?|repairs?|mains?|resurfac\w+"
            r"|utility|sewer|pipes?|cables?|maintenance|gas|water|engineers?|digging|dug"
            r"|upgrade)|\b(?:gas|water|sewer|electric\w*|cable|utility|utilities|drainage"
            r"|carriageway|pavement|footway|kerb|street)s?[- ](?:mains?[- ])?(?:works|repairs?"
            r"|replacement|relaying|renewal)\b|\b(?:gas|water) mains?\b[^.!?]{0,60}\b(?:road"
            r"|street|works?|closed|dig|digging|replac\w+|repair\w*)|\b(?:dig|digs|digging"
            r"|dug) up\b[^.!?]{0,40}\b(?:road|street|pavement|lane|hill)|\bstreet works?\b"
            r"|\bhighways? (?:works?|maintenance|repairs?|team)\b|\bcarriageway\b"
            r"|\btraffic orders?\b|\broad (?:repairs?|maintenance|surface|closures?|dig"
            r"|markings?)\b|\brepav\w+|\bcraters? in the road|holes? in the road"
            r"|\bspeed humps?\b|\bcrossing (?:outside|in|on|at|by|near)\b[^.!?]{0,50}\b(?:road"
            r"|street|school|lane|hill|library)|\bnew crossing\b"
            r"|\bworks? to (?:widen|repair|relay|rebuild|replace|resurface|narrow|raise)\b[^.!?]"
            r"{0,40}\b(?:pavements?|roads?|footways?|kerbs?|carriageway|junctions?)\b"
            r"|\b(?:widen\w*|relay\w*|repair\w*|uneven|cracked|broken) (?:the |of the )?"
            r"(?:pavements?|footways?|paving|kerbs?)\b|\bsinkholes?\b|\blane closures?\b"
        ),
        not_about=(
            r"road works wonders|police (?:cordon|incident)[^.!?]{0,40}closed|level crossing"
            r"|border crossing|crossing the (?:line|floor)"
        ),
    ),
    "parking": Topic(
        names=r"parking|car parks?",
        words=(
            r"\bparking\b|\bpermits?\b[^.!?]{0,30}\b(?:zone|bay|car|resident)|\bcontrolled zone"
            r"|\bCPZ\b|yellow lines?|\bparked (?:cars?|on)\b|\bcar parks?\b"
            r"|\bresidents'? bays?\b"
        ),
        not_about=r"parking (?:the|that) (?:idea|issue|question)",
    ),
    "cycling": Topic(
        names=r"cycling|cyclists|cycle lanes?|bikes?|bicycles?",
        words=(
            r"\bcycl(?:e|es|ing|eways?)\b|\bcyclists?\b|\bbike (?:hangars?|lanes?|sheds?|racks?"
            r"|rides?|parking)|\bbikehangars?\b|\bsegregated lanes?\b"
        ),
        not_about=(
            r"(?:life|water|news|election|carbon|rinse|economic|business) cycles?"
            r"|motor ?cycl\w+|re-?cycl\w+"
        ),
    ),
    "speeding": Topic(
        names=r"speed(?:ing|s)?|traffic|road safety|20 ?mph",
        words=(
            r"\bspeeding\b|\bspeed (?:limits?|cameras?|humps?|bumps?|watch|guns?|checks?)"
            r"|\b20 ?mph\b|\btraffic calming\b|\brat[- ]run\w*|\blow[- ]traffic\b|\bLTN\b"
            r"|\bracing (?:cars|bikes)"
        ),
        not_about=r"speeding up",
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
