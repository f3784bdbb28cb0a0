"""Words for relatives and neighbours, which show that a sentence is about one person."""

from __future__ import annotations

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
