"""Word lists that tell people from organisations and streets, and how a text becomes words."""

from __future__ import annotations

_MARKS = b""".,;:!?()"'|>*/-_\t\n\r\v\f\x1c\x1d\x1e"""
_APART = bytes.maketrans(_MARKS, b" " * len(_MARKS))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation; ASCII letters only."""
    return plain(text).split()


def plain(text: str) -> str:
    """Return a text of the same length in lower-case ASCII, with spaces for punctuation."""
    return text.encode("ascii", "replace").lower().translate(_APART).decode("ascii")


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


STREET_TYPES = word_set("""
    Approach Avenue Ave Bank Boulevard Bridge Broadway Broadwalk Buildings Causeway Circus Close
    Common Corner Cottage Cottages Court Crescent Cres Croft Cross Drive Drove Embankment End Estate
    Farm Field Fields Gardens Gdns Gate Glebe Green Grove Heath Heights Hill House Lane Lawn Lawns
    Lodge Mansions Market Meadow Meadows Mews Mount Orchard Parade Park Passage Path Place Point
    Quay Quays Rd Rise Road Row Side Sq Square St Strand Street Sweep Terrace Tower Towers Vale
    View Villas Walk Way Wharf Wood Yard
    """)
# Street words that are also surnames.
SURNAME_TOO = word_set(
    "Bank Bridge Close Common Cross Field Fields Green Grove Heath Hill House Lane Marsh Mount "
    "Park Street Way Wood"
)

# Words of organisations and places that are named after people. In lower case.
ORGANISATIONS = word_set("""
    academy accountants agency architects arms associates association baths bus bakery bookshop
    brewery builders buses business cafe
    café centre center chambers chapel charity charities church cinema clinic club co college
    committee commons company cooperative council councillors court dental dentist department
    dept depot desk estate estates federation firm florist foodbank forum foundation gallery garage
    gp group groundwork gym hall headquarters helpdesk helpline hospital hospice hotel hotline
    hub infant inn institute junior kitchen laundry leisure library limited line llp ltd lounge
    market memorial ministry mosque museum newsagent newsagents nursery office offices opticians
    parish parliament partnership pharmacy plc police pool post practice primary pub restaurant
    mp rooms salon scheme school schools secondary service services shop society solicitors station
    stadium surveyors settlement almshouse almshouses hostel mission choir orchestra
    stores studio studios supermarket surgery synagogue team tavern temple theatre trust union
    university vets warehouse works workshop
    """)  # fmt: skip

# Near a telephone number these words show that it is an organisation's, not a person's.
OFFICE_WORDS = word_set("""
    advice appointments benefits bins book booking bookings branch bulky campaign cleansing
    complaints consumer contractor contractors coroner council council's crime customer developer
    developers dvla dwp enquiries exchange fire form graffiti helpdesk highways hmrc hotel housing
    library licensing lighting lost mayor nhs noise online operator parking parks pest planning
    police reception recycling refuse register registrar registry repairs report reservations
    rspca samaritans social station streetlights switchboard textphone tfl tickets town trading uk
    vicarage visitors wardens waste water website
    """) | (
    ORGANISATIONS - {"bus", "line", "group", "co", "court", "estate", "market", "post", "works"}
)

# Relatives and neighbours, who show that a sentence is about one person. These are patterns.
_RELATIVES = (
    "husband|wife|wifey|partner|spouse|fianc[eé]e?|boyfriend|girlfriend|ex(?:-\\w+)?|sons?"
    "|daughters?|child(?:ren)?|kids?|baby|babies|toddler|boys?|girls?|lad|twins?|eldest|youngest"
    "|teenagers?|mother|father|mum|mummy|mam|mom|dad|daddy|parents?|nan|nana|nanny|gran|granny"
    "|grandma|grandpa|grandad|grand(?:father|mother|parents?|sons?|daughters?|child(?:ren)?)"
    "|(?:half-|step)?(?:brothers?|sisters?)|step(?:son|daughter|father|mother|child)|uncle|aunt"
    "|auntie|niece|nephew|cousin|family|household"
)
_NEAR = (
    "neighbours?|tenants?|lodger|flatmate|housemate|landlord|landlady|friends?|constituents?"
    "|carer|client|patient|colleague|girl next door|man next door|couple next door"
)
RELATIVE = rf"(?:{_RELATIVES})(?:-in-law)?"
KIN = rf"(?:{_RELATIVES}|{_NEAR})(?:-in-law)?"
# Nouns for one person: "the lady at number 9".
SOMEBODY = (
    "tenants?|lodger|pensioner|widow(?:er)?|lady|gentleman|woman|man|couple|family|mother|father"
    "|mum|dad|child|children|baby|householder|occupant|caller|complainant|victim|leaseholder"
)
