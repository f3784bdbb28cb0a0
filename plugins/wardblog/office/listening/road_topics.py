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
            r"road[-\s]?works?\b(?! wonders)|pot[-\s]?holes?\b|re-?surfac\w+|repav\w+"
            r"|zebras? (?:on|in|at|outside|by|near|opposite)\b|new zebra\b"
            r"|(?:paint|repaint|fad)\w* (?:the |a |our )?zebras?\b"
            r"|(?:signal|signalled|signalised|controlled) crossings?\b"
            r"|cable strikes?\b|(?:cut|cuts|struck|hit|severed)\b (?:through )?"
            r"(?:a|an|the|our) (?:\w+ )?(?:cable|pipe|(?:gas|water) main)s?\b"
            r"[^!?]{0,160}\b(?:road|street|lane)\b[^.!?]{0,20}\b(?:closed|shut)\b"
            r"|(?:(?:sett|slab)s|paving|kerbs?|cobbles|flagstones)\b[^.!?]{0,60}\b(?:lifted|re-?laid)"
            r"|(?:zebra|pelican|puffin|toucan|pedestrian|parallel|raised) crossings?\b"
            r"|belisha\b"
            r"|crossings? for (?:people|pedestrians|walkers|children)\b"
            r"|(?:new|better|safer) crossings?\b"
            r"|crossing (?:outside|in|on|at|by|near)\b[^.!?]{0,50}\b(?:road|street|school"
            r"|lane|hill|library)"
            r"|temporary (?:traffic )?(?:lights|signals)|(?:two|three"
            r"|four)-way (?:traffic )?(?:lights|signals)"
            r"|(?:road|street|lane|carriageway|bridge) (?:will be |is |to be "
            r"|was )?(?:closed|shut|closes|closing|closures?)\b[^.!?]{0,90}\b(?:works?"
            r"|repairs?|mains?|utility|sewer|pipes?|cables?|maintenance|gas|water|engineers?"
            r"|digging|dug|upgrade)"
            r"|(?:sewer|electric\w*|cable|utility|utilities|drainage|carriageway|pavement"
            r"|footway|kerb|street|(?:gas|water) mains?)s?[- ](?:works?|repairs?|replacement"
            r"|relaying|renewal|laying)\b"
            r"|(?:gas|water) (?:works|repairs?)\b[^.!?]{0,60}\b(?:road|street|lane|closed"
            r"|until|lights|weeks)\b"
            r"|(?:gas|water) mains?\b[^.!?]{0,60}\b(?:road|street|works?|closed|dig|digging"
            r"|replac\w+|repair\w*)"
            r"|(?:replac|renew|relay|repair)\w*\b[^.!?]{0,40}\b(?:gas|water) (?:mains?"
            r"|pipes?)\b"
            r"|(?:dig|digs|digging|dug) up\b[^.!?]{0,40}\b(?:roads?|streets?|pavements?"
            r"|lane|hill)"
            r"|(?:roads?|streets?|pavements?|lane|hill)\b[^.!?]{0,40}\b(?:dug up|being dug"
            r"|digging)\b"
            r"|(?:trench(?:es)?|excavations?)\b[^.!?]{0,50}\b(?:roads?|streets?|pavements?"
            r"|lane|hill)\b"
            r"|highways? (?:works?|maintenance|repairs?|team)\b|carriageway\b"
            r"|road (?:repairs?|maintenance|surface|dig|markings?|defects?)\b"
            r"|defects? (?:in|on) (?:the|a|our) (?:road|street|pavement|footway|highway)\b"
            r"|(?:mend|repair|fix|maintain|patch)\w* (?:(?:the|our|its|more|local) )*roads\b"
            r"|speed (?:humps?|cushions?)\b"
            r"|craters? in the road|holes? in the (?:road|street|pavement|tarmac)"
            r"|sinkholes?\b"
            r"|(?:rebuild|rebuilt|re-?lay|re-?laid|remodel|reconstruct|widen|narrow|repair|mend"
            r"|fix|patch|replac|renew|rais|lower|uneven|cracked|broken"
            r"|sunken)\w*\b (?:of )?(?:(?:the|a|our|some|new|all) )*(?:junctions?|pavements?"
            r"|footways?|footpaths?|kerbs?|carriageways?|roundabouts?|paving(?: stones?"
            r"| slabs?)?|flagstones?|road surface|tarmac|cobbles)\b"
            r"|(?:pavements?|footways?|kerbs?|paving|junction) (?:is |are |was |were |to be )?"
            r"(?:being )?(?:re-?laid|repaired|mended|widened|replaced|dug up|rebuilt)\b"
            r"|(?:surface dressing|micro-?asphalt|tarmack?ing|steel plates? (?:in|on|over))"
            r"|crossing\b[^.!?]{0,40}\b(?:lights?|signals?|button|beeps?|pedestrians|on foot)\b"
            r"|(?:cables?|pipes?|mains?|fibre) (?:(?:is|are|was|were|being|be|to) )*(?:laid"
            r"|replaced|renewed)\b|kerbs? (?:lowered|raised)\b"
            r"|green man\b[^.!?]{0,40}\bcrossing\b"
            r"|(?:road|street|lane|hill|[ab]\d{1,4})\b[^.!?]{0,30}\bnew surface\b"
            r"|(?:gas|water|broadband|electricity|power) (?:engineers?|company|firm"
            r"|contractors?)"
            r"\b[^.!?]{0,40}\b(?:digs?|digging|dug|trench\w*)\b"
            r"|new (?:kerbs?|kerbstones|paving|tarmac|road surface|pavements?)\b"
            r"|raised tables?\b"
            r"|stop[-/ ]?go boards?\b|sunken (?:drain"
            r"|manhole) covers?\b"
            r"|[gw]?waith (?:ar y |ar |trwsio )?(?:ff[oy]r?dd|ffordd|ffyrdd)\b"
            r"|ail-?wynebu\w*"
            r"|[gh]?oleuadau (?:traffig )?dros dro\b|t(?:w|y)ll(?:au)? (?:yn y|mewn"
            r"|ar y) ff[oy]rdd"
        ),
        not_about=(
            r"(?:platforms?|running tracks?|tennis courts?|pitch(?:es)?|playgrounds?)\b"
            r"[^.!?\n]{0,60}\bre-?surfac\w+"
            r"|re-?surfac\w+ (?:[\w'’]+ ){0,4}(?:platforms?|tracks?|courts|tennis court"
            r"|pitch(?:es)?|playgrounds?)"
            r"|(?:history|talk|museum|war|battle)\b[^.!?]{0,60}\b(?:trench|dug|dig)\w*"
            r"|road works wonders|police (?:cordon|incident)[^.!?]{0,40}closed|level crossing"
            r"|(?:crossing patrols?|lollipop \w+)[^!?]{0,160}?(?<!zebra )(?<!new )(?<!signal )"
            r"(?<!\ba )\bcrossing (?:outside|in|on|at|by|near)\b"
            r"|zebras?\b[^.!?]{0,40}\b(?:zoo|safari|costumes?|prints?|finch)"
            r"|border crossing|crossing the (?:line|floor)"
        ),
        hints=_WORKS,
    ),
    "parking": Topic(
        names=r"parking|car parks?",
        words=(
            r"parking\b|permits?\b[^.!?]{0,30}\b(?:zone|bay|car|resident)|controlled zone"
            r"|CPZ\b|yellow lines?|parked (?:cars?|on)\b|car parks?\b"
            r"|residents'? bays?\b"
        ),
        not_about=r"parking (?:the|that) (?:idea|issue|question)",
    ),
    "cycling": Topic(
        names=r"cycling|cyclists|cycle lanes?|bikes?|bicycles?",
        words=(
            r"cycl(?:e|es|ing|eways?)\b|cyclists?\b|bike (?:hangars?|lanes?|sheds?|racks?"
            r"|rides?|parking)|bikehangars?\b|segregated lanes?\b"
        ),
        not_about=(
            r"(?:life|water|news|election|carbon|rinse|economic|business) cycles?"
            r"|motor ?cycl\w+|re-?cycl\w+"
        ),
    ),
    "speeding": Topic(
        names=r"speed(?:ing|s)?|traffic|road safety|20 ?mph",
        words=(
            r"speeding\b|speed (?:limits?|cameras?|humps?|bumps?|watch|guns?|checks?)"
            r"|20 ?mph\b|traffic calming\b|rat[- ]run\w*|low[- ]traffic\b|LTN\b"
            r"|racing (?:cars|bikes)"
        ),
        not_about=r"speeding up",
    ),
}
