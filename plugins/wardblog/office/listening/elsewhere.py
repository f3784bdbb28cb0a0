"""Other places: they tell a street of the ward from one of the same name elsewhere."""

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
_TOWNS = """
    abingdon aldershot altrincham andover ashford banbury barrow batley beverley bexhill bicester
    bideford bognor bracknell braintree brentwood bridgend bridgwater bridlington burton
    buxton caerphilly camborne cannock castleford chippenham chorley clacton clitheroe congleton
    corby cowes crewe cromer daventry deal dewsbury diss dorchester dunfermline ely epsom evesham
    falkirk falmouth fakenham fareham farnborough felixstowe fleetwood gloucester
    gosport grantham gravesend greenock harlow harwich haverhill hemel_hempstead hertford hexham
    hitchin horsham huntingdon ilkeston inverurie keighley kendal kidderminster kilmarnock
    kings_lynn lancing leighton leatherhead letchworth lewes lichfield livingston llanelli
    loughborough lowestoft ludlow macclesfield maidenhead malvern mansfield matlock merthyr
    morecambe morpeth neath newark newbury newmarket newquay northallerton nuneaton paignton paisley
    penrith penzance pontefract pontypridd poole ramsgate redcar redruth rhyl ripon rugeley
    runcorn scunthorpe sevenoaks skegness sleaford st_austell st_ives stamford stowmarket
    stourbridge stratford-upon-avon stroud sudbury tamworth thetford tiverton tonbridge
    torbay totnes trowbridge tunbridge wallasey weymouth whitby whitehaven widnes
    winsford wisbech witney workington worksop yeovil
    bedfordshire berkshire buckinghamshire cambridgeshire cheshire cornwall cumbria derbyshire
    devon dorset essex gloucestershire hampshire herefordshire hertfordshire kent lancashire
    leicestershire lincolnshire merseyside norfolk northamptonshire northumberland nottinghamshire
    oxfordshire rutland shropshire somerset staffordshire suffolk surrey sussex teesside tyneside
    warwickshire wiltshire worcestershire yorkshire scotland wales ireland anglesey gwynedd powys
    gwent fife orkney shetland guernsey jersey
    amsterdam berlin boston brooklyn chicago delhi melbourne mumbai new_york paris rome
    sydney toronto
"""
ELSEWHERE = frozenset(name.replace("_", " ") for name in (_WRITTEN + _TOWNS).split())
