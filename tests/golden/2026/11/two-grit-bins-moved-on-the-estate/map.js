const map_ward = wardMap("map_ward", [[51.460641, -0.168577], [51.471359, -0.149423]]);
        
    wardPlaces(map_ward);
