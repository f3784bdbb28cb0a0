"""Districts of London, by which a street of the ward is told from one of its name elsewhere."""

from __future__ import annotations

# Only what nobody would take for a surname or an ordinary word.
_WRITTEN = """
    acton aldgate anerley archway balham barbican barkingside barnet barnes barnsbury battersea
    bayswater beckenham belgravia bermondsey bexleyheath blackheath bloomsbury brentford brixton
    brockley bromley camberwell camden canonbury catford charlton cheam chelsea chingford
    chislehurst chiswick clapton clerkenwell colindale colliers_wood cricklewood croydon
    dagenham dalston deptford dulwich ealing earls_court earlsfield edgware edmonton eltham
    enfield erith feltham finchley fitzrovia fulham greenford greenwich hackney hammersmith
    hampstead hanwell haringey harlesden harringay hayes hendon highbury highgate holborn
    holloway homerton hornchurch hounslow hoxton ilford isleworth islington kennington
    kensington kentish_town kidbrooke kilburn kingston knightsbridge lambeth lewisham leyton
    leytonstone limehouse marylebone mayfair merton mitcham morden mortlake muswell_hill norbury
    norwood notting_hill nunhead orpington paddington palmers_green peckham penge pimlico pinner
    plaistow plumstead poplar purley putney rayners_lane redbridge richmond roehampton romford
    rotherhithe ruislip shepherds_bush shoreditch sidcup soho southall southfields southgate
    southwark stanmore stepney stockwell stoke_newington stratford streatham surbiton sutton
    sydenham teddington thamesmead tooting tottenham twickenham upminster uxbridge vauxhall
    walthamstow walworth wandsworth wanstead wealdstone welling wembley westminster
    whitechapel willesden wimbledon woolwich
"""
LONDON_DISTRICTS = frozenset(name.replace("_", " ") for name in _WRITTEN.split())
