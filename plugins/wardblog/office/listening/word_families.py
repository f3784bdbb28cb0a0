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
        bookcase washing_machine tumble_dryer carpet rug lino underlay rubble tyres old_tyre car_tyre bathtub
        sink paint_tin tin_of_paint tins_of_paint paint_pot pallet plasterboard asbestos bunk_bed laminate_floor car_seat car_battery car_part three_piece_suite garden_clipping bag_of_cement bags_of_cement household_junk
        ironing_board bed_base bedstead sofa_bed futon recliner sideboard filing_cabinet
        exercise_bike treadmill high_chair shower_tray shower_screen toilet_bowl toilet_seat
        washbasin cistern vacuum_cleaner hoover breeze_block window_frame door_frame floorboard
        fence_panel roof_tile tarpaulin engine_oil cannabis_plant grass_cutting bathroom_suite
        fitted_kitchen kitchen_unit bath_panel
        bed_frame bedframe cot telly chest_of_drawers duvet white_goods
        shopping_trolley christmas_tree xmas_tree office_chair headboard divan hardcore
        hedge_cutting hedge_clipping gas_canister gas_bottle
    """,
    "furniture": """
        bed chair table desk door tv television cabinet cupboard bath oven toilet kitchen worktop pushchair
        trolley suitcase drawers furniture appliance boiler radiator timber brick plaster crate nappy toy clothes
        cardboard scrap tyre pram fir canister soil
    """,
    "rubbish": """
        rubbish waste junk debris bin_bag black_bag black_sack rubbish_bag refuse_sack rubbish_sack
        bin_liner
    """,
    "load": "bag sack box load paint cement chemicals concrete van_load vanload heap pile stuff things items lot",
    "dumped": """
        dump~ dumper chuck~ abandon~ discard~ ditched sling slinging slung unload~ offload~ hurled
        fly_tipped fly_tipping flytip~ tipped flung getting_rid get_rid_of got_rid off_loaded
        off_loading off_load tipping
    """,
    "left": """
        left leave leaving keeps_leaving keeps_putting appear~ turn_up turns_up turned_up turning_up ended_up ends_up sits
        sitting lying lies rotting piled pile_of heaped drop~ throw thrown threw throwing stacked
        propped arrived was_found found_behind moved_into blocking
        plonk~ shoved deposited stuffed wedged sprawled greets greeted adorns decorates moved_in
        taken_up_residence bobbing floating strewn scattered joined_by multiplied still_there still_here been_there been_here sprouted
    """,
    "stays": """
        still_there still_here still_on been_there been_here days_now weeks_now overnight midnight
        since_the_weekend since_monday since_tuesday since_wednesday since_thursday since_friday
        since_saturday since_sunday for_days for_weeks for_a_week for_months days_running
        in_the_night white_van graveyard day_two day_three third_day third_week
    """,
    "culprit": """
        someone somebody whoever culprit cctv caught_on fined builder
        cowboy must_pay ordered_to_pay pays_fine cameras doorbell_camera
    """,
    "spot": """
        pavement kerb verge alley alleyway corner bins bin_store bin_area bin_shed garage railing
        lamp_post lamppost street road lane lay_by layby path footpath park pond canal river towpath
        bridge underpass arch hedge wall common gate stairwell wood field car_park outside entrance
        bus_stop bus_shelter playground church hall stairs doorway passage cul_de_sac estate flyover fence substation stream drain the_green
    """,
    "whose": "whose does_anyone_own belongs_to does_it_belong is_this_yours",
    "out_of_place": """
        pavement kerb verge alley alleyway corner roadside lamp_post lamppost hedge railing fence flyover bus_shelter lay_by
        layby towpath underpass river canal pond bus_stop footpath garage ditch wood bottle_bank
        phone_box bench bollard postbox post_box graveyard churchyard nature_reserve cycle_path
        subway back_alley slip_road bin_store grass embankment traffic_island communal communal_lawn communal_garden
        the_street our_street my_street the_road our_road our_lane
    """,
    "help_yourself": """
        help_yourself free_to_take take_one lost laptop handbag wallet keys purse rucksack apples
        fire flames thanks_for
    """,
    "dump_spot": """
        roadside
        bottle_bank recycling_bank clothes_bank textile_bank paper_bank
        recycling_bin bin_store bin_area bin_shed verge alley alleyway lay_by layby pavement kerb
        garage underpass towpath
    """,
    "beside": "by beside behind against next_to outside in_front_of all_over along under",
    "as_tip": """
        as_a_tip like_a_tip as_a_dump like_a_dump as_a_rubbish_dump as_a_rubbish_tip
        like_a_rubbish_tip as_their_tip own_tip as_a_skip your_tip not_a_tip is_a_tip rubbish_tip
    """,
    "waters": "pond canal river stream lake brook",
    "hauled": "pulled_out fished_out fished dredged hauled pulled dragged out_of",
    "service": """
        collect~ collection take_away takes_away taken_away book~ bookable bulky donate~ donation
        recycling_centre amnesty free_to reuse take_your bring_your subscription a_year how_to_get_rid what_to_do_with
    """,
    "ordinary": """
        sale half_price per_cent_off auction jumble shop price sell~ sold stall market for_sale
        museum exhibition display hotel swap recipe novel play studio cafe café restaurant
        offer too_big lit flat_tyre damaged_tyre puncture slashed abandoned_car without free_piano
        wanted looking_for needed pantomime checked free magic carpet_of red_carpet
        carpet_bowls carpet_clean~ fridge_magnet microwave_meal sofa_night two_for_one gallery furnished bedroom
    """,
    "partner": "boyfriend girlfriend husband wife fiance fiancé lover ex party_leader",
    "address": "address name_on_it envelope letters_inside paperwork",
    "searched": "found search~ look_through looked_through open~ traced evidence",
    "another_one": """
        another_sofa another_mattress another_fridge another_freezer another_wardrobe
        another_armchair another_settee another_carpet another_telly another_trolley sofa_again
        mattress_again fridge_again freezer_again mattresses_again sofas_again yet_another
        and_another
    """,
    "battered": "old broken burst soaked sodden stained rotting smashed mouldy wet ripped",
    "cleared": "cleared clear~ removed remove shifted picked_up take_away collected",
    "tonnes": "tonne ton",
    "not_tipped": "snow salt leaf ice grit crisps apples food_bank recycled cocaine",
    "camera": "camera cctv doorbell transit tipper number_plate",
    "outside": "outside in_front_of communal bottom_of_the",
    "collected": "collected collection take_away taken_away bookable book_online service_that",
    "heavy": """
        mattress rubble plasterboard building_waste builders_waste builder_s_waste diy_waste
        garden_rubbish
    """,
    "emptied": "emptied emptying empties",
    "river_bed": "bed_of river_bed riverbed sea_bed",
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
        dig digs digging dug excavate~ excavation trench saw_through sawing sawed jackhammer drilling
        ripped_up ripping_up tearing_up torn_up taken_up carved_up opened_up broke_up cut_into
        pneumatic_drill digger
    """,
    "trench": "trench excavation digger",
    "trenches": "trench street_dig road_dig heat_network",
    "relaid": """
        reinstate~ reinstatement resurface~ surfacing surface_dressing top_layer top_coat new_layer
        relay relaid relaying backfill~ re_lay re_laid patched_up put_back filled_in new_surface
        retarmac~ tarmacked tarmacking paving_back slabs_back pavement_back kerb_back
    """,
    "pipe": "pipe cable main duct sewer gas_main water_main gas_pipe water_pipe fibre conduit",
    "laying": """
        lay laying laid replace~ renew~ connect~ repair~ upgrade~ renewal replacement
    """,
    "indoors": "pool heating boiler house tap bathroom kitchen radiator school library cake",
    "mended": """
        finished_the repaired mended fixed filled relaid widened lowered crumbling
        resurfaced rebuilt new_look disgrace_to_walk
    """,
    "paving_stone": "slab paving_stone kerb cobble flagstone setts loose_paving",
    "tripped": "trip trips tripped tripping stumble~ fell",
    "spending": "spend~ invest~ budget programme million smooth~ fund~",
    "green_man": "green_man",
    "state": "state_of thanks_to_the condition_of",
    "junction": "junction kerb roundabout",
    "seconds": "second cross crossing time wait~ slow",
    "cross_road": """
        cross_the_road cross_the_street crossing_the_road crossing_the_street way_over can_cross
        safe_to_cross get_across_the get_over_the_road to_cross cross_here
    """,
    "safer": "safe safer safely dangerous island refuge lights seconds petition nearly_hit near_miss",
    "pub": "church pub arms landlord quiz pint morris",
    "crater": "crater rut ruts lunar moonscape",
    "wheels": "cyclist bike bicycle wheel tyre suspension axle scooter pram buggy wheelchair",
    "marking": "white_line road_marking stripe zebra yellow_box_marking markings stop_line",
    "faded": "worn fade~ repaint~ invisible cannot_see can_t_see rubbed_off rub~ barely paint~",
    "uniform": "shirt football kit uniform tie flag costume",
    "reinstatement": "new_surface reinstatement surfacing surface_dressing backfill",
    "programme": "programme schedule phase",
    "utility": """
        gas gas_main water_main pipe cable sewer duct manhole fibre broadband electricity utility
        thames_water water_company water_co water_people gas_people gas_company gas_co electric electricity
        engineer gas_board water_board uk_power_networks power_networks national_grid severn_trent anglian_water
        yorkshire_water scottish_water welsh_water affinity_water southern_water united_utilities
        virgin_media cityfibre gas_network telecoms openreach full_fibre drain_repair water_pipe gas_pipe
    """,
    "contractor": """
        orange_jackets men_in_orange hard_hats road_gang
        contractor workman workmen workers highways_team highways_department highways_officer
        road_crew
    """,
    "cones": "cone barrier plastic_fencing hi_vis_barriers road_closed_sign",
    "closed": """
        closed shut closure closes closing shuts close_for diversion diverted lane_closure
        temporary_lights traffic_lights no_way_through impassable one_lane one_way give_and_take stop_go no_through closing_off
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
    "works_on": """
        works_begin works_start works_in works_on works_at works_to works_will works_are
        programme_of_works planned_works night_works overnight_works work_starts work_begins
        work_will work_on work_in work_continues works_continue
    """,
    "duration": """
        week night until from january february march april may june july august september october
        november december monday tuesday wednesday thursday friday
    """,
    "inside_work": """
        school library museum block lift hospital hall church art christmas garden volunteer office
        charity bridge_club experience club station theatre substation power_cut water_off park pool clinic
    """,
    "hole": "hole crater dip rut lump bump sunk sunken sank sinking subsided subsidence collapsed gaping",
    "corner": "corner outside crossroads",
    "plate": """
        iron_plate metal_plate steel_plate manhole_cover drain_cover inspection_cover loose_cover
        manhole road_plate
    """,
    "loose": "clank~ rattl~ rattle~ loose bang~ clonk~ clunk~ wobbly wonky rocking thud~ sunk sunken missing",
    "uneven": "uneven wobbly wonky cracked trip_hazard gap loose lumpy subsiding",
    "railway": """
        train track platform railway rail network_rail passenger tube overground underground
        step_free
    """,
    "event": """
        party festival marathon half_marathon filming film parade market race carnival firework
        police cordon crash collision fire stabbing match school_street demo march crowd
        evacuated gas_leak pistachio kiosk ice_cream ticket film_crew cake_stall concert queue protest procession
    """,
    "history": """
        history museum talk archaeologist archaeology roman saxon medieval war battle regiment
        soldier victorian bones coin passchendaele somme poem novel book
    """,
    "not_ground": """
        roof fence golf tooth budget sock wall argument net ceiling jumper hedge tights plot bucket
        memory story
    """,
    "garden": "allotment potato border flower_bed veg vegetable garden compost spade pond_dig",
    "play_ground": "pitch court playground running_track car_park pool rink",
    # Planning.
    "fabric": """
        dormer loft_conversion rear_dormer mansard hmo mast bedsit storey roof_terrace extension outbuilding
        shopfront shop_front rooflight annexe extra_floor another_floor lightwell granny_flat side_extension kitchen_extension carport
        pergola digital_screen phone_kiosk antenna
        garden_room 5g_pole telecoms_pole phone_mast pub_garden beer_garden zinc_box glass_box
        glass_cube glass_roof glass_front roof_garden loft_room roof_extension side_return
        outdoor_terrace plastic_windows advertising_screen billboard
    """,
    "building": """
        loft basement tower tower_block skylight conservatory porch balcony hot_tub solar_panel
        sash_window cladding satellite_dish summerhouse double_glazing upvc shutters
        shed garage flats homes houses bungalow terrace roof windows driveway canopy fence
        house warehouse hotel awning signage flagpole marquee statue student_rooms student_housing co_living care_home demolition pub
        outhouse decking garden_wall development apartments block mosque cinema chapel
        depot factory dairy gasworks hostel pole glass façade facade cube
    """,
    "permission": """
        permission consent objection objector refusal planner drawing case_officer retrospective
        overruled overrule~ turned_down thrown_out go_ahead green_light object_to objecting
        comments_close comments_by approval resubmitted reapplied
        objects_to objecting_to delegated inquiry may_not not_allowed
        refused planning_chiefs dismissed_the_appeal unauthorised unlawful
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
        want_to wants_to hope_to hopes_to plan plans would could proposed proposal ask_the_council
        asking allowed asked_the_council next_door neighbour neighbours
    """,
    "disused": "former old disused empty derelict redundant closed_down",
    "opposed": """
        fight fights fighting oppose~ opposition battle objects_to objectors petition anger up_in_arms
        outcry campaign_against fury row say_no
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
        consultation consulted consulting have_your_say tell_us_what_you_think what_they_think
        write_in comments_close comments_by comment_by comment_until deadline_for_comments deadline_to_comment time_to_comment objections
        letters_of_objection representation
    """,
    "consulted_on": "drawing reference application plans proposal case_officer notice",
    "becomes": """
        become becoming becomes turned_into turn_into turn_it_into carved_up carved_into carve_up turning converted convert converting conversion
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
    "listed": """
        grade_ii grade_2 grade_i locally_listed listed_pub listed_house listed_cottage listed_church
        listed_cinema listed_hall listed_terrace listed_villa listed_status listed_shopfront
        listed_building listed_bridge listed_property
    """,
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
        opening_hours longer_hours extension_of deadline_extended_to licence license licensing lease tram line deadline_extended
        insurance mortgage hair plug lead library_hours term visa contract ulez alcohol premises
        lottery passport job vacancy
    """,
    "ask": """
        ask_the_council asking_the_council need_to_ask without_asking asked_anybody asking_anybody
        asking_anyone need_consent no_one_asked
    """,
    "school": "pupil ofsted school_place teacher lesson uniform college nursery_places care_quality",
    "courts": """
        convicted conviction sentence court jail jailed charity fund witnesses raised target tins
        donations crowdfunder police missing stolen judge robbery tribunal fundraising foodbank
        food_bank
    """,
    "tenancy": "waiting_list tenant rent register bidding landlord_licence letting deposit tenancy for_rent to_let for_sale house_of_the_week bedroom estate_agent leak~ plumber",
    "outcome": """
        can_stay must_go has_to_go have_to_go come_down taken_down take_down may_keep can_keep
        allowed_to_keep ordered_to allowed_to_stay
    """,
    "highways": """
        crossing zebra cycle_lane bus_stop parking hangar route junction bus cycleway traffic
    """,
    "art": "album song verse novel play film gig band comedy poem painting cake festival she_said marry engaged wedding",
    # Dogs.
    "dog": """
        dog puppy pup pooch hound spaniel labrador lab terrier poodle alsatian retriever collie
        bulldog husky whippet greyhound cockapoo staffie rottweiler dachshund chihuahua mutt
        four_legged lurcher pug beagle jack_russell doberman mastiff xl_bully corgi
    """,
    "owner": "owner owns whoever walker whose your_pet someone_s somebody_s their_pet",
    "mess": """
        mess poo poop pooing pooping turd squat squatting foul fouls fouling fouled business dirt muck droppings
        dropping excrement faeces crap number_two doings whoopsie as_a_toilet not_a_toilet leavings
    """,
    "gift": """
        deposit present gift souvenir calling_card offering surprise whoopsie land_mine landmine
        something_brown brown_heap little_message
    """,
    "trodden": """
        stepped_in step_in stepping_in hand_in_it foot_in_it sat_in_it rolled_in_it fell_in_it trod_in trodden trod_it trodden_in treading tread_in
        off_my_shoe off_my_shoes soles scrape~ smear~
    """,
    "sole": "shoe trainer boot wheel buggy pram pushchair sole wellies",
    "cleaning": "clean cleaning wipe~ wash~ scrape~ stick smell~ stink~ stank",
    "bags": "bag",
    "please": "please_pick_up pick_up_please please_clear_up please_clean_up",
    "bagged": "bag bagged baggie",
    "small_bag": "little_bag small_bag tied_bag full_bag black_bag green_bag",
    "hung": "hung hang hanging dangling dangle~ swinging tied",
    "branch": "branch tree railing fence bush hedge",
    "bagging": """
        bag_it bin_it poo_bag scoop~ clean_up clear_up free_bags dog_bags pick_up_after pick_it_up picks_it_up
        picked_it_up bagged pick_up_your_dog pick_up_their_dog doggy_bag not_pick_up
    """,
    "bag_it": "bag_it bag_that",
    "bin_it": "bin_it bin_that",
    "pooper": "pooper poo_bag poo_bin dog_bag pooper_scooper turd poo bin_for_dog bins_for_dog phantom_fouler dog_egg dog_log dog_do dog_doo",
    "lawn": "lawn grass verge flower_bed playing_field flowerbed daffodils sandpit",
    "step": """
        outside gate pavement lawn grass verge doorstep path step playground pitch kerb alley
        nursery entrance front_garden wall railing railings
    """,
    "other_animals": "nappy potty gull bird wombat cat fox horse pigeon goose geese seagull hedgehog rat hen swan hot_dog",
    "dog_life": """
        lost missing found_a found_on found_near ran vet lead show training groomer rescue rehome~ walker_needed puppies
        cake chewed christmas_cake sofa lover café friendly picnic kennels home tenancy flat rent santa birthday puppy_class
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
    "untreated": "untreated treat~",
    "lorry": "lorry route tonight fleet depot overnight forecast crew",
    "yellow_bin": "yellow_bin yellow_box yellow_chest yellow_container",
    "filling": "fill~ refill~ top_up topped_up empty full lid bucket",
    "putting": "put_down round_with spread~ tonne barn out_of_salt out_of_grit cleared",
    "shovel": "shovel spade scoop bucketful",
    "medical": "junction charity toys sharps medical needle clinical dressing clinic",
    "food": """
        pepper fish beef vinegar caramel sauce chips cook~ cooking recipe dish bath sea marsh soup
        diet heart health of_the_earth less_salt blood_pressure teaspoon class margarita oyster tequila pretzel
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
        missed not_emptied uncollected not_collected unemptied not_been_emptied not_been_collected collection_day overflowing skipped_our collections
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
