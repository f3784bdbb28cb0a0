"""Families of words about what is left in the street."""

from __future__ import annotations

from collections.abc import Mapping

# How words are written in a family: see `word_families.py`.
TIPPING_WORDS: Mapping[str, str] = {
    "bulky": """
        drums_of barrels_of cooking_oil oil_drum mattress sofa settee couch fridge freezer cooker
        microwave dishwasher armchair wardrobe bookcase washing_machine tumble_dryer carpet rug
        lino underlay rubble tyres old_tyre car_tyre bathtub sink paint_tin tin_of_paint
        tins_of_paint paint_pot pallet plasterboard asbestos bunk_bed laminate_floor car_seat
        car_battery car_part three_piece_suite garden_clipping bag_of_cement bags_of_cement
        household_junk ironing_board bed_base bedstead sofa_bed futon recliner sideboard
        filing_cabinet exercise_bike treadmill high_chair shower_tray shower_screen toilet_bowl
        toilet_seat washbasin cistern vacuum_cleaner hoover breeze_block window_frame door_frame
        floorboard fence_panel roof_tile tarpaulin engine_oil cannabis_plant grass_cutting
        bathroom_suite fitted_kitchen kitchen_unit bath_panel bed_frame bedframe cot telly
        chest_of_drawers duvet white_goods shopping_trolley christmas_tree xmas_tree office_chair
        headboard divan hardcore hedge_cutting hedge_clipping gas_canister gas_bottle
    """,
    "furniture": """
        bed chair table desk door tv television cabinet cupboard bath oven toilet kitchen worktop
        pushchair trolley suitcase drawers furniture appliance boiler radiator timber brick
        plaster crate nappy toy clothes cardboard scrap tyre pram fir canister soil piano
    """,
    "rubbish": """
        rubbish waste junk debris bin_bag black_bag black_sack rubbish_bag refuse_sack
        rubbish_sack bin_liner
    """,
    "load": """
        drum barrel bag sack box load paint cement chemicals concrete van_load vanload heap pile
        stuff things items lot
    """,
    "dumped": """
        dump~ dumper chuck~ abandon~ discard~ ditched sling slinging slung unload~ offload~ hurled
        fly_tipped fly_tipping flytip~ tipped flung getting_rid get_rid_of got_rid off_loaded
        off_loading off_load tipping
    """,
    "left": """
        left leave leaving keeps_leaving keeps_putting appear~ turn_up turns_up turned_up
        turning_up ended_up ends_up sits sitting lying lies rotting piled pile_of heaped drop~
        throw thrown threw throwing stacked propped arrived was_found found_behind moved_into
        blocking plonk~ shoved deposited stuffed wedged sprawled greets greeted adorns decorates
        moved_in taken_up_residence bobbing floating strewn scattered joined_by multiplied
        still_there still_here been_there been_here sprouted
    """,
    "stays": """
        still_there still_here still_on been_there been_here days_now weeks_now overnight midnight
        since_the_weekend since_monday since_tuesday since_wednesday since_thursday since_friday
        since_saturday since_sunday for_days for_weeks for_a_week for_months days_running
        in_the_night white_van graveyard day_two day_three third_day third_week
    """,
    "culprit": """
        convicted prosecuted magistrates penalty someone somebody whoever culprit cctv caught_on
        fined builder cowboy must_pay ordered_to_pay pays_fine cameras doorbell_camera
    """,
    "spot": """
        pavement kerb verge alley alleyway corner bins bin_store bin_area bin_shed garage railing
        lamp_post lamppost street road lane lay_by layby path footpath park pond canal river
        towpath bridge underpass arch hedge wall common gate stairwell wood field car_park outside
        entrance bus_stop bus_shelter playground church hall stairs doorway passage cul_de_sac
        estate flyover fence substation stream row mews grove rise crescent avenue drain the_green
    """,
    "whose": "whose does_anyone_own belongs_to does_it_belong is_this_yours",
    "out_of_place": """
        landing stairwell fire_exit fire_escape pavement kerb verge alley alleyway corner roadside
        lamp_post lamppost hedge railing fence flyover bus_shelter lay_by layby towpath underpass
        river canal pond bus_stop footpath garage ditch wood bottle_bank phone_box bench bollard
        postbox post_box graveyard churchyard nature_reserve cycle_path subway back_alley
        slip_road bin_store grass embankment traffic_island communal communal_lawn communal_garden
        the_street our_street my_street the_road our_road our_lane
    """,
    "help_yourself": """
        help_yourself free_to_take take_one lost laptop handbag wallet keys purse rucksack apples
        fire flames thanks_for
    """,
    "dump_spot": """
        roadside by_the_bin beside_the_bin next_to_the_bin around_the_bin behind_the_bin
        by_the_communal_bin beside_the_communal_bin next_to_the_communal_bin by_our_bin bin_room
        bottle_bank recycling_bank clothes_bank textile_bank paper_bank recycling_bin bin_store
        bin_area bin_shed verge alley alleyway lay_by layby pavement kerb garage underpass towpath
    """,
    "beside": "by beside behind against next_to outside in_front_of all_over along under",
    "as_tip": """
        as_a_tip like_a_tip as_a_dump like_a_dump as_a_rubbish_dump as_a_rubbish_tip
        like_a_rubbish_tip as_their_tip own_tip as_a_skip your_tip not_a_tip is_a_tip rubbish_tip
    """,
    "waters": "wandle thames brook pond canal river stream lake",
    "hauled": "pulled_out fished_out fished dredged hauled pulled dragged out_of",
    "service": """
        put_them_out put_it_out items_for large_item want_to_get_rid need_to_get_rid collect~
        collection take_away takes_away taken_away book~ bookable bulky donate~ donation
        recycling_centre amnesty free_to reuse take_your bring_your subscription how_to_get_rid
        what_to_do_with skip_day mega_skip community_skip skip_will skip_for_residents bring_along
        bring_furniture bring_old bring_unwanted bring_up_to bring_us drop_off collection_point
        we_accept we_take we_can_take we_cannot_take we_will_take accepted clear_out_day waste_day
        recycling_day repair_cafe repair_café upcycl~ recycle_your recycling_site waste_site slot
        freecycle household_waste_site the_tip_is_open opening_times no_trade_waste
    """,
    "ordinary": """
        alight firefighter on_show handed_in lost_property luggage sale half_price per_cent_off
        auction jumble price sell~ sold stall for_sale carpet_shop furniture_shop bed_shop
        tyre_shop sofa_shop opens opening_soon museum exhibition display hotel swap recipe novel
        play studio offer too_big lit flat_tyre damaged_tyre puncture slashed abandoned_car
        without free_piano wanted looking_for needed pantomime checked free magic carpet_of
        red_carpet carpet_bowls carpet_clean~ fridge_magnet microwave_meal sofa_night two_for_one
        gallery furnished bedroom
    """,
    "partner": "boyfriend girlfriend husband wife fiance fiancé lover ex party_leader",
    "sack": "bag sack",
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
    "collected": """
        put_them_out put_it_out items_for large_item want_to_get_rid need_to_get_rid collected
        collection take_away taken_away bookable book_online service_that
    """,
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
    "dump": "dump~ fly_tip~ flytip~ tipping_waste tipping_rubbish",
    "anybody": """
        nobody no_one anybody anyone people others everybody everyone somebody someone strangers
        traders builders landlords anything whatever something their_waste their_rubbish stuff
        loads mess cost clear away report eyesore
    """,
    "no_waste": """
        coats can_dump sewage thames_water water_company water_companies storm snow rain data
        tweets photos files ocean goalkeeper ball boxing ex_boyfriend candidate party_leader
    """,
    "donation": """
        donation charity_shop hospice_shop clothes_bank bags_of_clothes bags_of_donation
        unwanted_clothes charity_bag
    """,
    "closed_shop": """
        around_it beside_it next_to_it outside_it when_it_s_closed when_it_is_closed
        when_we_re_closed when_we_are_closed when_we_re_shut when_we_are_shut when_they_are_closed
        when_the_shop overnight out_of_hours after_hours ripped ripped_open torn torn_open rips
        soaked rained dumping get_rid_of pay_to all_over
    """,
    "cost": "cost costs spend spends spent spending bill taxpayer million",
    "clearing": "clear~ remove~ removal pick_up picking_up clean_up",
    "man_van": """
        carrying_waste carrying_rubbish carry_waste transporting_waste man_with_a_van man_and_van
        man_and_a_van man_with_van men_with_a_van waste_collector waste_remover rubbish_clearance
        waste_clearance house_clearance rubbish_removal waste_removal clearance_firm junk_removal
    """,
    "waste_check": """
        licence unlicensed waste_carrier environment_agency fined fine dumped tipped lane rogue
        illegal trace_it traced
    """,
    "complaint": """
        fed_up sick_of tired_of please_don_t please_do_not please_stop disgrace disgraceful
        disgusting eyesore unsightly stop_leaving keep_leaving keeps_leaving report~ complain~
        complaint inconsiderate selfish not_acceptable unacceptable
    """,
    "left_car": """
        abandoned_car abandoned_van abandoned_vehicle stolen_car stolen_van untaxed burnt_out
    """,
    "do_not_leave": "don_t_leave do_not_leave dont_leave never_leave stop_leaving not_to_leave",
    "convicted": """
        convicted prosecuted prosecution magistrates court fined fines penalty fixed_penalty
        ordered_to_pay
    """,
    "there_is": "there_is_a there_s_a there_are there_is_an another a_whole",
    "pile": "mountain pile heap mound load",
    "illegal": "illegal illegally legal against_the_law an_offence a_crime",
    "found_here": "been_found were_found found_on found_in_the found_by_the",
    "over_wall": """
        over_our_wall over_my_wall over_the_wall over_our_fence over_my_fence over_the_fence
        into_our_garden in_our_front_garden in_my_front_garden over_the_hedge over_our_hedge
        over_the_railing
    """,
    "street_kind": """
        road street lane hill mews row grove rise crescent avenue gardens close square terrace way
    """,
    "strewn_with": "full_of littered_with covered_in covered_with piled_high piled_up_with",
    "left_by": """
        left_by_tenant left_by_student left_by_builder left_by_other left_by_contractor
        left_by_people left_by_trader left_by_neighbour left_by_landlord
    """,
    "leave_here": "food_bank foodbank please_leave can_be_left can_leave may_be_left",
}
