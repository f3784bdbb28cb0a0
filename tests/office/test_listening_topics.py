"""How topics are recognised without their usual words, and in mistyped ones."""

from __future__ import annotations

import pytest

from wardblog.office.listening import meetings, topics
from wardblog.office.listening.mistyped import Spelling
from wardblog.office.listening.topics import Topics
from wardblog.office.listening.word_families import FAMILIES
from wardblog.office.listening.wordings import WORDINGS


@pytest.fixture(scope="module")
def known() -> Topics:
    return Topics()


ABOUT = {
    "tipping": [
        "Two bunk beds have appeared overnight beside the bottle bank.",
        "Fined £800: the builder whose rubble ended up in our alley.",
        "Mattress\nIt is a double. By the bins behind the shops.",
        "It cost us £90,000 to clear what others dumped.",
        "Please don't leave donations at the shop overnight, as they get soaked.",
        "Fed up with old chairs being left on the pavement. The council will collect them.",
        "Two vans were carrying waste and had no licence for it.",
        "Council clears a mountain of waste from the estate.",
    ],
    "roads": [
        "They filled the hole that the gas people left in March; it has sunk again.",
        "The surfacing team comes on Tuesday to Elm Row.",
        "Barriers round a patch of pavement since June, and no workers.",
        "Road closures next week\nEland Road, Monday. Wren Street, Tuesday.",
        "Traffic order: Eland Road",
        "Flat-topped humps will be built in Marmion Road.",
        "214 defects were repaired in October.",
    ],
    "planning": [
        "They want to put eleven storeys on top of the bingo hall.",
        "The owner of the roof terrace has been told that it must come down.",
        "Society objects to the glass front of the pub.",
        "The owner has applied to fell the oak.",
        "A notice has been served on the owner of the shutters.",
        "We have applied to extend our kitchen.",
    ],
    "dogs": [
        "Whoever owns the alsatian: its deposits outside my gate are not a gift.",
        "I stepped in it again by the gates. Owners, please.",
        "If your spaniel goes on the grass, bag it and bin it.",
    ],
    "grit": [
        "Black ice on the hill; has anybody put salt down?",
        "Snow wardens wanted",
        "The yellow box at the top of the hill is empty and it is minus three.",
        "May we use the salt?\nIt is in a yellow box, and our path is steep.",
        "We have twelve bags of salt for anybody who helps.",
    ],
    "flooding": ["The drain at the bottom of the hill has backed up again."],
    "lighting": ["Four lamps in a row have been dark since October."],
    "speeding": ["Cars come down here at fifty."],
    "parking": ["A lorry has parked across the dropped kerb."],
    "cycling": ["More bikes than the rack can hold."],
    "crime": ["Thieves were in three gardens."],
    "licensing": ["The bar has applied to sell beer until 2am."],
    "housing": ["The roof of our flat has leaked since May."],
    "schools": ["The headmistress is to retire."],
    "transport": ["The tram is late again, and so are its passengers."],
    "air": ["Exhaust fumes where the children breathe."],
    "noise": ["A loud hum at night."],
    "library": ["Rhyme time is on Mondays."],
    "health": ["No appointment with the doctor before May."],
    "tax": ["The council has a deficit of £9m."],
    "trees": ["The lime was felled on Monday."],
    "parks": ["The swings are broken."],
    "bins": ["Our caddy was not emptied."],
    "litter": ["Crisp packets all over the grass."],
}
NOT_ABOUT = {
    "tipping": [
        "She was dumped by her boyfriend on a sofa in the street.",
        "Paint tins half price at the corner shop.",
        "We will collect your old sofa from the pavement for £30.",
        "Our new carpet shop on the corner\nCome and see.",
        "Skip day\nBring furniture and carpets to the car park, but no rubble.",
        "Large items\nPut your wardrobe on the pavement. Three items for £25.",
        "Leave donations for the food bank in the box; the hall is closed overnight.",
        "Thames Water dumped sewage, and people are angry.",
    ],
    "roads": [
        "Network Rail digs under the road, and trains are cancelled.",
        "A talk on the trench dug in the road at Passchendaele, in the hall.",
        "Police put barriers across the pavement after a stabbing.",
        "There is a hole in the roof, and the gas is off.",
        "Half marathon: road closures",
        "Road closures for the funeral of a firefighter",
        "Temporary traffic order: Eland Road\nFor the carol concert.",
        "Road closures\nA film crew will be in Eland Road.",
        "Level crossing upgrade\nThe level crossing at Elm Lane is closed for nine nights.",
        "The resurfacing of the club's tennis courts is complete.",
    ],
    "planning": [
        "Police appeal for witnesses to a crash by the listed bridge.",
        "The council approved an extension of library hours.",
        "The inspector found that pupils make good progress.",
    ],
    "dogs": [
        "My labrador made a mess of the Christmas cake.",
        "A fox left its mess outside the gate, says its owner.",
    ],
    "grit": [
        "Salt, pepper and a slippery fish: cooking class.",
        "True grit on the hill",
        "Met Office: untreated roads may be icy.",
        "Bags of salt for your fish soup",
    ],
}


@pytest.mark.parametrize(("topic", "text"), [(t, text) for t in ABOUT for text in ABOUT[t]])
def test_a_topic_is_recognised_without_its_name(known: Topics, topic: str, text: str) -> None:
    assert known.mentions(topic, known.text_of(text)) == 1


@pytest.mark.parametrize(("topic", "text"), [(t, text) for t in NOT_ABOUT for text in NOT_ABOUT[t]])
def test_a_false_friend_is_not_the_topic(known: Topics, topic: str, text: str) -> None:
    assert known.mentions(topic, known.text_of(text)) == 0


def test_families_must_meet_near_each_other(known: Topics) -> None:
    between = "We had tea. Then we had cake. It was late. "
    near, far = (f"A mattress. {text}By the bottle bank." for text in ("", between))
    assert known.mentions("tipping", known.text_of(near))
    assert not known.mentions("tipping", known.text_of(far))


def test_a_word_that_rules_a_topic_out_does_so_only_nearby(known: Topics) -> None:
    dumped = "A sofa was left on the pavement."
    assert not known.mentions("tipping", known.text_of(f"Auction on Sunday. {dumped}"))
    assert not known.mentions("tipping", known.text_of(f"{dumped} Auction on Sunday."))
    far = f"{dumped} We rang. They came. It is gone. Nobody knows whose it was. Auction on Sunday."
    assert known.mentions("tipping", known.text_of(far))


ROUND_UP = "The jumble sale made £90. A sofa was left in the alley. Free yoga starts in May."


@pytest.mark.parametrize("title", ["Newsletter, spring", "Round-up", "In brief", "Minutes"])
def test_in_a_round_up_the_next_sentence_is_about_something_else(known: Topics, title: str) -> None:
    assert known.mentions("tipping", known.text_of(f"{title}\n{ROUND_UP}")) == 1
    assert not known.mentions("tipping", known.text_of(f"Sunday\n{ROUND_UP}"))
    same = ROUND_UP.replace(" in the alley", " in the alley, half price")
    assert not known.mentions("tipping", known.text_of(f"{title}\n{same}"))


def test_a_short_item_is_no_round_up(known: Topics) -> None:
    text = "News\nA sofa was left in the alley. It is for sale."
    assert not known.mentions("tipping", known.text_of(text))


def test_every_topic_has_wordings_and_every_family_is_used() -> None:
    assert WORDINGS.keys() == topics.TOPICS.keys()
    used = " ".join(WORDINGS.values()).split()
    assert FAMILIES.keys() == set(used) - {"near", "unless"}


def test_no_wording_can_be_ruled_out_by_its_own_families() -> None:
    for lines in WORDINGS.values():
        for line in lines.strip().splitlines():
            meet, _, unless = line.partition(" unless ")
            assert not set(meet.split()) & set(unless.split()), line


def test_an_unknown_family_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "WORDINGS", {"tipping": "bulky dumpd"})
    with pytest.raises(KeyError, match="dumpd"):
        meetings.WordMeetings()


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("mattres in the alley", "mattress in the alley"),
        ("two pothoels", "two potholes"),
        ("planninng notice", "planning notice"),
        ("a resurfecing", "a resurfacing"),
        ("a planting day for planners", "a planting day for planners"),
        ("spending on burglars", "spending on burglars"),
        ("two pothoels by pothoelsby", "two potholes by pothoelsby"),
    ],
)
def test_a_key_word_with_one_wrong_letter_is_corrected(written: str, right: str) -> None:
    assert Spelling().corrected(written) == right
