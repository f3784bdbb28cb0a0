/* Makes a map's picture interactive. Text from places is only ever shown with textContent. */
"use strict";

/** A Leaflet map in the element with this id; `view` has bounds and, if any, street tiles. */
function wardMap(id, view) {
  const element = document.getElementById(id);
  const figure = element.closest("figure");
  const picture = figure.querySelector(".map-picture");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", picture.getAttribute("aria-label"));
  const map = L.map(element, {
    attributionControl: false,
    scrollWheelZoom: false,
    // One finger scrolls the page; two move the map.
    dragging: !L.Browser.mobile,
    maxZoom: 19,
    zoomSnap: 0.25,
  });
  map.fitBounds(view.bounds);
  L.control.scale({ imperial: false }).addTo(map);
  element.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    map.setZoomAround(map.mouseEventToLatLng(event), map.getZoom() - Math.sign(event.deltaY) / 2);
  }, { passive: false });
  // The streets come once there is something to see on them.
  map.on("drawn", () => view.tiles && wardTiles(map, figure, view.tiles));
  return map;
}

/** Street tiles: at once, or when the resident asks for them. */
function wardTiles(map, figure, tiles) {
  const show = () => {
    const credit = document.createElement("span");
    credit.textContent = tiles.attribution;
    L.control.attribution({ prefix: false }).addTo(map).addAttribution(credit.innerHTML);
    L.tileLayer(tiles.url, {
      maxZoom: 19,
      referrerPolicy: "strict-origin-when-cross-origin",
    }).addTo(map);
  };
  if (tiles.when === "always") {
    show();
    return;
  }
  const host = new URL(tiles.url.replace(/[{}]/g, "")).hostname.replace(/^(tile|s)\./, "");
  const note = document.createElement("p");
  const button = document.createElement("button");
  const words = document.createElement("span");
  note.className = "map-note";
  button.type = "button";
  button.textContent = `Show street map (from ${host})`;
  words.textContent = `Your device then fetches the streets from ${host}, which sees its address.`;
  button.addEventListener("click", () => {
    show();
    note.remove();
    map.getContainer().focus();
  });
  note.append(button, words);
  figure.querySelector(".map-frame").after(note);
}

/** Draws the ward and its places from a JSON file, then shows the live map. */
async function wardPlaces(map, url) {
  let data;
  try {
    const answer = await fetch(url);
    if (!answer.ok) return;
    data = await answer.json();
  } catch {
    return; // The picture stays.
  }
  data.issues.forEach((issue) => { issue.colour = wardColour(issue); });
  const style = getComputedStyle(document.documentElement);
  const land = style.getPropertyValue("--land");
  if (data.boundary.length) {
    L.polygon(data.boundary, {
      color: style.getPropertyValue("--soft"), weight: 2, fillColor: land,
      fillOpacity: 0.6, interactive: false,
    }).addTo(map);
  }
  const places = data.places;
  const count = places.name.length;
  const renderer = count > 300 ? L.canvas() : L.svg();
  for (const index of wardOrder(places)) {
    const mark = wardPlace(data, index, renderer).addTo(map);
    // Numbered as in the list beside the map, while the numbers can be read.
    const label = count <= 30 ? wardNumbers(places, index) : "";
    if (label) {
      mark.bindTooltip(label, {
        permanent: true, direction: "center", opacity: 1,
        className: places.radius[index] ? "map-count on-area" : "map-count",
      });
    }
  }
  map.getContainer().closest("figure").classList.add("is-live");
  map.fire("drawn");
}

/** The colour around a dot. */
function wardEdge() {
  return getComputedStyle(document.documentElement).getPropertyValue("--edge").trim();
}

/** An issue's colour as the style sheet has it, readable on the page's background. */
function wardColour(issue) {
  const sample = document.createElement("span");
  sample.className = `issue-${issue.slug}`;
  sample.hidden = true;
  document.body.append(sample);
  const colour = getComputedStyle(sample).getPropertyValue("--issue").trim();
  sample.remove();
  return colour || getComputedStyle(document.documentElement).getPropertyValue("--soft").trim();
}

/** The numbers of all places at one spot, for the first of them; none for the others. */
function wardNumbers(places, index) {
  const here = wardSameSpot(places, index);
  return here[0] === index ? here.map((other) => other + 1).join(", ") : "";
}

function wardSameSpot(places, index) {
  return places.name.map((_, other) => other).filter(
    (other) => places.lat[other] === places.lat[index] && places.lon[other] === places.lon[index],
  );
}

/** Circles lie below dots, and the first of the list lies on top. */
function wardOrder(places) {
  const all = places.name.map((_, index) => index).reverse();
  return [...all.filter((i) => places.radius[i]), ...all.filter((i) => !places.radius[i])];
}

/** One place: a dot, or a circle where only the surroundings are published. */
function wardPlace(data, index, renderer) {
  const places = data.places;
  const at = [places.lat[index], places.lon[index]];
  const colour = data.issues[places.issue[index]].colour;
  const style = {
    renderer,
    color: places.radius[index] ? colour : wardEdge(),
    weight: 2,
    fillColor: colour,
    fillOpacity: places.radius[index] ? 0.35 : places.open[index] ? 1 : 0.55,
  };
  const mark = places.radius[index]
    ? L.circle(at, { ...style, radius: places.radius[index] })
    : L.circleMarker(at, { ...style, radius: 11 });
  return mark.bindPopup(() => wardPopup(data, index));
}

/** What is known of a place, and of the others at the very same spot. */
function wardPopup(data, index) {
  const places = data.places;
  const box = document.createElement("div");
  wardSameSpot(places, index).forEach((other) => box.append(wardEntry(data, other)));
  return box;
}

function wardEntry(data, index) {
  const places = data.places;
  const box = document.createElement("div");
  const line = (text, tag = "p") => {
    if (!text) return null;
    const element = document.createElement(tag);
    element.textContent = text;
    box.append(element);
    return element;
  };
  line(places.name[index], "strong");
  line([data.issues[places.issue[index]].name, places.progress[index]].filter(Boolean).join(", "));
  line(places.when[index]);
  if (places.radius[index]) line(`within about ${places.radius[index]} m`);
  if (places.url[index]) {
    const link = document.createElement("a");
    link.href = places.url[index];
    link.textContent = "Read the post";
    box.append(link);
  }
  return box;
}
