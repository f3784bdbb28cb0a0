"""Families of words by which people speak of a matter without its name.

A family is written as words in the singular; the plural is understood. `~` after a verb stands for
all its regular forms, and `_` joins the words of a phrase.
"""

from __future__ import annotations

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    # Things that are left in the street, where, and how.
    "bulky": """
        mattress sofa settee couch fridge freezer cooker microwave dishwasher armchair wardrobe
        bookcase washing_machine tumble_dryer carpet rug lino underlay rubble tyre bathtub toilet
        sink paint_tin tin_of_paint tins_of_paint paint_pot pallet plasterboard asbestos bunk_bed
        bed_frame bedframe cot telly chest_of_drawers radiator boiler duvet white_goods
        shopping_trolley christmas_tree xmas_tree office_chair headboard divan hardcore
        building_waste builders_waste builder_s_waste hedge_cutting hedge_clipping
        garden_waste gas_canister gas_bottle
    """,
    "furniture": """
        bed chair table desk door tv television cabinet cupboard bath oven kitchen worktop pushchair
        trolley suitcase drawers furniture appliance timber brick plaster crate nappy toy clothes
        cardboard scrap fir canister soil
    """,
    "rubbish": """
        rubbish waste junk debris bin_bag black_bag black_sack rubbish_bag refuse_sack rubbish_sack
        bin_liner
    """,
    "load": "bag sack box load van_load vanload heap pile stuff things items lot",
    "dumped": """
        dump~ dumper chuck~ abandon~ discard~ ditched sling slinging slung unload~ offload~ hurled
        fly_tipped fly_tipping flytip~ tipped flung
    """,
    "left": """
        left leave leaving appear~ turn_up turns_up turned_up turning_up ended_up ends_up sits
        sitting lying lies rotting piled pile_of heaped drop~ throw thrown threw throwing stacked
        propped arrived blocking still_there still_here been_there been_here sprouted
    """,
    "stays": """
        still_there still_here still_on been_there been_here days_now weeks_now overnight midnight
        in_the_night white_van graveyard day_two day_three third_day third_week
    """,
    "culprit": """
        someone somebody whoever culprit neighbour_from_hell cctv caught_on fined reported builder
        cowboy who
    """,
    "spot": """
        pavement kerb verge alley alleyway corner bins bin_store bin_area bin_shed garage railing
        lamp_post lamppost street road lane lay_by layby path footpath park pond canal river towpath
        bridge underpass arch hedge wall common gate stairwell wood field car_park outside entrance
        bus_stop bus_shelter playground church hall stairs doorway passage cul_de_sac
    """,
    "dump_spot": """
        bottle_bank recycling_bank clothes_bank textile_bank paper_bank recycling_point
        recycling_bin bin_store bin_area bin_shed verge alley alleyway lay_by layby pavement kerb
        garage underpass towpath
    """,
    "beside": "by beside behind against next_to outside in_front_of all_over along under",
    "as_tip": """
        as_a_tip like_a_tip as_a_dump like_a_dump as_a_rubbish_dump as_a_rubbish_tip
        like_a_rubbish_tip as_their_tip own_tip as_a_skip
    """,
    "waters": "pond canal river stream lake brook",
    "hauled": "pulled_out fished_out fished dredged hauled pulled dragged",
    "service": """
        collect~ collection take_away takes_away taken_away book~ bookable bulky donate~ donation
        recycling_centre amnesty free_to reuse take_your bring_your recycle~ how_to_get_rid
    """,
    "trade": """
        sale half_price per_cent_off auction jumble shop price sell~ sold stall market for_sale
        museum exhibition display hotel swap recipe novel film play studio cafe café restaurant
        offer free_piano gallery furnished bedroom
    """,
    "partner": "boyfriend girlfriend husband wife fiance fiancé lover ex party_leader",
    "sport": """
        goalkeeper striker referee match goal penalty league coach cup golf cricket rugby bowls
        tennis football wicket rink hockey
    """,
    # Works in the road.
    "ground": """
        pavement footway carriageway kerb tarmac slab paving asphalt flagstone cobble cycle_lane
        bus_lane road_surface the_road our_road my_road the_street our_street my_street
        middle_of_the_road footpath setts
    """,
    "paving": "slab paving pavement kerb kerbstone cobble flagstone footway paving_stone setts",
    "street": """
        road street lane hill mews row grove rise crescent avenue high_street junction roundabout
        bridge pavement footway carriageway kerb corner
    """,
    "digging": """
        dig digs digging dug excavate~ excavation trench saw_through sawing sawed jackhammer
        pneumatic_drill digger
    """,
    "trench": "trench excavation digger",
    "relaid": """
        reinstate~ reinstatement resurface~ surfacing surface_dressing top_layer top_coat new_layer
        relay relaid relaying backfill~ re_lay re_laid patched_up put_back filled_in new_surface
        retarmac~ tarmacked tarmacking planing_machine
    """,
    "reinstatement": "reinstatement surfacing surface_dressing backfill",
    "programme": "programme schedule phase",
    "utility": """
        gas gas_main water_main pipe cable sewer duct manhole fibre broadband electricity utility
        thames_water water_company water_people gas_people gas_company gas_co electric electricity
        engineer gas_board water_board telecoms full_fibre drain_repair water_pipe gas_pipe
    """,
    "contractor": """
        contractor workman workmen workers highways_team highways_department highways_officer
        road_crew
    """,
    "cones": "cone barrier plastic_fencing hi_vis_barriers road_closed_sign",
    "closed": """
        closed shut closure closes closing shuts close_for diversion diverted lane_closure
        temporary_lights traffic_lights one_way give_and_take stop_go no_through closing_off
    """,
    "control": """
        closure diversion lane_closure temporary_lights temporary_signals traffic_management
        one_way two_way_lights give_and_take stop_go road_closed closed_to_traffic no_entry
        closed_for shut_for
    """,
    "works": """
        works repairs renewal replacement upgrade renewing replacing renewed replaced strengthening
        drainage_work
    """,
    "hole": "hole crater dip rut sunk sunken sank sinking subsided subsidence collapsed gaping",
    "corner": "corner outside crossroads",
    "plate": """
        iron_plate metal_plate steel_plate manhole_cover drain_cover inspection_cover loose_cover
        manhole road_plate
    """,
    "loose": "clank~ rattl~ rattle~ loose bang~ wobbly wonky rocking thud~ sunk sunken missing",
    "uneven": "uneven wobbly wonky cracked trip trips tripped tripping trip_hazard stumble~",
    "railway": """
        train track platform railway rail network_rail passenger tube overground underground
        step_free
    """,
    "event": """
        party festival marathon half_marathon filming film parade market race carnival firework
        police cordon crash collision fire stabbing match school_street demo march crowd
        ice_cream ticket film_crew cake_stall concert queue protest procession
    """,
    "history": """
        history museum talk archaeologist archaeology roman saxon medieval war battle regiment
        soldier victorian bones passchendaele somme poem novel book
    """,
    "not_ground": """
        roof fence golf tooth budget sock wall argument net ceiling jumper hedge tights plot bucket
        memory story
    """,
    "garden": "allotment potato border flower_bed veg vegetable garden compost spade pond_dig",
    "play_ground": "pitch court playground running_track car_park pool rink",
    # Planning.
    "fabric": """
        dormer loft mansard hmo mast bedsit storey roof_terrace extension outbuilding shopfront
        shop_front tower tower_block basement rooflight skylight conservatory porch balcony annexe
        garden_room 5g_pole telecoms_pole phone_mast pub_garden beer_garden zinc_box glass_box
        glass_cube glass_roof roof_garden hot_tub loft_room solar_panel sash_window cladding
        roof_extension side_return extra_floor satellite_dish outdoor_terrace summerhouse
        two_floors double_glazing plastic_windows upvc shutters advertising_screen billboard
    """,
    "building": """
        shed garage flats homes houses bungalow terrace roof windows driveway canopy fence office
        house warehouse hotel student_rooms student_housing co_living care_home demolition pub
        outhouse decking garden_wall development apartments block mosque cinema chapel church school
        depot bank factory dairy gasworks hostel pole glass façade facade cube
    """,
    "permission": """
        permission consent objection objector refusal planner drawing case_officer retrospective
        overruled overrule~ turned_down thrown_out go_ahead green_light object_to objecting
        comments_close comments_by approval resubmitted reapplied
        refused planning_chiefs dismissed_the_appeal unauthorised unlawful
    """,
    "appeal": "appeal",
    "inspector": "inspector inspectorate",
    "verdict": """
        appeal allowed dismissed overrule~ overturned upheld ruled sided inquiry storey tower
        backs backed harm_to
    """,
    "applied": "apply applied applies application applicant proposal proposes proposed wants_to",
    "deciders": """
        council councillor committee town_hall local_authority neighbour resident consultation
        consulted what_you_think what_they_think have_your_say comment write_in decide~
        enforcement
    """,
    "consulting": """
        consultation consulted consulting have_your_say tell_us_what_you_think what_they_think
        write_in comments_close comments_by comment_by comment_until deadline_for_comments objections
        letters_of_objection representation
    """,
    "consulted_on": "drawing reference application plans proposal case_officer notice",
    "becomes": """
        become becoming becomes turned_into turn_into converted convert converting conversion
        split_into divided_into make_way knocked_down pulled_down taken_down come_down torn_down
        flattened replace_it
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
    "listed": "listed grade_ii grade_2 grade_i listed_building locally_listed",
    "rebuilding": """
        convert~ become window roof consent works alteration demolish~ restoration_plan application
        owner permission doors facade lift
    """,
    "planning_terms": """
        permitted_development lawful_development certificate_of_lawfulness listed_building_consent
        change_of_use use_class reserved_matters householder_application pre_application
        prior_notification delegated_powers outline_application planning_portal
        material_consideration planning_list height_and_massing overdevelopment
        loss_of_light daylight_and_sunlight right_to_light
    """,
    "hmo": "hmo bedsit house_share multiple_occupation",
    "hours": """
        opening_hours longer_hours extension_of deadline licence license licensing lease tram line deadline_extended
        insurance mortgage hair plug lead library_hours term visa contract ulez alcohol premises
        lottery passport job vacancy
    """,
    "school": "pupil ofsted school teacher lesson uniform college nursery_places care_quality",
    "courts": """
        convicted conviction sentence court jail jailed charity fund witnesses raised target tins
        donations crowdfunder police missing stolen judge robbery tribunal fundraising foodbank
        food_bank
    """,
    "tenancy": "waiting_list tenant rent register bidding landlord_licence letting deposit tenancy",
    "outcome": """
        can_stay must_go has_to_go have_to_go come_down taken_down take_down may_keep can_keep
        allowed_to_keep ordered_to allowed_to_stay
    """,
    "highways": """
        crossing zebra cycle_lane bus_stop parking hangar route junction bus cycleway traffic
    """,
    "art": "album song verse novel play film gig band comedy poem painting cake festival",
    # Dogs.
    "dog": """
        dog puppy pup pooch hound spaniel labrador lab terrier poodle alsatian retriever collie
        bulldog husky whippet greyhound cockapoo staffie rottweiler dachshund chihuahua mutt
        four_legged
    """,
    "owner": "owner owns whoever walker whose your_pet someone_s somebody_s their_pet",
    "mess": """
        mess poo poop pooing pooping turd foul fouls fouling fouled business dirt muck droppings
        dropping excrement faeces crap number_two
    """,
    "gift": """
        deposit present gift souvenir calling_card offering surprise parcel land_mine landmine
        something_brown little_message
    """,
    "trodden": """
        stepped_in step_in stepping_in trod_in trodden trod_it trodden_in treading tread_in
        off_my_shoe off_my_shoes soles scrape~ smear~
    """,
    "sole": "shoe trainer boot wheel buggy pram pushchair sole wellies",
    "bagging": """
        bag_it bin_it poo_bag scoop~ clean_up clear_up pick_up_after pick_it_up picks_it_up
        picked_it_up bagged pick_up_your pick_up_their doggy_bag not_pick_up
    """,
    "bag_it": "bag_it bag_that",
    "bin_it": "bin_it bin_that",
    "pooper": "pooper poo_bag poo_bin dog_bag pooper_scooper turd phantom_fouler",
    "lawn": "lawn grass verge flower_bed playing_field flowerbed daffodils sandpit",
    "step": """
        outside gate pavement lawn grass verge doorstep path step playground pitch kerb alley
        nursery entrance front_garden wall railing railings
    """,
    "other_animals": "cat fox horse pigeon goose geese seagull hedgehog rat hen swan hot_dog",
    "dog_life": """
        lost missing found_a found_on found_near ran vet lead show training groomer rescue rehome~ walker_needed puppies
        cake chewed christmas_cake sofa kennels home tenancy flat rent santa birthday puppy_class
        guardian accounts
    """,
    # Winter.
    "salt": "salt salting salted grit gritting gritted gritter unsalted ungritted spreader",
    "ice": """
        ice icy slippery slippy slip slipped slipping frost frosty freezing snow snowy black_ice
        treacherous ice_rink minus skating_rink skid~ cold_snap below_zero
    """,
    "way": """
        pavement road hill steps path route slope footway bridge street side_road priority_route
        car_park ramp
    """,
    "wardens": "snow_warden snow_champion snow_angel ice_warden winter_warden winter_volunteer",
    "spreader": "spreader salt_lorry winter_fleet winter_service snow_plough snowplough",
    "untreated": "untreated not_been_treated treated_routes treat_the_roads treating_roads",
    "food": """
        pepper fish beef vinegar caramel sauce chips cook~ cooking recipe dish bath sea marsh soup
        diet blood_pressure teaspoon class margarita oyster tequila pretzel
    """,
    # Water, light and traffic.
    "drain": "drain gully manhole sewer culvert downpipe",
    "backed_up": """
        backed_up overflow~ blocked bubbling standing_water ankle_deep knee_deep spewing gushing
        coming_up smell_of_sewage clogged
    """,
    "cellar": "cellar basement ground_floor front_room kitchen_floor doorstep",
    "pouring": """
        pouring_into coming_into pours_into came_into under_water knee_deep ankle_deep rose_through
        poured_into sandbag
    """,
    "lamp": "lamp street_lamp streetlamp streetlight lamp_post lamppost lamp_column",
    "light": "light lighting",
    "dark": """
        dark pitch_black flicker~ not_working gone_out are_out is_out been_out went_out broken
        pitch_dark unlit darkness
    """,
    "dark_way": "street road steps path alley underpass post park passage cut_through stairs",
    "other_lights": """
        traffic pedestrian crossing temporary signals christmas tree oven festive reading bedroom
        brake headlight light_show stage
    """,
    "vehicle": "car driver van moped motorbike motorcycle lorry biker taxi 4x4 suv",
    "fast": """
        at_fifty at_forty at_sixty 40mph 50mph 60mph 70mph race_track racetrack too_fast boy_racer
        tearing hurtl~ hurtling at_speed flying_down bombing_down like_a_racetrack drag_strip
        twice_the_limit over_the_limit roaring
    """,
    "raced": "formula grand_prix rally track_day lap circuit karting",
    "parked": "parked park_on parks_on double_parked parking_on pavement_parking",
    "parked_badly": """
        dropped_kerb driveway zig_zag zigzag blocking blocks pavement double_yellow ticket
        loading_bay disabled_bay wheelchair buggy
    """,
    "bike": "bike bicycle e_bike ebike cargo_bike cyclist",
    "bike_way": """
        lane rack hangar commute route quietway cycleway superhighway stand contraflow helmet
        segregated
    """,
    "theft": """
        break_in broke_into broken_into breaking_into thief thieves snatched mugger burgled
        ransacked burglar pickpocket machete carjack~ robber
    """,
    "made_up": "film novel play thriller heart show drama scene lead crown book story time",
    # Council services and daily life.
    "drinks": "alcohol beer wine late_night_refreshment live_music off_licence bar nightclub pub",
    "until_late": "until_midnight until_11pm until_2am until_1am until_3am until_4am opening_hours",
    "asking": "application applied apply representation variation variation_of objection premises",
    "disrepair": """
        leak~ leaking mould mouldy no_heating no_hot_water lift_is broken_lift cold_radiators
        cockroaches rats ceiling_collapsed black_spots
    """,
    "rented": "landlord flat block estate council_flat council_block housing_officer tower_block",
    "teaching": """
        gcse sats headmistress headmaster teaching_assistant phonics reception_class
        reception_places year_six parents_evening catchment key_stage mock_exams
    """,
    "riding": "timetable passenger platform tram bus_driver station stop night_bus commuter",
    "delay": "late delay~ cancel~ divert~ strike signal_failure replacement_service packed curtailed",
    "fumes": "fumes exhaust engine_running engines_running running_engine diesel soot smog",
    "breath": "breathe breathing lungs asthma inhaler children school idle idling cough~ clean_air",
    "din": """
        loud din racket hum bass drilling alarm thump~ thudding deafening sound_system karaoke
        low_flying jets helicopter
    """,
    "night": """
        all_night at_night sleep awake 2am 3am 4am 1am midnight kept_up until_dawn
        five_in_the_morning four_in_the_morning three_in_the_morning every_night
    """,
    "reading": "rhyme_time storytime story_time library_card overdue_books borrow_books",
    "doctor": "doctor gp surgery practice clinic nurse",
    "patient": "appointment patient prescription receptionist jab consultation_by_phone blood_test",
    "member": "councillor councillors mp ward_surgery advice_surgery casework",
    "council": "council town_hall local_authority cabinet borough",
    "gap": "overspend funding_gap deficit shortfall savings budget_gap bankrupt bankruptcy",
    "tree_kind": """
        oak ash_tree plane_tree plane lime lime_tree cherry birch willow cedar beech chestnut
        sycamore maple walnut conifer poplar elm
    """,
    "cut_down": """
        fell felled felling chainsaw prune~ pollard~ stump chopped_down cut_down lopped
        branches replant~ sawn_down
    """,
    "flying": "pilot airport runway flight heathrow aircraft passengers",
    "swings": """
        swing seesaw see_saw climbing_frame paddling_pool zip_wire zipwire sandpit bandstand
        adventure_playground rec toddler_swing
    """,
    "out_of_order": "broken chained locked repair~ new closed replaced missing vandalised opens",
    "dance": "dance jazz music band mood ballroom",
    "bin": "bin caddy wheelie wheelie_bin recycling_sack recycling_box bin_bag refuse_sack dustcart",
    "missed": """
        missed not_emptied uncollected not_collected unemptied dustmen binmen bin_men not_been_emptied
        not_been_collected collection_day overflowing skipped_our collections
    """,
    "other_bins": "grit salt dog poo yellow_bin sharps",
    "scraps": """
        crisp_packet beer_can takeaway_box wrapper cigarette_end fag_end cigarette_butt
        takeaway_carton drinks_can burger_box empty_bottles sweet_wrapper vape chicken_bone
    """,
    "strewn": """
        strewn all_over everywhere blowing street pavement grass gutter hedge on_the_ground
        flower_bed front_garden park
    """,
    "in_bin": "grit_bin salt_bin grit salt nothing_in_it",
    "spray": "spray_paint sprayed spray_painted spraypainted tagged tagger tags",
    "surface": "wall bridge shutter door underpass hoarding arches subway",
}
