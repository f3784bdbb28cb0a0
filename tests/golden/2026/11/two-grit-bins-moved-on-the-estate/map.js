const map_ward = wardMap("map_ward", {"bounds": [[51.460641, -0.168577], [51.471359, -0.149423]], "streets": "/map/streets.json", "tiles": {"attribution": "\u00a9 OpenStreetMap contributors", "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "when": "ask"}});
        
    wardPlaces(map_ward, "/2026/11/two-grit-bins-moved-on-the-estate/map.json");
