"""Quick tests that spare most texts the slow search for private facts, letters and homes.

The slow modules are imported only when a test passes, since their patterns are slow to compile.
"""

from __future__ import annotations

import re
from collections.abc import Set

from wardblog.privacy.words import SOMEBODY, word_set
from wardblog.support.late_regex import late_regex

# A text without any of these words has no private fact.
TRIGGERS = word_set("""
    abortion abuse abused abuses addict addicted adhd afghan african aids albanian alcohol
    alcoholic allowance alzheimer alzheimers amputee angina anorexia anorexic antidepressants
    anxiety arab arrears arrested arthritis asian asperger aspergers assaulted asthma asthmatic
    asylum autism autistic baby bail bangladeshi bank bankrupt beat beaten beats bedbound
    bedridden rent benefit benefits bifida bipolar bisexual black blind blood brain breakdown
    broken bronchitis bulgarian bulimia camhs cancer care caribbean catheter catholic cautioned
    charged chemo chemotherapy chinese cocaine colitis colostomy coma convicted copd covid crack
    criminal crohns custody deaf deafblind dealer debt dementia deported depressed depression
    diabetes diabetic diagnosis dialysis difficulties disabilities disability disabled disorder
    divorce divorced dla dole domestic drink drinking drug drugs dying dyslexia dyslexic
    dystrophy eczema educational ehc ehcp emphysema epilepsy epileptic eritrean esa evicted
    eviction fibromyalgia fibrosis fits fled fleeing foodbank gambling gay gypsies gypsy health
    hearing heart heavily hepatitis heroin hindu hit hits hiv homeless hospice hospital
    housebound ill illegal illegally illness immigrant imprisoned income incontinence
    incontinent independence indian infertile insulin intensive intersex iraqi jail jailed
    jamaican jew jewish jews jsa kidney kill kurdish lesbian leukaemia leukemia life liver lung
    lupus lymphoma medication melanoma mental methadone miscarriage mnd mobility ms muslim
    muslims neurodivergent neurone nigerian ocd offender offenders operation osteoporosis
    overstayer oxygen pacemaker pain pakistani palsy panic paralysed parkinson parkinsons parole
    pip pneumonia polish pregnant prison probation psoriasis psychosis ptsd radiotherapy raped
    recourse refugee refugees rehab remain remand remission renal replacement roma romanian
    romany scan schizophrenia schizophrenic sclerosis sectioned seekers seizures sentenced
    sepsis settled sick sickle sighted sikh skin somali special stalked stalks strangled stroke
    strokes suicidal suicide syndrome syrian tag tb tourette tourettes trafficked trans
    transgender transplant traveller travellers treatment tuberculosis tumor tumour tumours
    turkish uc ukrainian undocumented unemployed universal visa wheelchair
    """)

DWELLERS = frozenset(re.sub(r"\(\?:er\)\?|s\?", "", SOMEBODY).split("|")) | word_set("""
    tenants widower residents constituents neighbours owner occupant
    live lives living staying stays reside resides residing resident constituent neighbour occupier
    home house flat address bungalow
    """)
_POSTCODE = late_regex(r"\d[A-Z]? ?\d[ABD-HJLNP-UW-Z]{2}(?![^\W_])", re.IGNORECASE)
_OF_LETTERS = word_set("""
    dear hi hiya hello hey annwyl helo whom regards sincerely faithfully yours respectfully cofion
    gywir wrote ysgrifennodd anfonwyd
    """)
# Words that are too common, with the spellings in which they occur in letters.
_AS_WRITTEN = (
    ("good", ("ood morning", "ood afternoon", "ood evening", "OOD MORNING", "ood Morning")),
    ("best", ("est,", "EST,", "est\n", "est \n")),
    ("wishes", ("ishes,", "ishes\n", "ISHES", "ishes.", "ishes \n", "ishes -")),
    ("message", ("-", "egin forwarded")),
    ("sent", ("ent from", "ent via", "ent with", "ent using", "ENT FROM", "ent:", "ENT:", "ent*")),
    ("outlook", ("et Outlook",)),
    ("from", ("rom:", "ROM:", "rom*")),
    ("subject", ("ubject:", "UBJECT:", "ubject*")),
    ("wrth", ("wrth:",)),
)


def may_have_letters(text: str, words: Set[str]) -> bool:
    """Whether a text has a usual greeting or ending of a letter; `words` are its words."""
    if not _OF_LETTERS.isdisjoint(words):
        return True
    return any(
        word in words and any(writing in text for writing in writings)
        for word, writings in _AS_WRITTEN
    )


def may_have_homes(text: str, words: Set[str]) -> bool:
    """Whether a text has a postcode, or a word for somebody who lives somewhere."""
    return not DWELLERS.isdisjoint(words) or bool(_POSTCODE.search(text))
