"""Which families of words speak of a matter when they meet.

Each line is one way to speak of it: the families that must meet in one sentence, or, after `near`,
in three that follow each other; and after `unless` the families that rule it out if one of their
words is in such a sentence or beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDINGS: Mapping[str, str] = {
    "tipping": """
        bulky dumped unless partner collected sport
        furniture dumped spot unless partner service ordinary sport
        rubbish dumped unless partner service sport
        sack dumped unless partner sport
        load dumped spot unless partner service ordinary sport
        bulky left spot unless partner service ordinary sport missed
        furniture left spot stays unless partner service ordinary sport
        furniture left dump_spot unless partner service ordinary sport
        rubbish left dump_spot unless service ordinary sport missed scraps
        rubbish left beside street unless service sport missed scraps
        load left dump_spot unless service ordinary sport missed dog scraps
        near bulky dump_spot unless service ordinary sport missed
        rubbish beside dump_spot unless service ordinary sport missed
        near bulky stays unless service ordinary sport
        bulky left culprit unless partner service ordinary sport
        near bulky out_of_place unless partner service ordinary sport missed help_yourself
        bulky waters unless ordinary
        near furniture waters hauled unless ordinary sport river_bed
        furniture left spot culprit unless partner service ordinary sport missed help_yourself
        load left spot culprit unless service ordinary sport missed help_yourself dog
        near furniture whose stays unless ordinary
        bulky outside unless partner service ordinary sport missed help_yourself
        near bulky camera unless partner service ordinary sport
        near another_one bulky unless ordinary service
        furniture battered out_of_place unless service ordinary sport
        cleared tonnes spot unless not_tipped
        bulky rubbish unless ordinary service sport
        bulky furniture spot unless ordinary service sport
        near bulky furniture out_of_place unless service ordinary sport
        near heavy spot unless partner service ordinary sport
        load address searched unless help_yourself
        emptied waters unless dog bin
        near as_tip furniture unless ordinary
        as_tip spot
        dump anybody unless partner no_waste left_car ordinary sport
        near donation left closed_shop unless partner sport leave_here
        cost clearing dumped unless partner left_car sport no_waste
        near cost clearing rubbish left unless no_waste missed
        near man_van waste_check unless left_car
        near bulky do_not_leave spot unless ordinary sport
        furniture do_not_leave spot unless ordinary sport help_yourself
        rubbish left convicted unless partner missed scraps
        bulky there_is street_kind unless partner service ordinary sport help_yourself
        near rubbish pile clearing unless not_tipped missed history
        bulky left illegal unless partner sport
        furniture left illegal unless partner sport
        rubbish left illegal unless sport
        bulky found_here spot unless partner service ordinary sport help_yourself history
        strewn_with street furniture unless service ordinary sport
        strewn_with street rubbish unless service missed sport scraps
        rubbish left_by unless missed sport scraps
        load left over_wall unless sport dog scraps help_yourself
        rubbish left over_wall unless sport dog
        furniture left spot complaint unless partner ordinary sport missed help_yourself
        rubbish left spot complaint unless ordinary sport missed scraps
        as_tip waters
    """,
    "roads": """
        digging ground unless railway history garden event
        digging utility unless railway history garden
        near trench cones unless railway history event
        near trench utility unless railway history
        trenches street unless railway history garden
        near relaid ground unless railway play_ground garden event history
        near relaid utility unless railway play_ground history
        reinstatement street unless railway play_ground history
        near cones ground unless event railway play_ground sport
        near hole utility unless not_ground railway sport
        hole ground unless not_ground railway sport ice
        hole corner unless not_ground railway sport ice
        near cones utility unless event railway sport
        near hole contractor unless not_ground railway sport
        near closed utility street unless railway event school
        control works street unless railway event play_ground
        plate ground unless railway
        uneven paving unless ice railway parked
        tripped paving_stone unless ice railway parked vehicle
        paving mended unless vehicle parked event art
        pipe laying street unless railway indoors
        crater street unless history
        hole wheels unless not_ground railway sport ice
        marking faded unless uniform sport
        paving spending unless event art
        hole filled unless not_ground railway sport
        wheels state street unless railway sport
        near green_man seconds unless pub
        cross_road safer unless railway
        closing_order unless event railway school
        hump built unless railway
        defect filled unless rented
        digging closed unless railway history garden event
        signal junction modernise unless railway
        utility_firm pipe laying unless railway indoors
        near cross_road junction unless railway
        near plate loose unless railway
        stone damaged unless art ice railway parked furniture bulky garden history
        near road_bridge strengthen lane unless railway history event inside_work
        works_on street duration unless inside_work railway event
    """,
    "planning": """
        planning_terms
        near fabric permission unless hours school courts art tenancy
        building permission unless hours school courts art tenancy event
        fabric appeal unless hours school courts art
        near appeal inspector unless school courts
        building appeal deciders unless hours school courts art
        near inspector verdict unless school sport courts
        near consulting consulted_on fabric unless hours school art
        near fabric consulting unless hours school art sport highways
        fabric outcome unless hours school art sport
        building outcome deciders unless hours school art sport
        near consulting drawings unless art school highways
        fabric applied deciders unless hours school art tenancy
        former becomes deciders unless school courts art history
        fabric drawings unless art
        near enforcement fabric unless other_officers
        near enforcement building unless other_officers tenancy
        listed rebuilding unless courts
        fabric wants unless hours school art tenancy ordinary highways
        fabric deciders unless hours school art tenancy ordinary highways
        former becomes wants unless school courts art history
        former becomes disused unless school courts art history
        new_building becomes former unless art history
        plan opposed new_building unless school highways
        building opposed deciders unless school highways courts other_officers
        new_building committee disused
        pole telecoms
        tall plan unless decay history
        near tall review
        fabric decision unless hours school art tenancy
        new_building decision unless hours school art tenancy decay
        developer wants unless sport
        hmo former unless hours
        new_building voting unless tenancy
        fabric voting unless tenancy
        fabric heritage unless history
        building heritage unless history
        new_building consulting unless highways school art tenancy
        turn hmo
        house becomes new_building unless history
        near inspector voting unless school courts sport
        turn former new_building unless history
        building ask
        tree protected
        tree_notice
        turn new_building applied unless hours tenancy history
        near architect new_building unless history courts art
        extending applied unless school
        construction permission unless hours school tenancy art
        notice_served building unless school tenancy
        listed national_list
        ask home_work unless school
        quashed approval unless school hours
        near plans_for consulting premises unless teaching hours highways school art
        tree applied cut_down
        fabric ask
        hmo becomes unless hours
        hmo applied unless hours
    """,
    "dogs": """
        pooper unless other_animals
        dog mess unless other_animals dog_life
        near dog mess step unless other_animals dog_life
        small_bag branch unless help_yourself ordinary
        dog bagging unless other_animals
        near dog trodden unless other_animals dog_life
        near trodden owner unless other_animals tenancy dog_life
        trodden mess unless other_animals
        trodden sole unless other_animals ice
        dog gift step unless other_animals dog_life
        dog owner lawn left unless other_animals dog_life
        bag_it bin_it
        near sole please
        near dog sole cleaning unless other_animals
        dog owner bags unless other_animals dog_life service
        gift owner step unless other_animals vehicle tenancy dog_life
        bagged hung branch unless help_yourself ordinary
        mess owner step unless other_animals vehicle
    """,
    "grit": """
        wardens
        near salt ice unless food sport
        salt way unless food
        near spreader ice unless food garden
        near untreated way ice unless ordinary forecast doctor
        untreated way lorry unless ordinary
        near yellow_bin ice unless medical
        yellow_bin filling unless medical
        salt shovel unless food
        salt_bag unless food
        lorry barn
        near using_salt way unless food
        near treating way winter unless ordinary doctor forecast
        near using_salt yellow_bin unless food
        salt putting unless food
    """,
    "flooding": """
        drain backed_up
        near cellar pouring unless ordinary
    """,
    "lighting": """
        lamp dark unless other_lights
        light dark dark_way unless other_lights
    """,
    "speeding": """
        vehicle fast unless raced sport
    """,
    "parking": """
        parked parked_badly
    """,
    "cycling": """
        bike bike_way
    """,
    "crime": """
        theft unless made_up
    """,
    "licensing": """
        drinks until_late asking
    """,
    "housing": """
        disrepair rented
    """,
    "schools": """
        teaching
    """,
    "transport": """
        riding delay
    """,
    "air": """
        fumes breath
    """,
    "noise": """
        din night
    """,
    "library": """
        reading
    """,
    "health": """
        doctor patient unless member dog
    """,
    "tax": """
        council gap
    """,
    "trees": """
        tree_kind cut_down unless flying
    """,
    "parks": """
        swings out_of_order unless dance
    """,
    "bins": """
        bin missed unless other_bins
    """,
    "litter": """
        scraps strewn unless in_bin
        spray surface
    """,
}
