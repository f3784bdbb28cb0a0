"""The words beside and in the names of streets, which tell a name from ordinary text."""

from __future__ import annotations

from wardblog.places.street_names import SHORT_FORMS


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What only a street is called, with one word before it: "eland road" is one in small letters too.
CERTAIN = _set("road st avenue lane crescent")
# Words that come before "road" or "street" in ordinary sentences, and in names of streets.
ORDINARY = _set("""
    a an any the this that our your his her my their each every another other same one two three
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    high low upper lower middle main new old great little long short broad wide narrow back front
    side cross ring slip link loop spur inner outer north south east west northern southern eastern
    western up down top end open closed private public local busy quiet residential council
    car bus cycle bike coach cart horse foot tram train railway rail toll tow ferry coast coastal
    country rural city town village parish castle palace abbey priory minster church chapel
    cathedral temple school college university academy hospital station market mill farm manor hall
    house lodge court park garden gardens green common heath moor marsh field meadow wood woods
    forest grove orchard hill mount vale valley dale down downs bank ridge cliff hollow pit quarry
    river brook bridge water lake pond pool spring well canal dock harbour quay shore sea sand
    king kings queen queens prince princes princess duke dukes earl lord lords lady ladies bishop
    bishops abbots canon dean deans pope monk friar st black white red blue brown grey golden silver
    orange rose lily ivy holly hawthorn oak ash elm beech birch cedar chestnut lime maple pine
    poplar willow yew acorn apple cherry pear plum lavender heather fern laurel sun star moon south
    stone brick iron gold glass paper ship anchor union victory peace liberty unity commerce
    factory works gas power office post fire police lock gate wall tower cross fair play sunny
    shady cold hot dead fast middle centre central access service approach trunk dual fair love
    drove grange glebe rectory vicarage
    bell swan lion crown angel ball mint corn hay barn dairy butcher baker chandler cooper
    smith tanner potter weaver fisher gardener penny half garden summer winter shepherd fox hare
""")
# The words of a name that have no capital of their own.
MINOR = _set("the of and y yr na an a de la le du on in by under over upon h nan t ap ar")
COMPASS = _set("north south east west")
# How a name may begin where the gazetteer has the long form.
FIRST_FORMS = _set(
    "saint street doctor gt grt lt ltl lit lwr lr mt mnt nth n sth s e w upr up "
    "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th"
)
SHORT_ROADS = _set("rd ave st")
# Ordinary descriptions, which headlines write with capitals as well: "New Road Layout Agreed".
VAGUE = _set(
    "new old main side back slip ring link spur long wide narrow private public local "
    "access service bus cycle front inner outer cross one any other"
)
# Words after which the name of a place comes.
LOCATING = _set("""
    in on at from of for near nr along to off by between outside opposite opp behind beside into
    down up around via through across past over under towards onto inside within beyond junction jct
    corner cnr yn ar ger
""")
# Words that may come before a name, even with a capital, as at the start of a sentence.
BEFORE = LOCATING | _set("""
    and or but the a an with about as is are was were be if when where while after before since
    until because so that this these those our your my both only all every each also not no yes
    then than now today tomorrow please we you they it he she has have had will can could should
    would may might must does do did today's
    visit see avoid use closing closed close opening reopening repairing clearing cleaning saving
    save fix fixed improving improve resurfacing resurface clean report reported parking speeding
    flooding works roadworks update news photo photos picture map live walk cycle drive
    adjacent adj bin bins footway side end rear middle o j w nos no til psa fyi nb btw ps
""")
# Parts of the names of other streets, so not the end of a sentence before one.
PREFIXES = _set("""
    upper lower great little north south east west saint st northern southern upr lwr gt lt nth sth
    middle inner outer mount royal old new long st. higher nether over mid
""")
# What may follow a name with a capital of its own: what is called after the street comes there.
FOLLOWERS = _set("""
    school primary infant infants junior nursery academy college estate station surgery practice
    clinic health medical dental hospital church baptist methodist catholic chapel mosque temple
    synagogue library park playground recreation allotment allotments community centre hall club
    pub inn hotel cemetery depot market shops bakery pharmacy cafe post police fire
    residents tenants neighbours neighbourhood association society action group trust bridge
    junction corner crossing car bus stop works roadworks closed closure closures reopens reopened
    resurfacing resurfaced repairs update trees bins house mansions buildings cottages arcade
    flats baths pool gym museum theatre north south east west n s e w and or at to from in on is
    between near after before will has was are gets by for with north-east
""")
# Words after "road" or "street" in other things than names: "Lavender Hill Street Party".
COMPOUNDS = _set("""
    works work closure closures closed safety lighting lights trees party parties sweeping cleaning
    furniture parking traders market users signs names layout humps repairs resurfacing
""")
# What may come after a name that is one word, or "The" and a word: "The Green is", not "The Green
# Party" or "The Green councillor".
AFTER_SHORT = _set("""
    is was are were and or at in on from by near with has had have will would should could
    can may but where when who which that after before during between until since as so if while
    junction corner residents neighbours itself again now today closed closes reopened reopens
    remains needs yesterday tomorrow this next last side end not
""")
_BUILT = _set(
    "estate house station park market mansions buildings cottages arcade junction bridge "
    "corner common north south east west"
)
# The last words of streets' names, which make another street of the name before them.
ENDINGS = frozenset(
    word
    for name, shorts in SHORT_FORMS.items()
    if name not in _BUILT
    for word in (name, *shorts)
    if len(word) > 1
) | {"street", "rise", "row", "mead", "end", "croft"}
PLURALS = {f"{word}s": word for word in ("road", "street", "avenue", "lane", "drive", "terrace",
           "close", "way", "walk", "place", "crescent", "court", "grove", "square", "rd", "ave",
           )}  # fmt: skip
# Large towns and cities: "Church Road, Leeds" is nobody's neighbour in another place.
TOWNS = frozenset(
    town.replace("_", " ")
    for town in _set("""
        aberdeen aberystwyth aylesbury bangor barnsley basildon basingstoke bath bedford belfast
        birkenhead birmingham blackburn blackpool bolton bournemouth bradford brighton bristol
        burnley bury cambridge canterbury cardiff carlisle chelmsford cheltenham chester
        chesterfield colchester coventry crawley darlington derby derry doncaster dover dublin
        dudley dundee durham eastbourne edinburgh exeter folkestone gateshead glasgow gloucester
        grimsby guildford halifax harrogate hartlepool hastings hereford hove huddersfield hull
        inverness ipswich kettering lancaster leeds leicester lincoln liverpool llandudno luton
        maidstone manchester margate middlesbrough milton_keynes newcastle newport northampton
        norwich nottingham oldham oxford perth peterborough plymouth poole portsmouth preston
        reading redditch rochdale rotherham rugby salford salisbury scarborough sheffield
        shrewsbury slough solihull southampton southend southport st_albans st_helens stafford
        stevenage stirling stockport stoke sunderland swansea swindon taunton telford torquay
        truro wakefield walsall warrington watford wigan winchester woking wolverhampton worcester
        worthing wrexham york
    """)
)  # fmt: skip
