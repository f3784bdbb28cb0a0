/* Draws the map, with the places from their columns. */

/** A line as the list of positions that Leaflet expects. */
function wardLine([latitudes, longitudes]) {
  const lat = wardDegrees(latitudes);
  const lon = wardDegrees(longitudes);
  return Array.from(lat, (_, index) => [lat[index], lon[index]]);
}

/** A column as a function of the place's number. */
function wardColumn([values, numbers]) {
  return (index) => values[numbers.length ? numbers[index] : 0];
}

/** Sets the function that draws the places when `near.js` has loaded their data. */
function wardPlaces(map) {
  const { ward } = window;
  ward.draw = (data, base) => {
    ward.live = wardDraw(map, ward.figure, data, base);
    return ward.live;
  };
}

/** Draws the map; `base` is a promise of the base map, or of null. */
function wardDraw(map, figure, data, base) {
  const places = wardTable(data);
  wardTools(map, figure, places.count);
  map.wardIsHidden = () => wardIsHidden(map, places);
  map.invalidateSize({ animate: false });
  map.wardWhole();
  const recolourOutline = wardOutline(map, data.boundary.map(wardLine));
  const dots = new WardDots(places).addTo(map);
  let ground = null;
  const recolour = () => {
    wardStyles.clear();
    dots.shapes.clear();
    places.colours = data.issues.map(wardIssueColour);
    recolourOutline();
    dots.redraw();
    map.fire("recolour");
  };
  /** Draws the base map, unless street tiles cover it. */
  const cover = () => {
    const hasTiles = figure.classList.contains("has-tiles");
    dots.names = ground && !hasTiles ? ground.names : null;
    if (!hasTiles) ground?.addTo(map).bringToBack();
    else ground?.remove();
    recolour();
  };
  base.then((found) => {
    const read = found && wardGround(found);
    if (!read) return;
    ground = new WardGround(read);
    cover();
    figure.classList.add("has-ground");
  });
  recolour();
  map.on("cover", cover);
  for (const asked of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(asked).addEventListener("change", recolour);
  }
  const live = wardPopups(map, places, dots);
  figure.classList.add("is-live");
  if (data.tiles) wardTiles(map, figure, data.tiles);
  wardLinkedView(map);
  return live;
}

/** Draws the ward's outline, and dims what is outside; returns what sets their colours. */
function wardOutline(map, outline) {
  const sheet = [[90, -180], [90, 180], [-90, 180], [-90, -180]];
  const still = { interactive: false };
  const outside = L.polygon(outline.length ? [sheet, ...outline] : [],
    { ...still, stroke: false, fillOpacity: 0.45 }).addTo(map);
  // Streets often run along the boundary, which must be drawn above them.
  const edge = L.polygon(outline, { ...still, weight: 2, fill: false }).addTo(map);
  return () => {
    edge.setStyle({ color: wardColour("--soft") });
    outside.setStyle({ fillColor: wardColour("--paper") });
  };
}

/** Whether the controls cover a place. */
function wardIsHidden(map, places) {
  const { min, max } = map.wardControls();
  const covered = L.bounds(min.subtract([16, 16]), max.add([16, 16]));
  return places.exactFirst.slice(0, wardMost.large)
    .some((index) => covered.contains(map.latLngToLayerPoint(places.at(index))));
}

/** The places, with their columns as functions, and their positions at zoom 0. */
function wardTable(data) {
  const columns = data.places;
  const lat = wardDegrees(columns.lat);
  const lon = wardDegrees(columns.lon);
  const places = {
    count: lat.length,
    list: data.list,
    issues: data.issues,
    colours: [],
    name: (index) => columns.name[index],
    at: (index) => L.latLng(lat[index], lon[index]),
    x: lon.map((one) => 256 * wardAcross(one)),
    y: lat.map((one) => 256 * wardDown(one)),
    before: columns.before.map(([index, north, east]) => [index, L.latLng(north / 1e5, east / 1e5)]),
  };
  for (const name of ["radius", "issue", "mark", "change", "progress", "when", "url"]) {
    places[name] = wardColumn(columns[name]);
  }
  /** A number that places at one spot share. */
  places.spot = (index) => Math.round(lat[index] * 1e5) * 1e8 + Math.round(lon[index] * 1e5);
  const numbers = Array.from(lat, (_, index) => index);
  const exact = numbers.filter((index) => !places.radius(index));
  places.exactFirst = [...exact, ...numbers.filter((index) => places.radius(index))];
  return places;
}
