"""Items with the streets and issues of the sample ward that a person finds in them."""

from __future__ import annotations

from dataclasses import dataclass

from office.listening_pairs import BLOG, COUNCIL, FORUM, NEWS, PAPER, POLICE, TOOTS, item
from wardblog.office.listening.items import FeedItem


@dataclass(frozen=True, slots=True)
class Labelled:
    """An item, and the slugs of its streets and issues."""

    item: FeedItem
    streets: frozenset[str]
    issues: frozenset[str]


def _of(site: str, title: str, text: str = "", streets: str = "", issues: str = "") -> Labelled:
    return Labelled(item(site, title, text), frozenset(streets.split()), frozenset(issues.split()))


LABELLED = (
    _of(COUNCIL, "Salt bins filled before the frost", "All 40 salt bins in the borough are full, the one in Acanthus Road among them.", "acanthus-road", "grit-bins"),
    _of(FORUM, "Grit bin in Eland Rd empty again", "Does anybody know who fills it?", "eland-road", "grit-bins"),
    _of(TOOTS, "", "The #GritBins are being filled this week, Tidy St first. #Battersea", "tidy-street", "grit-bins"),
    _of(PAPER, "True grit: the choir that would not stop singing", "The singers of Lavender Hill show real grit.", "lavender-hill", ""),
    _of(NEWS, "Council's gritters out for the first time this winter", "Gritting begins at 7pm on the main roads.", "", "grit-bins"),
    _of(COUNCIL, "Planning application 2026/4410", "A rear dormer at 44 Taybridge Street.", "taybridge-street", "planning"),
    _of(NEWS, "Neighbours object to plans for five-storey block of flats", "The developer wants to build 24 flats on the old depot between Elsley Road and Culvert Road.", "elsley-road culvert-road", "planning"),
    _of(BLOG, "Planning a street party?", "Here is how to close your road for a day without paying a penny.", "", ""),
    _of(PAPER, "Family planning clinic moves", "The clinic is now beside Battersea Library.", "", ""),
    _of(FORUM, "Loft conversion: which builder?", "We live in Dorothy Road and have permission.", "dorothy-road", "planning"),
    _of(NEWS, "Pub wins its appeal against the planning inspector", "The Falcon may have a terrace.", "", "planning"),
    _of(FORUM, "Dog mess in Heathwall Street", "Whoever walks the brown spaniel: please pick it up.", "heathwall-street", "dog-fouling"),
    _of(COUNCIL, "£150 fines for owners who do not clear up after their dogs", "Wardens patrol the Common at weekends.", "", "dog-fouling"),
    _of(FORUM, "Dog walker wanted", "Two lovely labradors in Marmion Road, Tuesdays and Fridays.", "marmion-road", ""),
    _of(TOOTS, "", "More dog poo on the pavement in Wycliffe St than ever. Bags are free at the library, people!", "wycliffe-street", "dog-fouling"),
    _of(NEWS, "Mattress mountain: fly-tippers strike in Nansen Street", "Eleven mattresses were dumped there overnight.", "nansen-street", "fly-tipping"),
    _of(FORUM, "Sofa left on the pavement in Gideon Street", "It has been there for a week.", "gideon-street", "fly-tipping"),
    _of(COUNCIL, "Flytipping: 31 fines last month", "Cameras are moved between Basnett Lane and Osier Street.", "basnett-lane osier-street", "fly-tipping"),
    _of(FORUM, "Sofa for free", "Green, two seats, collect from Falcon Mews.", "falcon-mews", ""),
    _of(PAPER, "Rubbish defence costs the team the match", "They conceded four goals.", "", ""),
    _of(COUNCIL, "Roadworks this week", "Stormont Street is closed while Thames Water replaces a main.", "stormont-street", "road-works"),
    _of(FORUM, "Pothole outside 12 Kestrel Road", "It is the size of a bath.", "kestrel-road", "road-works"),
    _of(NEWS, "Zebra crossing agreed for Wakehurst Row", "Work begins in spring.", "wakehurst-row", "road-works"),
    _of(TOOTS, "", "Temporary lights on Lavender Hill by the junction with Latchmere Rise until Friday, allow extra time.", "lavender-hill latchmere-rise", "road-works"),
    _of(PAPER, "Fire closes Garfield Grove", "Forty firefighters were there.", "garfield-grove", ""),
    _of(POLICE, "Burglary in Sugden Rise", "A laptop was taken on Tuesday.", "sugden-rise", ""),
    _of(PAPER, "Crash in Silver Street, Wimbledon", "A van hit a wall.", "", ""),
    _of(PAPER, "Crash in Silver Street, Leeds", "A van hit a wall.", "", ""),
    _of(PAPER, "Man robbed in Culvert Road, Croydon CR0 2AB", "Police were called.", "", ""),
    _of(PAPER, "Shop raided in Plover Street SW19", "Cigarettes were taken.", "", ""),
    _of(NEWS, "Shop raided in Plover Street, Battersea SW11", "Cigarettes were taken.", "plover-street", ""),
    _of(NEWS, "New bakery for Lavender Hill", "It opens on Saturday.", "lavender-hill", ""),
    _of(NEWS, "Concert at St Mary's", "The street choir sings in the church.", "", ""),
    _of(FORUM, "Wren spotted in the gardens", "And a heron by the pond.", "", ""),
    _of(NEWS, "Eland, Elsley and Dorothy Roads to get new lamp posts", "The old ones are from 1968.", "eland-road elsley-road dorothy-road", ""),
    _of(NEWS, "Upper Elsley Road is in another borough", "So said the judge.", "", ""),
    _of(COUNCIL, "Bin collections over Christmas", "The Monday round moves to Tuesday.", "", ""),
    _of(COUNCIL, "Resurfacing of Thirsk Street on 4 December", "Please move your car.", "thirsk-street", "road-works"),
    _of(FORUM, "What happened in Jedburgh Row last night?", "Three police cars and a helicopter.", "jedburgh-row", ""),
    _of(NEWS, "Plans to convert the Shaftesbury Halt ticket office into flats refused", "Councillors said no.", "", "planning"),
)  # fmt: skip
