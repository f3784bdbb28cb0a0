"""Families of words about dogs, winter and daily life."""

from __future__ import annotations

from collections.abc import Mapping

# How words are written in a family: see `word_families.py`.
DAILY_WORDS: Mapping[str, str] = {
    # Dogs.
    "dog": """
        dog puppy pup pooch hound spaniel labrador lab terrier poodle alsatian retriever collie
        bulldog husky whippet greyhound cockapoo staffie rottweiler dachshund chihuahua mutt
        four_legged lurcher pug beagle jack_russell doberman mastiff xl_bully corgi
    """,
    "owner": "owner owns whoever walker whose your_pet someone_s somebody_s their_pet",
    "mess": """
        mess poo poop pooing pooping turd squat squatting foul fouls fouling fouled business dirt
        muck droppings dropping excrement faeces crap number_two doings whoopsie as_a_toilet
        not_a_toilet leavings
    """,
    "gift": """
        deposit present gift souvenir calling_card offering surprise whoopsie land_mine landmine
        something_brown brown_heap little_message
    """,
    "trodden": """
        stepped_in step_in stepping_in hand_in_it foot_in_it sat_in_it rolled_in_it fell_in_it
        trod_in trodden trod_it trodden_in treading tread_in off_my_shoe off_my_shoes soles
        scrape~ smear~
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
        bag_it bin_it poo_bag scoop~ clean_up clear_up free_bags dog_bags pick_up_after pick_it_up
        what_your_dog_leaves what_their_dogs_leave what_it_leaves picks_it_up picked_it_up bagged
        pick_up_your_dog pick_up_their_dog doggy_bag not_pick_up
    """,
    "bag_it": "bag_it bag_that",
    "bin_it": "bin_it bin_that",
    "pooper": """
        pooper poo_bag poo_bin dog_bag pooper_scooper turd poo bin_for_dog bins_for_dog
        phantom_fouler dog_egg dog_log dog_do dog_doo
    """,
    "lawn": "lawn grass verge flower_bed playing_field flowerbed daffodils sandpit",
    "step": """
        outside gate pavement lawn grass verge doorstep path step playground pitch kerb alley
        nursery entrance front_garden wall railing railings
    """,
    "other_animals": """
        nappy potty gull bird wombat cat fox horse pigeon goose geese seagull hedgehog rat hen
        swan hot_dog
    """,
    "dog_life": """
        lost missing found_a found_on found_near ran vet lead show training groomer rescue rehome~
        walker_needed puppies cake chewed christmas_cake sofa lover café friendly picnic kennels
        home tenancy flat rent santa birthday puppy_class guardian accounts
    """,
    # Winter.
    "salt": "salt salting salted grit gritting gritted gritter unsalted ungritted spreader",
    "ice": """
        ice icy slippery slip slipped slipping frost frosty freezing snow snowy black_ice
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
    "putting": """
        put_salt_on puts_salt_on put_salt_down putting_salt put_down round_with spread~ tonne barn
        out_of_salt out_of_grit cleared
    """,
    "shovel": "shovel spade scoop bucketful",
    "medical": "junction charity toys sharps medical needle clinical dressing clinic",
    "food": """
        trade pepper fish beef vinegar caramel sauce chips cook~ cooking recipe dish bath sea
        marsh soup diet heart health of_the_earth less_salt blood_pressure teaspoon class
        margarita oyster tequila pretzel
    """,
    # Water, light and traffic.
    "drain": "drain gully manhole sewer culvert downpipe",
    "backed_up": """
        backed_up overflow~ blocked bubbling standing_water ankle_deep knee_deep spewing gushing
        coming_up smell_of_sewage clogged
    """,
    "cellar": "cellar basement ground_floor front_room kitchen_floor doorstep",
    "pouring": """
        pouring_into coming_into pours_into came_into under_water knee_deep ankle_deep
        rose_through poured_into sandbag
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
    "delay": """
        late delay~ cancel~ divert~ strike signal_failure replacement_service packed curtailed
    """,
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
        fell felled felling chainsaw prune~ pollard~ stump chopped_down cut_down lopped branches
        replant~ sawn_down
    """,
    "flying": "pilot airport runway flight heathrow aircraft passengers",
    "swings": """
        swing seesaw see_saw climbing_frame paddling_pool zip_wire zipwire sandpit bandstand
        adventure_playground rec toddler_swing
    """,
    "out_of_order": "broken chained locked repair~ new closed replaced missing vandalised opens",
    "dance": "dance jazz music band mood ballroom",
    "bin": """
        bin caddy wheelie wheelie_bin recycling_sack recycling_box bin_bag refuse_sack dustcart
    """,
    "missed": """
        missed not_emptied uncollected not_collected unemptied not_been_emptied not_been_collected
        collection_day overflowing skipped_our collections
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
    "salt_bag": "bag_of_salt bags_of_salt salt_bag bag_of_grit bags_of_grit",
    "using_salt": """
        the_salt salt_for salt_on salt_down some_salt free_salt any_salt no_salt more_salt
        own_salt our_salt little_salt salt_and_grit salt_or_grit salt_or_sand use_salt put_salt
        spread_salt rock_salt salt_them salt_it salts_the salting_the buy_salt with_salt
        enough_salt
    """,
    "forecast": "met_office yellow_warning amber_warning weather_warning",
    "treating": "treating treated",
    "winter": "winter winter_plan winter_service frost freezes icy",
    "barn": "in_the_barn in_our_barn salt_barn grit_barn",
}
