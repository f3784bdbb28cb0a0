"""How people write about roads: works, parking, bicycles and speed."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.office.listening.topic import Topic

_WORKS = """
    pot surfac pav crossing light signal works repair closed closes closing closure shut dig dug
    laid trench excavat highway carriageway traffic hump hole crater kerb junction footway
    zebra cable slab sett
    footpath roundabout flagstone cobble raised tarmac asphalt plates belisha boards maint replac
    renew relay laying marking cover mains gas water ffordd ffyrdd wynebu oleuadau
    defect cushion mending fixing
"""
ROAD_TOPICS: Mapping[str, Topic] = {
    "roads": Topic(
        names=(
            r"road.?works?|roads(?: repairs)?|potholes?|highways?|pavements?|crossings?"
            r"|street works?"
        ),
        words=(
            r"\broad[-\s]?works?\b(?! wonders)|\bpot[-\s]?holes?\b|\bre-?surfac\w+|\brepav\w+"
            r"|\bzebras? (?:on|in|at|outside|by|near|opposite)\b|\bnew zebra\b"
            r"|\b(?:paint|repaint|fad)\w* (?:the |a |our )?zebras?\b"
            r"|\b(?:signal|signalled|signalised|controlled) crossings?\b"
            r"|\bcable strikes?\b|\b(?:cut|cuts|struck|hit|severed)\b (?:through )?"
            r"(?:a|an|the|our) (?:\w+ )?(?:cable|pipe|(?:gas|water) main)s?\b"
            r"[^!?]{0,160}\b(?:road|street|lane)\b[^.!?]{0,20}\b(?:closed|shut)\b"
            r"|\b(?:(?:sett|slab)s|paving|kerbs?|cobbles|flagstones)\b[^.!?]{0,60}\b(?:lifted|re-?laid)"
            r"|\b(?:zebra|pelican|puffin|toucan|pedestrian|parallel|raised) crossings?\b"
            r"|\bbelisha\b"
            r"|\bcrossings? for (?:people|pedestrians|walkers|children)\b"
            r"|\b(?:new|better|safer) crossings?\b"
            r"|\bcrossing (?:outside|in|on|at|by|near)\b[^.!?]{0,50}\b(?:road|street|school"
            r"|lane|hill|library)"
            r"|temporary (?:traffic )?(?:lights|signals)|\b(?:two|three"
            r"|four)-way (?:traffic )?(?:lights|signals)"
            r"|\b(?:road|street|lane|carriageway|bridge) (?:will be |is |to be "
            r"|was )?(?:closed|shut|closes|closing|closures?)\b[^.!?]{0,90}\b(?:works?"
            r"|repairs?|mains?|utility|sewer|pipes?|cables?|maintenance|gas|water|engineers?"
            r"|digging|dug|upgrade)"
            r"|\b(?:sewer|electric\w*|cable|utility|utilities|drainage|carriageway|pavement"
            r"|footway|kerb|street|(?:gas|water) mains?)s?[- ](?:works?|repairs?|replacement"
            r"|relaying|renewal|laying)\b"
            r"|\b(?:gas|water) (?:works|repairs?)\b[^.!?]{0,60}\b(?:road|street|lane|closed"
            r"|until|lights|weeks)\b"
            r"|\b(?:gas|water) mains?\b[^.!?]{0,60}\b(?:road|street|works?|closed|dig|digging"
            r"|replac\w+|repair\w*)"
            r"|\b(?:replac|renew|relay|repair)\w*\b[^.!?]{0,40}\b(?:gas|water) (?:mains?"
            r"|pipes?)\b"
            r"|\b(?:dig|digs|digging|dug) up\b[^.!?]{0,40}\b(?:roads?|streets?|pavements?"
            r"|lane|hill)"
            r"|\b(?:roads?|streets?|pavements?|lane|hill)\b[^.!?]{0,40}\b(?:dug up|being dug"
            r"|digging)\b"
            r"|\b(?:trench(?:es)?|excavations?)\b[^.!?]{0,50}\b(?:roads?|streets?|pavements?"
            r"|lane|hill)\b"
            r"|\bhighways? (?:works?|maintenance|repairs?|team)\b|\bcarriageway\b"
            r"|\broad (?:repairs?|maintenance|surface|dig|markings?|defects?)\b"
            r"|\bdefects? (?:in|on) (?:the|a|our) (?:road|street|pavement|footway|highway)\b"
            r"|\b(?:mend|repair|fix|maintain|patch)\w* (?:(?:the|our|its|more|local) )*roads\b"
            r"|\bspeed (?:humps?|cushions?)\b"
            r"|\bcraters? in the road|holes? in the (?:road|street|pavement|tarmac)"
            r"|\bsinkholes?\b"
            r"|\b(?:rebuild|rebuilt|re-?lay|re-?laid|remodel|reconstruct|widen|narrow|repair|mend"
            r"|fix|patch|replac|renew|rais|lower|uneven|cracked|broken"
            r"|sunken)\w*\b (?:of )?(?:(?:the|a|our|some|new|all) )*(?:junctions?|pavements?"
            r"|footways?|footpaths?|kerbs?|carriageways?|roundabouts?|paving(?: stones?"
            r"| slabs?)?|flagstones?|road surface|tarmac|cobbles)\b"
            r"|\b(?:pavements?|footways?|kerbs?|paving|junction) (?:is |are |was |were |to be )?"
            r"(?:being )?(?:re-?laid|repaired|mended|widened|replaced|dug up|rebuilt)\b"
            r"|\b(?:surface dressing|micro-?asphalt|tarmack?ing|steel plates? (?:in|on|over))"
            r"|\bcrossing\b[^.!?]{0,40}\b(?:lights?|signals?|button|beeps?|pedestrians|on foot)\b"
            r"|\b(?:cables?|pipes?|mains?|fibre) (?:(?:is|are|was|were|being|be|to) )*(?:laid"
            r"|replaced|renewed)\b|\bkerbs? (?:lowered|raised)\b"
            r"|\bgreen man\b[^.!?]{0,40}\bcrossing\b"
            r"|\b(?:road|street|lane|hill|[ab]\d{1,4})\b[^.!?]{0,30}\bnew surface\b"
            r"|\b(?:gas|water|broadband|electricity|power) (?:engineers?|company|firm"
            r"|contractors?)"
            r"\b[^.!?]{0,40}\b(?:digs?|digging|dug|trench\w*)\b"
            r"|\bnew (?:kerbs?|kerbstones|paving|tarmac|road surface|pavements?)\b"
            r"|\braised tables?\b"
            r"|\bstop[-/ ]?go boards?\b|\bsunken (?:drain"
            r"|manhole) covers?\b"
            r"|\b[gw]?waith (?:ar y |ar |trwsio )?(?:ff[oy]r?dd|ffordd|ffyrdd)\b"
            r"|\bail-?wynebu\w*"
            r"|\b[gh]?oleuadau (?:traffig )?dros dro\b|\bt(?:w|y)ll(?:au)? (?:yn y|mewn"
            r"|ar y) ff[oy]rdd"
        ),
        not_about=(
            r"\b(?:platforms?|running tracks?|tennis courts?|pitch(?:es)?|playgrounds?)\b"
            r"[^.!?\n]{0,60}\bre-?surfac\w+"
            r"|re-?surfac\w+ (?:[\w'’]+ ){0,4}(?:platforms?|tracks?|courts|tennis court"
            r"|pitch(?:es)?|playgrounds?)"
            r"|\b(?:history|talk|museum|war|battle)\b[^.!?]{0,60}\b(?:trench|dug|dig)\w*"
            r"|road works wonders|police (?:cordon|incident)[^.!?]{0,40}closed|level crossing"
            r"|\b(?:crossing patrols?|lollipop \w+)[^!?]{0,160}?(?<!zebra )(?<!new )(?<!signal )"
            r"(?<!\ba )\bcrossing (?:outside|in|on|at|by|near)\b"
            r"|zebras?\b[^.!?]{0,40}\b(?:zoo|safari|costumes?|prints?|finch)"
            r"|border crossing|crossing the (?:line|floor)"
        ),
        hints=_WORKS,
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
}
