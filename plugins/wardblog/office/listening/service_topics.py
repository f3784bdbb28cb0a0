"""How people write about planning, crime, schools and other public services."""

from __future__ import annotations

from collections.abc import Mapping

from wardblog.office.listening.topic import Topic

_PLANNING = """
    plan permi consent applic extension demol convert conversion build built develop 106 levy
    dormer loft mast mansard basement approv reject refus thrown green ahead lawful notice
    conservation tpo article listed preservation inspector enforcement erect excavat scheme
    cynllunio propos object become turned / change bid appeal
"""
SERVICE_TOPICS: Mapping[str, Topic] = {
    "planning": Topic(
        names=r"planning(?: applications?)?|developments?|building",
        words=(
            r"planning ?(?:application|permission|committee|consent|policy|policies|inspector"
            r"|inspectorate|officers?|appeal|department|enforcement|notices?|portal|objections?"
            r"|rules|law|proposals?|decisions?|framework|authority|approval|condition"
            r"|obligation|statement|chief|chiefs|register|hearing|inquiry|bid|row|refusal"
            r"|reference|list|breach)s?|^planning:|\bplanners?\b(?! (?:and|or) diar)"
            r"|\blisted building consent|change of use\b|certificate of lawful"
            r"|permitted development|\bloft conversions?\b|\bdormers?\b|(?:rear|side|storey"
            r"|roof|mansard|basement|hip[- ]to[- ]gable|wraparound|infill) extensions?"
            r"|\bextension (?:at|to) the (?:rear|side)\b|outline permission|section 106"
            r"|\bs106\b|community infrastructure levy|conservation area consent|local plan\b"
            r"|prior approval|(?:storey|storeys|block of|new|luxury) (?:flats|homes"
            r"|apartments)\b.{0,60}\b(?:plan|plans|planned|approved|refused|proposed|proposals?"
            r"|permission|application|objections?|scheme)|(?:plans?|proposals?|permission"
            r"|application|scheme|bid) (?:for|to (?:build|convert|demolish|knock down|turn"
            r"|extend))\b.{0,60}(?:flats|homes|houses|storey|storeys|extension|block|tower|pub"
            r"|hotel|shop|house|mast|hostel|terrace|basement|development|housing|office|offices"
            r"|garage|garages|site)|(?:demolition|conversion|redevelopment|erection"
            r"|excavation) of\b|\bredevelop\w*\b|(?:mast|tower block"
            r"|housing) (?:plans?|scheme|proposals?|development)\b|developers? (?:to|wants?|plans?"
            r"|hopes?|behind|submits?|has submitted|says?|said|of the)"
            r"|(?:flats|homes|houses|tower|block|scheme|development)\b[^.!?]{0,50}\b(?:go-?ahead"
            r"|green light|approved|refused|rejected|thrown out|objections?|objectors)\b"
            r"|(?:build|builds|building|built) (?:up to |over |more than |about |around )?(?:\d+"
            r"|new|hundreds of|dozens of)[^.!?]{0,30}\b(?:flats|homes|houses)\b"
            r"|\bextensions? (?:to|at) \d+[a-z]? (?:\w+ ){1,3}(?:road|street|lane|row|grove|hill)\b"
            r"|\b(?:\d+|new) (?:flats|homes|houses) [^.!?]{0,20}\bbe built\b"
            r"|(?:to be|become|becomes|turned into|converted|turn into|convert)\b[^.!?]{0,40}\b"
            r"(?:flats|homes|houses|housing)\b|\bbasement (?:digs?|works?|plans?|excavations?)"
            r"|(?:objections?|objects?|objected|objectors) to (?:the |a |an )?(?:plans?|application"
            r"|proposals?|extension|scheme|flats|tower|development|basement|mast)"
            r"|\bdemolish\w*|\blisted building\b|advertisement consent|\bsite notices?\b"
            r"|\b(?:20)?\d\d/\d{4,5}(?:/[a-z]{2,4})?\b"
            r"|planning (?:team|fees?|meeting|sub-?(?:group|committee)|control|consultation|process"
            r"|system|history|documents?|reforms?|bill|act|matters|gain|blight|battle|fight|dispute|saga"
            r"|agreement|guidance|grounds|minister|barrister|laws|breaches|and transport\w*)\b"
            r"|\bconservation areas?\b|\btree preservation\b|\btpos?\b|\barticle 4\b"
            r"|\benforcement (?:notices?|officers?|action)\b[^.!?]{0,60}\b(?:built|building"
            r"|extension|flats?|roof|house|shed|shopfront|permission|windows?)\b"
            r"|\bneighbourhood plan\b|\b(?:grant|refus)\w* permission\b"
            r"|\bpermission (?:(?:was|is|has|been) )*(?:granted|refused)\b"
            r"|\bapplications? (?:for|to) (?:[\w-]+ ){0,3}(?:roof|terrace|dormer|fence|outbuilding"
            r"|annexe|shopfronts?|solar|windows?|signs?|fell|balcon(?:y|ies)|garden room)\b"
            r"|\bretrospective (?:planning|application|permission|consent)"
            r"|\b(?:permission|consent) (?:to|for) (?:(?:a|an|the|its|his|her|their) )?(?:build"
            r"|convert|extend|extension|demolish|demolition|turn|add|install|replace|change|fell|roof"
            r"|loft"
            r"|flats|homes|houses|mast|terrace|dormer|basement)\w*"
            r"|\b(?:built|erected|put up|installed|converted)\b[^.!?]{0,40}\bwithout (?:permission"
            r"|consent)\b|\binspector (?:has )?(?:dismiss|allow|uph[eo]ld|overturn"
            r"|reject)\w*"
            r"|\bplans? (?:(?:was|were|has|have|been) )*(?:submitted|lodged|called in)\b"
            r"|\bappeal\w*\b[^.!?]{0,60}\brefus(?:al|ed)\b|\bmansards?\b"
            r"|\bhad no permission\b[^.!?]{0,40}\bcouncil\b"
            r"|\buse class(?:es)?\b"
            r"|\b(?:refus|reject|approv)\w* (?:[\w-]+ ){0,4}(?:[\w-]*storeys?|flats|tower"
            r"|homes|houses|extension)\b"
            r"|\bapplications?\b[^.!?]{0,20}\b(?:granted|refused|approved|rejected|goes in|lodged"
            r"|submitted|withdrawn)\b"
            r"|\b(?:looked at|commented on|comments? on|considered|objected to) (?:\w+ ){0,3}"
            r"applications?\b"
            r"|\bappeals?\b[^.!?]{0,40}\b(?:dismissed|allowed)\b"
            r"|\bplans?\b[^.!?]{0,40}\bportal\b"
            r"|\b(?:g|ch)?(?:ais|eisiadau|cais|ceisiadau) cynllunio\b"
            r"|\b(?:[cg]aniat[aâ]d|[pb]wyllgor|apêl|rheolau) cynllunio\b"
        ),
        not_about=(
            r"(?:house|home|flat|property) of the (?:week|month)\b[^!?]{0,300}"
            r"|family planning|extensions? of (?:[\w']+ ){0,3}(?:hours|deadlines?|leases?|routes?"
            r"|lines?)"
            r"|(?:funeral|party|wedding|event|estate|succession|financial|lesson"
            r"|emergency|route|retirement|forward|travel|meal|workforce|care|birth) plann(?:ing"
            r"|ers?)|plannings?\b (?:to|on|a|an|ahead|for)\b|(?:day|wall|year|wedding|party"
            r"|event|financial) planners?|(?:licen[cs]\w*|parking|bay|badge|benefit|jobs?"
            r"|grants?|school|passport|funding|lottery|membership|visa|asylum|permit) applications?"
            r"|applications? (?:for|to) (?:[\w-]+ ){0,3}(?:licen[cs]\w*|permits?|funding|jobs?"
            r"|grants?|schools?)"
            r"|\b(?:convict\w*|sentence\w*|parking|licen[cs]\w*|courts?|admissions?|asylum|judges?)"
            r"\b[^.!?]{0,40}\bappeals?|appeals? court"
            r"|appeals? against (?:(?:his|her|their) |convict|sentence)"
        ),
        hints=_PLANNING,
    ),
    "crime": Topic(
        names=r"crimes?|community safety|police|policing|anti.?social behaviour|burglar(?:y|ies)",
        words=(
            r"\bburgl\w+|\brobber\w*|\brobbed\b|\bmugg(?:ed|ing|ings|er|ers)\b|\bstabb\w+"
            r"|\bknife\b|\barrest\w*|\bthefts?\b|\bstolen\b|\bassault\w*|\bpolice (?:appeal"
            r"|officers|are appealing|raid|hunt)|anti-?social behaviour|\bASB\b|\bvandal\w+"
            r"|\bcrimes?\b|\bsafer neighbourhoods?\b|\bdrug deal\w*|\bwarrants?\b|\bshoplift\w*"
            r"|\bcatalytic\b"
        ),
        not_about=(
            r"crime (?:fiction|novel|writer|drama|thriller)s?|stolen the show"
            r"|arrested development"
        ),
    ),
    "licensing": Topic(
        names=r"licen[cs](?:ing|es|e)|pubs(?: and bars)?",
        words=(
            r"\blicen[cs]ing\b|\bpremises licen[cs]e|\balcohol licen[cs]e"
            r"|\blate(?:-night)? licen[cs]e|\bpavement licen[cs]e|\btemporary event notice"
            r"|\bHMO licen[cs]\w+"
        ),
    ),
    "housing": Topic(
        names=r"housing|homes|damp|council (?:homes|flats)|tenants",
        words=(
            r"\bcouncil (?:homes?|housing|flats?|tenants?|houses)|\bsocial (?:housing|rent)"
            r"|\bhousing (?:association|repairs|estate|officers?|waiting list|register|team)"
            r"|\btenants?\b|\bdamp\b|\bmould\b|\bleaseholders?\b|\bhomeless\w*"
            r"|\btemporary accommodation\b|\brough sleep\w*|\blandlords?\b"
        ),
        not_about=r"damp (?:squib|weather|evening|start|conditions)",
    ),
    "schools": Topic(
        names=r"schools?|education|children",
        words=(
            r"\bschools?\b|\bnurser(?:y|ies)\b|\bpupils?\b|\bhead ?teachers?\b|\bofsted\b"
            r"|\bclassrooms?\b|\bsixth form\b"
        ),
        not_about=r"old[- ]school|plant nurser(?:y|ies)|school of thought",
    ),
    "transport": Topic(
        names=r"bus(?:es)?|(?:public )?transport|trains?|rail|tube|travel",
        words=(
            r"\bbus(?:es)?\b(?! pass holder)|\bbus (?:stops?|routes?|lanes?|services?)"
            r"|\btrains?\b|\brail(?:way)?\b|\btube\b|\boverground\b|\btfl\b|\bstep-free\b"
            r"|\bnight bus"
        ),
        not_about=r"trains? (?:for|hard|volunteers|staff|as a)|youtube",
    ),
    "air": Topic(
        names=r"air(?: quality)?|pollution|climate|environment",
        words=(
            r"\bair (?:quality|pollution)\b|\bpollution\b|\bNO2\b|\bnitrogen dioxide\b|\bULEZ\b"
            r"|\bidling\b|\bnet zero\b|\bclimate (?:change|emergency|action|plan)\b"
        ),
        not_about=r"idling away",
    ),
    "noise": Topic(
        names=r"nois(?:e|y)(?: nuisance)?|aircraft(?: noise)?",
        words=(
            r"\bnois(?:e|y)\b|\bloud music\b|\baircraft noise\b|\bflight ?paths?\b"
            r"|\bnoise nuisance\b"
        ),
        not_about=r"white noise|making noises about",
    ),
    "library": Topic(
        names=r"librar(?:y|ies)",
        words=r"\blibrar(?:y|ies)\b",
        not_about=r"library of (?:photos|code)|software library",
    ),
    "health": Topic(
        names=r"health|hospitals?|gps?|nhs",
        words=(
            r"\bhospitals?\b|\bGP (?:surger(?:y|ies)|practices?|appointments?)|\bNHS\b"
            r"|\bhealth cent(?:re|er)|\bvaccin\w+|\bflu jabs?\b|\bA&E\b|\bpharmac(?:y|ies)\b"
            r"|\bdentists?\b"
        ),
    ),
    "tax": Topic(
        names=r"council tax|budget|cuts|finances?",
        words=(
            r"\bcouncil tax\b|\bbudget\b (?:cuts?|gap|plans?|consultation|shortfall)"
            r"|\bsection 114\b|\bband D\b"
        ),
    ),
}
