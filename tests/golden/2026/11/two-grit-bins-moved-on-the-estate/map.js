const map_ward = wardMap("map_ward", {"bounds": [[51.459563, -0.170307], [51.472437, -0.147693]], "tiles": {"attribution": "\u00a9 OpenStreetMap contributors", "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "when": "ask"}});
        
    wardPlaces(map_ward, "/2026/11/two-grit-bins-moved-on-the-estate/map.json");
