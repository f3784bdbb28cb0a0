"""Families of words about plans and who decides on them."""

from __future__ import annotations

from collections.abc import Mapping

# How words are written in a family: see `word_families.py`.
PLANNING_WORDS: Mapping[str, str] = {
    "fabric": """
        dormer loft_conversion rear_dormer mansard hmo mast bedsit storey roof_terrace extension
        outbuilding shopfront shop_front rooflight annexe extra_floor another_floor lightwell
        granny_flat side_extension kitchen_extension carport pergola digital_screen phone_kiosk
        antenna garden_room 5g_pole telecoms_pole phone_mast pub_garden beer_garden zinc_box
        glass_box glass_cube glass_roof glass_front roof_garden loft_room roof_extension
        side_return outdoor_terrace plastic_windows advertising_screen billboard
    """,
    "building": """
        shutter duct flue extractor air_conditioning_unit heat_pump loft basement tower
        tower_block skylight conservatory porch balcony hot_tub solar_panel sash_window cladding
        satellite_dish summerhouse double_glazing upvc shutters shed garage flats homes houses
        bungalow terrace roof windows driveway canopy fence house warehouse hotel awning signage
        flagpole marquee statue student_rooms student_housing co_living care_home demolition pub
        outhouse decking garden_wall development apartments block mosque cinema chapel depot
        factory dairy gasworks hostel pole glass façade facade cube
    """,
    "permission": """
        permission consent objection objector refusal planner drawing case_officer retrospective
        overruled overrule~ turned_down thrown_out go_ahead green_light object_to objecting
        comments_close comments_by approval resubmitted reapplied objects_to objecting_to
        delegated inquiry may_not not_allowed refused planning_chiefs dismissed_the_appeal
        unauthorised unlawful
    """,
    "decision": """
        approve~ reject~ refuse~ grant~ lodge~ submit~ submitted withdrawn recommend~ resubmit~
        knocked_back given_the_nod nodded_through
    """,
    "appeal": "appeal~",
    "inspector": "inspector inspectorate",
    "verdict": """
        appeal allowed dismissed overrule~ overturned upheld ruled sided inquiry storey tower
        backs backed harm_to
    """,
    "applied": "apply applied applies application applicant proposal proposes proposed wants_to",
    "wants": """
        asked_to want_to wants_to hope_to hopes_to plan plans would could proposed proposal
        ask_the_council asking allowed asked_the_council next_door neighbour neighbours
    """,
    "disused": "former old disused empty derelict redundant closed_down",
    "opposed": """
        fight fights fighting oppose~ opposition battle objects_to objectors petition anger
        up_in_arms outcry campaign_against fury row say_no
    """,
    "plan": "plan proposal scheme bid",
    "new_building": """
        crematorium incinerator quarry data_centre warehouse supermarket drive_through skyscraper
        tower flats homes houses housing block hotel student_block stadium hostel apartments
        takeaway storey bungalow casino student_room bedsit
    """,
    "committee": "committee planners",
    "house": "house family_home villa victorian_home",
    "turn": "turn turns turning turned",
    "tall": "tower skyscraper high_rise block_of_flats tower_block",
    "review": "judicial_review high_court legal_challenge called_in calls_in call_in",
    "developer": "developer house_builder housebuilder property_company property_firm",
    "voting": """
        say_yes said_yes says_yes said_no says_no voted_for voted_against vote_on votes_on
        members_decide members_will_decide waved_through called_in call_in deferred wins_approval
        knocked_back sent_back back_to_the_drawing_board
    """,
    "heritage": """
        english_heritage historic_england heritage_officer conservation_officer victorian_society
        georgian_group twentieth_century_society civic_society amenity_society
    """,
    "decay": "damp mould leak~ heating boiler lift_is cladding_removed repair fire",
    "telecoms": "phone_company 5g broadband telecoms mobile_company mast openreach",
    "pole": "pole",
    "deciders": """
        council councillor committee town_hall local_authority neighbour resident consultation
        consulted what_you_think what_they_think have_your_say comment write_in decide~
        enforcement
    """,
    "consulting": """
        hear_from_neighbour hear_from_resident consultation consulted consulting have_your_say
        tell_us_what_you_think what_they_think write_in comments_close comments_by comment_by
        comment_until deadline_for_comments deadline_to_comment time_to_comment objections
        letters_of_objection representation
    """,
    "consulted_on": "drawing reference application plans proposal case_officer notice",
    "becomes": """
        become becoming becomes turned_into turn_into turn_it_into carved_up carved_into carve_up
        turning converted convert converting conversion split_into divided_into make_way
        knocked_down pulled_down taken_down come_down torn_down flattened replace_it
    """,
    "drawings": "drawing approved_plans agreed_plans higher_than taller_than bigger_than",
    "former": """
        pub cinema shop church depot bank garage office warehouse chapel factory dairy hall hotel
        gasworks laundry theatre hospital
    """,
    "enforcement": "enforcement_officer enforcement_team enforcement planning_enforcement",
    "other_officers": """
        parking bailiff litter dog dump~ fly_tipping waste moped bus_lane penalty seizure police
        licensing immigration trading_standards fixed_penalty noise
    """,
    "listed": """
        grade_ii grade_2 grade_i locally_listed listed_pub listed_house listed_cottage
        listed_church listed_cinema listed_hall listed_terrace listed_villa listed_status
        listed_shopfront listed_building listed_bridge listed_property
    """,
    "rebuilding": """
        convert~ become window roof consent works alteration demolish~ restoration_plan
        application owner permission doors facade lift
    """,
    "planning_terms": """
        internally_lit internally_illuminated externally_illuminated fascia_sign projecting_sign
        neighbourhood_forum hotel_scheme hotel_plan_for tower_plan tower_scheme flats_plan
        flats_scheme design_review design_review_panel permitted_development lawful_development
        certificate_of_lawfulness listed_building_consent change_of_use use_class reserved_matters
        householder_application pre_application prior_notification delegated_powers
        outline_application planning_portal material_consideration planning_list
        height_and_massing overdevelopment loss_of_light daylight_and_sunlight right_to_light
    """,
    "hmo": "hmo bedsit house_share multiple_occupation",
    "hours": """
        opening_hours longer_hours extension_of deadline_extended_to licence license licensing
        lease tram line deadline_extended insurance mortgage hair plug lead library_hours term
        visa contract ulez alcohol premises lottery passport job vacancy
    """,
    "ask": """
        apply_to_the_council apply_to_the_planners need_permission ask_the_council
        asking_the_council need_to_ask without_asking asked_anybody asking_anybody asking_anyone
        need_consent no_one_asked
    """,
    "school": """
        pupil ofsted school_place teacher lesson uniform college nursery_places care_quality
    """,
    "courts": """
        convicted conviction sentence court jail jailed charity fund witnesses raised target tins
        donations crowdfunder police missing stolen judge robbery tribunal fundraising foodbank
        food_bank
    """,
    "tenancy": """
        waiting_list tenant rent register bidding landlord_licence letting deposit tenancy
        for_rent to_let for_sale house_of_the_week bedroom estate_agent leak~ plumber
    """,
    "outcome": """
        can_stay must_go has_to_go have_to_go come_down taken_down take_down may_keep can_keep
        allowed_to_keep ordered_to allowed_to_stay
    """,
    "highways": """
        crossing zebra cycle_lane bus_stop parking hangar route junction bus cycleway traffic
    """,
    "art": """
        poetry album song verse novel play film gig band comedy poem painting cake festival
        she_said marry engaged wedding
    """,
    "tree": """
        tree oak lime_tree plane_tree cherry birch willow cedar beech chestnut sycamore maple
        walnut poplar elm yew magnolia
    """,
    "protected": "protected_tree protected_oak protected_plane protected_lime protected_beech",
    "tree_notice": """
        notice_of_works_to_tree notice_of_works_to_a_tree notice_of_tree_works tree_works_notice
        works_to_protected_tree notification_of_works_to_tree section_211
    """,
    "quashed": "quash~",
    "approval": "approval permission consent planning_decision",
    "architect": "architect",
    "plans_for": "plans_for plan_for scheme_for proposal_for proposals_for",
    "premises": """
        arch arches unit brewery gym nursery restaurant cafe café takeaway casino bingo_hall
        old_bank garage_site pub_site church_site depot showroom supermarket
    """,
    "extending": """
        extend_our_kitchen extend_my_kitchen extend_the_kitchen extend_their_kitchen
        extend_our_house extend_my_house extend_the_house extend_their_house extend_a_house
        extend_our_home extend_my_home extend_the_home extend_their_home extend_a_home
        extend_upwards extend_the_back
    """,
    "construction": "builder building_site construction",
    "notice_served": "notice_has_been_served served_a_notice notice_served notice_was_served",
    "national_list": "national_list statutory_list heritage_list been_listed is_now_listed",
    "home_work": "pave paving front_garden drive crossover window loft",
}
