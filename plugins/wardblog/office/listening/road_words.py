"""Families of words about works in the road."""

from __future__ import annotations

from collections.abc import Mapping

# How words are written in a family: see `word_families.py`.
ROAD_WORDS: Mapping[str, str] = {
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
        drilling ripped_up ripping_up tearing_up torn_up taken_up carved_up opened_up broke_up
        cut_into pneumatic_drill digger
    """,
    "trench": "trench excavation digger",
    "trenches": "trench street_dig road_dig heat_network",
    "relaid": """
        reinstate~ reinstatement resurface~ surfacing surface_dressing top_layer top_coat
        new_layer relay relaid relaying backfill~ re_lay re_laid patched_up put_back filled_in
        new_surface retarmac~ tarmacked tarmacking paving_back slabs_back pavement_back kerb_back
    """,
    "pipe": """
        gully pipe cable main duct sewer gas_main water_main gas_pipe water_pipe fibre conduit
    """,
    "laying": "lay laying laid replace~ renew~ connect~ repair~ upgrade~ renewal replacement",
    "indoors": "pool heating boiler house tap bathroom kitchen radiator school library cake",
    "mended": """
        finished_the repaired mended fixed relaid widened lowered crumbling resurfaced rebuilt
        new_look disgrace_to_walk
    """,
    "filled": "filled fill~ patched fixed repaired mended",
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
    "safer": """
        safe safer safely dangerous island refuge lights seconds petition nearly_hit near_miss
    """,
    "pub": "church pub arms landlord quiz pint morris",
    "crater": "crater rut ruts lunar moonscape",
    "wheels": "ankle cyclist bike bicycle wheel tyre suspension axle scooter pram buggy wheelchair",
    "marking": """
        give_way_line white_line road_marking stripe zebra yellow_box_marking markings stop_line
    """,
    "faded": "worn fade~ repaint~ invisible cannot_see can_t_see rubbed_off rub~ barely paint~",
    "uniform": "shirt football kit uniform tie flag costume",
    "reinstatement": "new_surface reinstatement surfacing surface_dressing backfill",
    "utility": """
        gas gas_main water_main pipe cable sewer duct manhole fibre broadband electricity utility
        thames_water water_company water_co water_people gas_people gas_company gas_co electric
        engineer gas_board water_board uk_power_networks power_networks national_grid severn_trent
        anglian_water yorkshire_water scottish_water welsh_water affinity_water southern_water
        united_utilities virgin_media cityfibre gas_network telecoms openreach full_fibre
        drain_repair water_pipe gas_pipe
    """,
    "contractor": """
        orange_jackets men_in_orange hard_hats road_gang contractor workman workmen workers
        highways_team highways_department highways_officer road_crew
    """,
    "cones": "cone barrier plastic_fencing hi_vis_barriers road_closed_sign",
    "closed": """
        closed shut closure closes closing shuts close_for diversion diverted lane_closure
        temporary_lights traffic_lights no_way_through impassable one_lane one_way give_and_take
        stop_go no_through closing_off
    """,
    "control": """
        closure diversion lane_closure temporary_lights temporary_signals traffic_management
        one_way two_way_lights give_and_take stop_go road_closed closed_to_traffic no_entry
        closed_for shut_for
    """,
    "works": """
        works repairs renewal replacement upgrade renewing replacing renewed replaced
        strengthening drainage_work
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
        school library museum block lift hospital hall church art christmas garden volunteer
        office charity bridge_club experience club station theatre substation power_cut water_off
        park pool clinic
    """,
    "hole": """
        hole crater dip rut lump bump sunk sunken sank sinking subsided subsidence collapsed
        gaping
    """,
    "corner": "bus_stop crossing the_shops corner outside crossroads",
    "plate": """
        iron_plate metal_plate steel_plate manhole_cover drain_cover inspection_cover loose_cover
        manhole road_plate
    """,
    "loose": """
        clank~ rattl~ rattle~ loose bang~ clonk~ clunk~ wobbly wonky rocking thud~ sunk sunken
        missing
    """,
    "uneven": """
        pushed_up pushing_up tree_root uneven wobbly wonky cracked trip_hazard gap loose lumpy
        subsiding
    """,
    "railway": """
        signal_failure level_crossing ballast signaller rail_bridge engineering_work
        rail_replacement trackside train track platform railway rail network_rail passenger tube
        overground underground step_free
    """,
    "event": """
        party festival filmed shoot crane run_starts fun_run 5k 10k runner triathlon charity_run
        funeral cortege cortège hearse remembrance cenotaph war_memorial wreath play_street
        street_play street_party christmas_market street_market christmas_lights switch_on
        lights_switch cycle_race ride_london ridelondon boat_race vigil rally spectator steward
        marshal coronation jubilee children_can_play football_match stallholder marathon
        half_marathon filming film parade market race carnival firework police cordon crash
        collision fire stabbing match school_street demo protest_march marches marching
        march_through march_against march_past crowd evacuated gas_leak pistachio kiosk ice_cream
        ticket film_crew cake_stall concert queue protest procession
    """,
    "history": """
        history museum talk archaeologist archaeology roman saxon medieval war battle regiment
        soldier victorian bones coin passchendaele poem novel book
    """,
    "not_ground": """
        roof fence golf tooth budget sock wall argument net ceiling jumper hedge tights plot
        bucket memory story
    """,
    "garden": "allotment potato border flower_bed veg vegetable garden compost spade pond_dig",
    "play_ground": "pitch court playground running_track car_park pool rink",
    "closing_order": """
        road_closure street_closure lane_closure overnight_closure traffic_order
        prohibition_of_traffic temporary_prohibition
    """,
    "hump": "hump road_hump speed_bump speed_table speed_cushion raised_table",
    "built": "build built install~ remove~ removal rebuilt rebuild replace~ works construct~",
    "stone": "tarmac road_surface kerb kerbstone paving_stone flagstone cobble paving_slab setts",
    "damaged": """
        lifted washed_away broke broken damaged cracked dislodged loose missing collapsed
        knocked_out
    """,
    "strengthen": "strengthen~ refurbish~ repair~ repairs bridge_works",
    "lane": "traffic one_lane lanes closed weight_limit drivers lorries highways",
    "road_bridge": "bridge flyover viaduct",
    "utility_firm": """
        uk_power_networks ukpn power_networks thames_water sgn cadent national_grid openreach
        cityfibre virgin_media scottish_water severn_trent anglian_water gas_company water_company
    """,
    "defect": "defect",
    "signal": "signal traffic_light traffic_signal countdown",
    "modernise": "modernise~ upgrade~ replace~ install~ renewal",
}
