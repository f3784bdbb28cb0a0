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
            r"|reference|list|breach)s?|^planning:|planners?\b(?! (?:and|or) diar)"
            r"|listed building consent|change of use\b|certificate of lawful"
            r"|permitted development|loft conversions?\b|dormers?\b|(?:rear|side|storey"
            r"|roof|mansard|basement|hip[- ]to[- ]gable|wraparound|infill) extensions?"
            r"|extension (?:at|to) the (?:rear|side)\b|outline permission|section 106"
            r"|s106\b|community infrastructure levy|conservation area consent|local plan\b"
            r"|prior approval|(?:storey|storeys|block of|new|luxury) (?:flats|homes"
            r"|apartments)\b.{0,60}\b(?:plan|plans|planned|approved|refused|proposed|proposals?"
            r"|permission|application|objections?|scheme)|(?:plans?|proposals?|permission"
            r"|application|scheme|bid) (?:for|to (?:build|convert|demolish|knock down|turn"
            r"|extend))\b.{0,60}(?:flats|homes|houses|storey|storeys|extension|block|tower|pub"
            r"|hotel|shop|house|mast|hostel|terrace|basement|development|housing|office|offices"
            r"|garage|garages|site)|(?:demolition|conversion|redevelopment|erection"
            r"|excavation) of\b|redevelop\w*\b|(?:mast|tower block"
            r"|housing) (?:plans?|scheme|proposals?|development)\b|developers? (?:to|wants?|plans?"
            r"|hopes?|behind|submits?|has submitted|says?|said|of the)"
            r"|(?:flats|homes|houses|tower|block|scheme|development)\b[^.!?]{0,50}\b(?:go-?ahead"
            r"|green light|approved|refused|rejected|thrown out|objections?|objectors)\b"
            r"|(?:build|builds|building|built) (?:up to |over |more than |about |around )?(?:\d+"
            r"|new|hundreds of|dozens of)[^.!?]{0,30}\b(?:flats|homes|houses)\b"
            r"|\bextensions? (?:to|at) \d+[a-z]? (?:\w+ ){1,3}(?:road|street|lane|row|grove|hill)\b"
            r"|\b(?:\d+|new) (?:flats|homes|houses) [^.!?]{0,20}\bbe built\b"
            r"|(?:to be|become|becomes|turned into|converted|turn into|convert)\b[^.!?]{0,40}\b"
            r"(?:flats|homes|houses|housing)\b|basement (?:digs?|works?|plans?|excavations?)"
            r"|(?:objections?|objects?|objected|objectors) to (?:the |a |an )?(?:plans?|application"
            r"|proposals?|extension|scheme|flats|tower|development|basement|mast)"
            r"|demolish\w*|listed building\b|advertisement consent|site notices?\b"
            r"|(?:20)?\d\d/\d{4,5}(?:/[a-z]{2,4})?\b"
            r"|planning (?:team|fees?|meeting|sub-?(?:group|committee)|control|consultation|process"
            r"|system|history|documents?|reforms?|bill|act|matters|gain|blight|battle|fight|dispute|saga"
            r"|agreement|guidance|grounds|minister|barrister|laws|breaches|and transport\w*)\b"
            r"|conservation areas?\b|tree preservation\b|tpos?\b|article 4\b"
            r"|enforcement (?:notices?|officers?|action)\b[^.!?]{0,60}\b(?:built|building"
            r"|extension|flats?|roof|house|shed|shopfront|permission|windows?)\b"
            r"|neighbourhood plan\b|(?:grant|refus)\w* permission\b"
            r"|permission (?:(?:was|is|has|been) )*(?:granted|refused)\b"
            r"|applications? (?:for|to) (?:[\w-]+ ){0,3}(?:roof|terrace|dormer|fence|outbuilding"
            r"|annexe|shopfronts?|solar|windows?|signs?|fell|balcon(?:y|ies)|garden room)\b"
            r"|retrospective (?:planning|application|permission|consent)"
            r"|(?:permission|consent) (?:to|for) (?:(?:a|an|the|its|his|her|their) )?(?:build"
            r"|convert|extend|extension|demolish|demolition|turn|add|install|replace|change|fell|roof"
            r"|loft"
            r"|flats|homes|houses|mast|terrace|dormer|basement)\w*"
            r"|(?:built|erected|put up|installed|converted)\b[^.!?]{0,40}\bwithout (?:permission"
            r"|consent)\b|inspector (?:has )?(?:dismiss|allow|uph[eo]ld|overturn"
            r"|reject)\w*"
            r"|plans? (?:(?:was|were|has|have|been) )*(?:submitted|lodged|called in)\b"
            r"|appeal\w*\b[^.!?]{0,60}\brefus(?:al|ed)\b|mansards?\b"
            r"|had no permission\b[^.!?]{0,40}\bcouncil\b"
            r"|use class(?:es)?\b"
            r"|(?:refus|reject|approv)\w* (?:[\w-]+ ){0,4}(?:[\w-]*storeys?|flats|tower"
            r"|homes|houses|extension)\b"
            r"|applications?\b[^.!?]{0,20}\b(?:granted|refused|approved|rejected|goes in|lodged"
            r"|submitted|withdrawn)\b"
            r"|(?:looked at|commented on|comments? on|considered|objected to) (?:\w+ ){0,3}"
            r"applications?\b"
            r"|appeals?\b[^.!?]{0,40}\b(?:dismissed|allowed)\b"
            r"|plans?\b[^.!?]{0,40}\bportal\b"
            r"|(?:g|ch)?(?:ais|eisiadau|cais|ceisiadau) cynllunio\b"
            r"|(?:[cg]aniat[aâ]d|[pb]wyllgor|apêl|rheolau) cynllunio\b"
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
            r"|(?:convict\w*|sentence\w*|parking|licen[cs]\w*|courts?|admissions?|asylum|judges?)"
            r"\b[^.!?]{0,40}\bappeals?|appeals? court"
            r"|appeals? against (?:(?:his|her|their) |convict|sentence)"
        ),
        hints=_PLANNING,
    ),
    "crime": Topic(
        names=r"crimes?|community safety|police|policing|anti.?social behaviour|burglar(?:y|ies)",
        words=(
            r"burgl\w+|robber\w*|robbed\b|mugg(?:ed|ing|ings|er|ers)\b|stabb\w+"
            r"|knife\b|arrest\w*|thefts?\b|stolen\b|assault\w*|police (?:appeal"
            r"|officers|are appealing|raid|hunt)|anti-?social behaviour|ASB\b|vandal\w+"
            r"|crimes?\b|safer neighbourhoods?\b|drug deal\w*|warrants?\b|shoplift\w*"
            r"|catalytic\b"
        ),
        not_about=(
            r"crime (?:fiction|novel|writer|drama|thriller)s?|stolen the show"
            r"|arrested development"
        ),
    ),
    "licensing": Topic(
        names=r"licen[cs](?:ing|es|e)|pubs(?: and bars)?",
        words=(
            r"licen[cs]ing\b|premises licen[cs]e|alcohol licen[cs]e"
            r"|late(?:-night)? licen[cs]e|pavement licen[cs]e|temporary event notice"
            r"|HMO licen[cs]\w+"
        ),
    ),
    "housing": Topic(
        names=r"housing|homes|damp|council (?:homes|flats)|tenants",
        words=(
            r"council (?:homes?|housing|flats?|tenants?|houses)|social (?:housing|rent)"
            r"|housing (?:association|repairs|estate|officers?|waiting list|register|team)"
            r"|tenants?\b|damp\b|mould\b|leaseholders?\b|homeless\w*"
            r"|temporary accommodation\b|rough sleep\w*|landlords?\b"
        ),
        not_about=r"damp (?:squib|weather|evening|start|conditions)",
    ),
    "schools": Topic(
        names=r"schools?|education|children",
        words=(
            r"schools?\b|nurser(?:y|ies)\b|pupils?\b|head ?teachers?\b|ofsted\b"
            r"|classrooms?\b|sixth form\b"
        ),
        not_about=r"old[- ]school|plant nurser(?:y|ies)|school of thought",
    ),
    "transport": Topic(
        names=r"bus(?:es)?|(?:public )?transport|trains?|rail|tube|travel",
        words=(
            r"bus(?:es)?\b(?! pass holder)|bus (?:stops?|routes?|lanes?|services?)"
            r"|trains?\b|rail(?:way)?\b|tube\b|overground\b|tfl\b|step-free\b"
            r"|night bus"
        ),
        not_about=r"trains? (?:for|hard|volunteers|staff|as a)|youtube",
    ),
    "air": Topic(
        names=r"air(?: quality)?|pollution|climate|environment",
        words=(
            r"air (?:quality|pollution)\b|pollution\b|NO2\b|nitrogen dioxide\b|ULEZ\b"
            r"|idling\b|net zero\b|climate (?:change|emergency|action|plan)\b"
        ),
        not_about=r"idling away",
    ),
    "noise": Topic(
        names=r"nois(?:e|y)(?: nuisance)?|aircraft(?: noise)?",
        words=(
            r"nois(?:e|y)\b|loud music\b|aircraft noise\b|flight ?paths?\b"
            r"|noise nuisance\b"
        ),
        not_about=r"white noise|making noises about",
    ),
    "library": Topic(
        names=r"librar(?:y|ies)",
        words=r"librar(?:y|ies)\b",
        not_about=r"library of (?:photos|code)|software library",
    ),
    "health": Topic(
        names=r"health|hospitals?|gps?|nhs",
        words=(
            r"hospitals?\b|GP (?:surger(?:y|ies)|practices?|appointments?)|NHS\b"
            r"|health cent(?:re|er)|vaccin\w+|flu jabs?\b|A&E\b|pharmac(?:y|ies)\b"
            r"|dentists?\b"
        ),
    ),
    "tax": Topic(
        names=r"council tax|budget|cuts|finances?",
        words=(
            r"council tax\b|budget\b (?:cuts?|gap|plans?|consultation|shortfall)"
            r"|section 114\b|band D\b"
        ),
    ),
}
