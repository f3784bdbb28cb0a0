// The map of the dialog for places: the theme's own scripts draw it, and a pin can be moved on it.

import { base, element, get } from "./api.js";

const STEP = 10; // pixels by which keys and buttons move the pin
const CLOSE = 16; // the zoom at which a street can be recognised
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Leaflet and the theme's scripts, fetched when the first map is drawn. */
async function scripts() {
  if (!window.L) {
    // Leaflet writes HTML into an element to see what the browser can draw. These pages allow no
    // HTML from a text, so that one element stays empty. Nothing else of it that we use does so.
    Object.defineProperty(HTMLDivElement.prototype, "innerHTML", { configurable: true, set() {} });
    try {
      await import("../places/leaflet/leaflet.js");
    } finally {
      delete HTMLDivElement.prototype.innerHTML;
    }
  }
  return import("../places/map.js");
}

/** A style sheet of the editor's, once. */
export function styles(route) {
  const href = base + route;
  if (document.querySelector(`link[href="${href}"]`)) return null;
  return new Promise((resolve) => {
    document.head.append(
      element("link", { rel: "stylesheet", href, onload: resolve, onerror: resolve }),
    );
  });
}

const svg = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

/** The pin as Leaflet's icon; its point is in the middle of its lower edge. */
function pinIcon() {
  const Pin = L.Icon.extend({
    options: { className: "place-pin", iconSize: [44, 52], iconAnchor: [22, 48] },
    createIcon() {
      const drawing = svg("svg", { viewBox: "0 0 44 52", "aria-hidden": "true" });
      drawing.append(
        svg("path", { d: "M22 48C14 35 8 27 8 18a14 14 0 0 1 28 0c0 9-6 17-14 30z" }),
        svg("circle", { cx: 22, cy: 18, r: 5 }),
      );
      const icon = element("div", {}, drawing);
      this._setIconStyles(icon, "icon");
      return icon;
    },
    createShadow: () => null,
  });
  return new Pin();
}

/** Names of the base map where there is room: not below the controls, nor below the pin. */
function namesLayer({ WardPath, WardRoom }, names, pin) {
  const Names = WardPath.extend({
    options: { interactive: false },
    draw(context, bounds) {
      const room = new WardRoom(bounds);
      const { min, max } = this._map.wardControls();
      room.take([[min.x, min.y, max.x, max.y]], true);
      if (pin.getLatLng() && this._map.hasLayer(pin)) {
        const { x, y } = this._map.latLngToLayerPoint(pin.getLatLng());
        room.take([[x - 16, y - 48, x + 16, y]], true);
      }
      names.draw(context, bounds, this._map, room);
    },
  });
  return new Names();
}

/** A plain grid of latitude and longitude, where there is no map to draw. */
function gridLayer({ WardPath, wardColour }) {
  const Grid = WardPath.extend({
    options: { interactive: false },
    draw(context, bounds) {
      const map = this._map;
      const from = map.layerPointToLatLng([bounds.min.x, bounds.max.y]);
      const to = map.layerPointToLatLng([bounds.max.x, bounds.min.y]);
      context.strokeStyle = context.fillStyle = wardColour("--soft");
      context.lineWidth = 1;
      context.font = "12px sans-serif";
      const lines = (start, end, pixels, draw) => {
        const least = (80 * (end - start)) / pixels;
        const unit = 10 ** Math.floor(Math.log10(least));
        const step = unit * [1, 2, 5, 10].find((times) => unit * times >= least);
        const digits = Math.max(0, -Math.floor(Math.log10(step)));
        for (let at = Math.ceil(start / step) * step; at < end; at += step) {
          context.beginPath();
          draw(at, at.toFixed(digits));
          context.stroke();
        }
      };
      lines(from.lat, to.lat, bounds.getSize().y, (lat, words) => {
        const { y } = map.latLngToLayerPoint([lat, from.lng]);
        context.moveTo(bounds.min.x, y);
        context.lineTo(bounds.max.x, y);
        context.fillText(words, map.containerPointToLayerPoint([4, 0]).x, y - 3);
      });
      lines(from.lng, to.lng, bounds.getSize().x, (lng, words) => {
        const { x } = map.latLngToLayerPoint([from.lat, lng]);
        context.moveTo(x, bounds.min.y);
        context.lineTo(x, bounds.max.y);
        context.fillText(words, x + 3, map.containerPointToLayerPoint([0, 14]).y);
      });
    },
  });
  return new Grid();
}

function leafletMap(container, bounds, { wardRedraws, wardTools }, figure) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    attributionControl: false,
    zoomControl: false,
    doubleClickZoom: false, // two clicks place the pin twice
    boxZoom: false,
    zoomAnimation: false,
    fadeAnimation: false,
    inertia: !calm,
    maxZoom: 19,
    zoomSnap: 0.1,
    wheelPxPerZoomLevel: 90,
    renderer: L.canvas({ padding: 0.3 }),
  });
  map.wardWhole = () => map.fitBounds(bounds, { animate: false });
  map.wardWhole();
  wardTools(map, figure, 0);
  wardRedraws(map);
  const pan = map.panBy;
  map.panBy = (offset, options) => pan.call(map, offset, calm ? { animate: false } : options);
  return map;
}

/** Draws the base map, the names on it and the outline; redraws them when the colours change. */
function drawn(map, theme, values, ground, pin) {
  const { WardGround, wardGround, wardLine, wardOutline, wardStyles } = theme;
  const read = wardGround(ground);
  const layers = [];
  if (read) {
    const base = new WardGround(read).addTo(map);
    layers.push(base, namesLayer(theme, base.names, pin).addTo(map));
  } else if (!values.boundary.length) {
    layers.push(gridLayer(theme).addTo(map));
  }
  const recolourOutline = wardOutline(map, values.boundary.map(wardLine));
  const recolour = () => {
    wardStyles.clear();
    recolourOutline();
    layers.forEach((layer) => layer.redraw());
  };
  recolour();
  map.on("cover", recolour);
  const schemes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"]
    .map((scheme) => matchMedia(scheme));
  for (const scheme of schemes) scheme.addEventListener("change", recolour);
  map.on("unload", () => {
    for (const scheme of schemes) scheme.removeEventListener("change", recolour);
  });
}

/**
 * Draws the map into `figure`, whose element `#place-map` becomes the map. `moved(lat, lng)` is
 * called when the pin is put somewhere. Resolves to what moves the pin: `show(lat, lng)`,
 * `nudge(key)`, `putInMiddle()`, `name(words)`, `circle(values)`, and `words` about what is missing; or to null if
 * the dialog was closed meanwhile.
 */
export async function placeMap(figure, moved) {
  const [theme, values, ground] = await Promise.all([
    scripts(),
    get("places/map"),
    get("places/base"),
    styles("places/leaflet/leaflet.css"),
  ]);
  const container = figure.querySelector("#place-map");
  if (!figure.closest("dialog[open]")) return null;
  const map = leafletMap(container, values.bounds, theme, figure);
  const pin = L.marker([0, 0], { icon: pinIcon(), draggable: true, autoPan: true });
  drawn(map, theme, values, ground, pin);
  const label = element("span", { class: "place-label", hidden: true });
  const area = L.circle([0, 0], { radius: 1, weight: 3, fillOpacity: 0.15, interactive: false });

  const put = ({ lat, lng }) => {
    pin.setLatLng([lat, lng]).addTo(map);
    moved(lat, lng);
  };
  const nudge = (key) => {
    if (!map.hasLayer(pin)) return put(map.getCenter());
    const [across, down] = ARROWS[key];
    const at = map.latLngToContainerPoint(pin.getLatLng()).add([STEP * across, STEP * down]);
    put(map.containerPointToLatLng(at));
    return map.panInside(pin.getLatLng(), { padding: [50, 60], animate: false });
  };
  map.on("click", (event) => put(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  pin.on("add", () => {
    const icon = pin.getElement();
    icon.append(label);
    icon.setAttribute("aria-label", "The pin. Move it with the arrow keys.");
    icon.addEventListener("keydown", (event) => {
      if (!ARROWS[event.key]) return;
      event.preventDefault();
      nudge(event.key);
    });
  });
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== container) return;
    event.preventDefault();
    put(map.getCenter());
  });
  const sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  sizes.observe(container);
  return {
    words: values.words,
    credit: values.credit,
    nudge,
    putInMiddle: () => put(map.getCenter()),
    /** Shows a pin that came from elsewhere, closely enough to recognise where it is. */
    show(lat, lng) {
      pin.setLatLng([lat, lng]).addTo(map);
      map.setView([lat, lng], Math.max(map.getZoom(), CLOSE), { animate: false });
    },
    /** Writes below the pin which street it is at. */
    name(words) {
      label.textContent = words;
      label.hidden = !words;
    },
    /** Draws what residents see: a circle, or for a radius of 0 nothing but the pin. */
    circle(shown) {
      area.remove();
      if (!shown?.radius) return;
      const tone = theme.wardColour("--accent");
      area.setLatLng([shown.lat, shown.lng]).setRadius(shown.radius);
      area.setStyle({ color: tone, fillColor: tone }).addTo(map);
      if (!map.getBounds().contains(area.getBounds()))
        map.fitBounds(area.getBounds(), { animate: false, maxZoom: map.getZoom() });
    },
    remove() {
      sizes.disconnect();
      map.remove();
    },
  };
}
