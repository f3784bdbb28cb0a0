"""Patterns for sensitive facts about a person, as they are phrased in a sentence.

They cover Articles 9 and 10 of the UK GDPR (health, ethnic origin, religion, sexual orientation,
crime) and what else turns up in a councillor's casework: benefits, debt, immigration and family
matters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wardblog.support.late_regex import late_regex


def _any(words: str) -> str:
    """Return a pattern for any of the phrases, separated by `/`; lower case, any white space."""
    words = re.sub(r"\n\s*(?=[|(])", "", words).lower()
    phrases = (" ".join(phrase.split()) for phrase in words.split("/"))
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in phrases if phrase) + ")"


ILLNESSES = _any("""
    COPD/emphysema/asthma/bronchitis/pneumonia/tuberculosis/TB/sepsis/(?:long )?covid/cancer
    /leuk(?:ae|e)mia/lymphoma/melanoma/tumou?rs?/dementia/alzheimer['’]?s?(?: disease)?
    /parkinson['’]?s?(?: disease)?/epilepsy/seizures/fits/diabetes/autism/ADHD/asperger['’]?s?
    /tourette['’]?s?/dyslexia/depression/anxiety/schizophrenia/psychosis/bipolar(?: disorder)?
    /PTSD/OCD/anorexia/bulimia/arthritis/osteoporosis/HIV/AIDS/hepatitis/MS/MND/multiple sclerosis
    /motor neurone disease/cerebral palsy/cystic fibrosis/muscular dystrophy/spina bifida
    /down['’]?s? syndrome/sickle cell(?: disease| anaemia)?/crohn['’]?s(?: disease)?/colitis/lupus
    /fibromyalgia/eczema/psoriasis/angina/strokes?/heart (?:attacks?|condition|disease|failure)
    /(?:kidney|renal|liver|lung|heart|skin|blood) (?:failure|disease|disorder|condition|trouble)
    /(?:mental health|mental|mobility|health|heart|lung|drink(?:ing)?|drugs?
    |gambling|alcohol) (?:problems?|issues?|difficulties|conditions?|crisis)/mental illness
    /(?:nervous )?breakdown/learning (?:disability|disabilities|difficulties)
    /(?:physical )?disability
    /(?:physical )?disabilities/special (?:educational )?needs/EHCP/EHC plan/miscarriage/abortion
    /(?:eating|personality) disorder/brain (?:injury|damage)/panic attacks/suicidal thoughts
    /broken (?:hip|leg|arm|ankle|wrist|back|neck)/(?:hip|knee) replacement/pacemaker/colostomy
    /catheter
    /chemotherapy/chemo/radiotherapy/dialysis/(?:terminal|chronic|long-term) illness/hearing loss
    /chronic pain/incontinence
    """)
_STATES = _any("""
    autistic/disabled/diabetic/epileptic/asthmatic/schizophrenic/bipolar/(?:blind|deaf)(?!\\s+to\\b)
    /deafblind/partially sighted/hard of hearing/pregnant/suicidal/depressed/housebound/bedbound
    /bedridden/wheelchair[- ]bound/(?:a )?wheelchair user/in (?:a|his|her) wheelchair/ill/dying
    /sick/paralysed/dyslexic/anorexic/incontinent/infertile/neurodivergent/non-verbal
    /HIV[- ]positive
    /an? (?:recovering )?(?:alcoholic|addict|drug addict|drug user|diabetic|amputee|schizophrenic)
    /addicted to \\w+/on (?:dialysis|chemo|chemotherapy|oxygen|methadone|antidepressants|insulin
    |medication|life support|suicide watch)
    /in (?:hospital|a hospice|hospice|intensive care|a coma|rehab|remission|a care home|constant
    pain)
    /having (?:chemo|chemotherapy|radiotherapy|dialysis|a breakdown|treatment for [\\w ]{3,20})
    /(?:waiting|due) for (?:an? |his |her )?(?:[a-z]+ )?(?:transplant|replacement|operation
    |diagnosis|scan)/transgender/trans
    /gay/lesbian/bisexual/intersex/an? (?:lesbian|trans (?:man|woman))
    /(?:(?:come|home|back|discharged|out) )+(?:of|from) hospital/(?:rushed|taken|admitted) to
    hospital/sectioned/under CAMHS/with CAMHS
    """)
_MONEY = _any("""
    on (?:Universal Credit|UC|benefits|PIP|ESA|JSA|DLA|Pension Credit|housing benefit|income support
    |disability benefits?|sickness benefit|the dole|Carer['’]?s Allowance|Attendance Allowance)
    /in (?:debt|rent arrears|arrears)
    /behind (?:with|on) (?:the|his|her|their|my) (?:rent|council tax)
    /(?:\\w+ (?:weeks|months) )?behind (?:with|on) (?:the|his|her|their|my) (?:rent|council tax)
    /homeless/bankrupt/being evicted/facing eviction/unemployed
    """)
_IMMIGRATION = _any("""
    an? (?:failed |refused )?(?:asylum seeker|refugee|illegal immigrant|overstayer)/asylum
    seekers/refugees/undocumented
    /seeking asylum/in the country illegally/being deported/an illegal
    """)
_CRIME = _any("""
    in (?:prison|jail|custody|a young offender)/on (?:bail|probation|parole|remand|tag|a tag
    |the sex offenders['’]? register)/an? (?:ex-offender|sex offender|drug dealer|convicted \\w+)
    /(?:arrested|convicted|cautioned|jailed|imprisoned|deported|charged with|sentenced)
    """)
_ORIGIN = _any("""
    (?:an? |of )?(?:Muslim|Jewish|Jew|Hindu|Sikh|Catholic|Gypsy|Traveller|Roma|Romany|Somali|Black
    |Asian|African|Caribbean|Jamaican|Nigerian|Pakistani|Bangladeshi|Indian|Chinese|Arab|Kurdish
    |Turkish|Polish|Romanian|Bulgarian|Ukrainian|Syrian|Afghan|Iraqi|Eritrean|Albanian)s?
    (?: (?:origin|descent|heritage|background|woman|man|family))?
    """)
_BENEFITS = _any("""
    Universal Credit/PIP/ESA/JSA/DLA/benefits/Pension Credit/housing benefit/disability benefits?
    /Disability Living Allowance/Personal Independence Payment/Carer['’]?s Allowance
    /Attendance Allowance/income support/asylum/leave to remain
    """)
_HARM = _any("""
    beats?|hits?|beat|abuse[sd]?|raped|assaulted|stalk(?:s|ed)|strangled|threatens? to kill
    """)
_MODIFIERS = (
    r"(?:(?:an?|the|very|so|quite|too|now|also|both|still|just|already|been|being|got|had|severe"
    r"|bad"
    r"|mild|moderate|serious|chronic|acute|advanced|terminal|early|late|onset|early-onset"
    r"|late-onset|stage|type|one|two|three|four|[1-4]|lung|breast|prostate|bowel|skin|blood|brain"
    r"|throat|ovarian|multiple|young|vascular|rare|registered|as|some|his|her|their|\w+ly"
    r"|\w+ (?:weeks|months) )\s*(?:\s|(?<=\s)))"
)
ENDS = late_regex(
    r"(?=\s*(?:[.,;:!?)…\"'’”–—|]|-\s|$)|\s+(?:and|but|so|since|for|in|which|who|whom|that|after"
    r"|at|he"
    r"|she|they|we|i|it|as|because|or|now|then|when|while|before|with|from|is|was|are|has|had|have"
    r"|needs?|cannot|can|can['’]t|could|on|to|too|last|this|these|again|badly|also|though|although"
    r"|until|the|a|my|his|her|their|our|still|never|not|all|both|today|already|leaves?|uses?|makes?"
    r"|means?|gets?|got|were|will|would|lives?|during|following|under|if|where|without|whose|no"
    r"|any|ever|feels?|says?|like)\b)"
)


class FactPattern(NamedTuple):
    """A pattern, in lower case, for one kind of fact.

    `pronoun` and `name` say whether a pronoun or a name is enough to tie it to a person: that a
    named person is Polish is ordinary news, and counts only for a relative or neighbour. Unless
    `is_open`, the match must be followed by `ENDS`, so that "asthma clinics" do not count.
    """

    pattern: re.Pattern[str]
    pronoun: bool
    name: bool
    is_open: bool


def _fact_pattern(
    words: str, pronoun: bool = True, name: bool = True, is_open: bool = False
) -> FactPattern:
    return FactPattern(re.compile(rf"{words}\b"), pronoun, name, is_open)


_HAS = (
    r"(?:\b(?:has|have|had|gets|got|suffers?(?:\s+from)?|suffered(?:\s+from|\s+with)?"
    r"|suffering\s+(?:from|with)|diagnosed\s+with|lives\s+with|living\s+with|ill\s+with|died\s+of"
    r"|dying\s+of|dying\s+from|recovering\s+from|treated\s+for|developed|lost\s+\w+\s+to"
    r"|battling|with)"
    r"|['’]s\s+got)\s+"
)
_IS = (
    r"(?:\b(?:is|was|are|am|were|been|became|becomes|remains|feels|now|both)|['’](?:s|m|re)"
    r"|\bhas(?:\s+just)?|just)\s+"
)
FACTS = (
    _fact_pattern(rf"{_HAS}{_MODIFIERS}{{0,4}}{ILLNESSES}"),
    _fact_pattern(rf"{_IS}{_MODIFIERS}{{0,4}}(?:{_STATES}|{_MONEY}|{_IMMIGRATION})"),
    _fact_pattern(rf"{_IS}{_MODIFIERS}{{0,2}}{_CRIME}", pronoun=False, is_open=True),
    _fact_pattern(
        r",\s+(?:now\s+|once\s+)?(?:an?|the)\s+(?:[\w-]+\s+){0,2}?(?:(?:recovering\s+)?(?:alcoholic|addict)"
        r"|drug\s+(?:addict|user|dealer)|diabetic|amputee|schizophrenic|epileptic|wheelchair\s+user"
        r"|asylum\s+seeker|refugee|overstayer|sex\s+offender|ex-offender"
        r"|(?:cancer|dialysis|dementia|stroke)\s+(?:patient|survivor|sufferer))",
        pronoun=False,
    ),
    _fact_pattern(
        r"\b(?:uses|used|needs|relies\s+on|confined\s+to)\s+(?:an?|his|her)\s+(?:\w+\s+)?wheelchair",
    ),
    _fact_pattern(rf"{_IS}{_ORIGIN}", pronoun=False, name=False),
    _fact_pattern(
        r"\b(?:claim(?:s|ed|ing)?|gets?|receives?|received|receiving|lost|appli(?:es|ed)\s+for"
        r"|applying\s+for"
        r"|refused|denied|lives\s+on|on)\s+(?:(?:his|her|their|my|our)\s+)?"
        rf"{_BENEFITS}"
    ),
    _fact_pattern(
        r"\b(?:has|have|had|with)\s+(?:(?:an?|no|a\s+long)\s+)?(?:criminal\s+record"
        r"|(?:indefinite\s+)?leave\s+to\s+remain|recourse\s+to\s+public\s+funds|rent\s+arrears"
        r"|(?:pre-)?settled\s+status|visa)"
    ),
    _fact_pattern(
        r"\b(?:overstayed\s+\w+\s+visa|attempted\s+suicide|took\s+(?:his|her)\s+own\s+life"
        r"|tried\s+to\s+kill\s+(?:him|her|them)self|self-harms|(?:was|were|been|got"
        r"|being)\s+(?:raped"
        r"|sexually\s+assaulted|sectioned|evicted|trafficked|beaten|abused)|(?:is|are|was|were"
        r"|been)"
        r"\s+(?:taken\s+|put\s+)?in(?:to)?\s+(?:foster\s+)?care|fled\s+(?:her|his)\s+\w+"
        r"|(?:fleeing|fled|victim\s+of|survivor\s+of)\s+domestic\s+(?:violence|abuse)"
        r"|(?:uses|relies\s+on|goes\s+to)\s+(?:the|a)\s+food\s?bank|lost\s+(?:a|her|the"
        r"|their)\s+baby"
        r"|(?:getting|going\s+through|filed\s+for)\s+(?:an?\s+)?divorced?|(?:takes|took"
        r"|uses)\s+(?:heroin"
        r"|cocaine|crack|drugs)|drinks\s+(?:too\s+much|heavily)|came\s+out\s+of\s+(?:prison|jail))"
    ),
    _fact_pattern(
        rf"\b(?:{_HARM})\s+(?:me|her|him|them|(?:his|her|my|their)\s+\w+)", pronoun=False
    ),
)  # fmt: skip
# "Her dementia", "my husband's COPD".
OWNED = late_regex(
    rf"\b(?:his|her|their|[^\W\d_]+['’]s)\s+{_MODIFIERS}{{0,2}}{ILLNESSES}\b{ENDS.pattern}"
    r"|\b(?:his|her|their|my|our)\s+(?:visa|asylum\s+claim|immigration\s+status|benefits"
    r"|universal\s+credit"
    r"|pip|housing\s+benefit)\s+(?:claim\s+|payments?\s+)?(?:has|have|was|were|is|are"
    r"|had)\s+(?:been\s+)?"
    r"(?:expired|refused|stopped|cut|sanctioned|rejected|suspended|turned\s+down|running\s+out)\b",
)
