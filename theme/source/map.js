/* Makes a map's picture interactive. Text from places is only ever shown with textContent. */
"use strict";

/* Labels and shapes */

const wardWords = {
  zoomIn: ["+", "Zoom in"],
  zoomOut: ["−", "Zoom out"],
  left: ["←", "Move left"],
  right: ["→", "Move right"],
  up: ["↑", "Move up"],
  down: ["↓", "Move down"],
};
// Up to how many places are numbered, drawn large, and shown in one popup.
const wardMost = { numbered: 30, large: 300, inPopup: 20 };
// The corners of shapes, as multiples of a dot's radius.
const wardCorners = {
  new: [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]],
  moved: [[0, -1.5], [1.5, 1.1], [-1.5, 1.1]],
};
const wardNear = 22; // pixels: half the width that a finger covers

/** Creates an element with these properties and children; strings are added as text. */
function wardElement(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** A colour of the style sheet, as it applies on the map. */
function wardColour(name, element = document.querySelector(".map-frame")) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

/** An issue's colour, readable on the page's background. */
function wardIssueColour(issue) {
  const sample = wardElement("span", { className: `issue-${issue.slug}`, hidden: true });
  document.querySelector(".map-frame").append(sample);
  const colour = wardColour("--issue", sample);
  sample.remove();
  return colour || wardColour("--soft");
}

/* The map */

/** Creates a Leaflet map in the element with this id; `bounds` is the area shown at first. */
function wardMap(id, bounds) {
  const element = document.getElementById(id);
  const figure = element.closest("figure");
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", figure.querySelector(".map-picture").getAttribute("aria-label"));
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    // During an animated zoom Leaflet ignores the next press of a button.
    zoomAnimation: false,
    maxZoom: 19,
    zoomSnap: 0.1,
    renderer: L.canvas({ padding: 0.3 }),
  });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const panBy = map.panBy;
  map.panBy = (offset, options) => panBy.call(map, offset, calm.matches ? { animate: false } : options);
  map.wardWhole = () => {
    map.wardIsWhole = true;
    map.fitBounds(bounds, { animate: false });
  };
  map.wardWhole();
  const moved = () => { map.wardIsWhole = false; };
  ["pointerdown", "keydown"].forEach((name) => element.addEventListener(name, moved));
  map.on("resize", () => map.wardIsWhole && map.wardWhole());
  L.control.scale({ imperial: false }).addTo(map);
  wardGestures(map, element);
  return map;
}

/** One finger and the wheel scroll the page; two fingers, or Ctrl and the wheel, move the map. */
function wardGestures(map, element) {
  const hint = wardElement("p", { className: "map-hint", ariaHidden: "true" });
  let fading = 0;
  const say = (words) => {
    hint.textContent = words;
    element.after(hint);
    clearTimeout(fading);
    fading = setTimeout(() => hint.remove(), 1500);
  };
  element.addEventListener("pointerdown", (event) => {
    map.dragging[event.pointerType === "mouse" ? "enable" : "disable"]();
  }, { capture: true });
  element.addEventListener("touchmove", (event) => {
    if (event.touches.length === 1) say("Use two fingers to move the map");
  }, { passive: true });
  // A wheel sends a few large steps, a trackpad many small ones; both are handled here.
  let turned = 0;
  element.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      say("Hold Ctrl and scroll to zoom the map");
      return;
    }
    event.preventDefault();
    const isWaiting = turned !== 0;
    turned -= Math.max(-50, Math.min(50, event.deltaY * (event.deltaMode ? 33 : 1))) / 100;
    if (isWaiting) return;
    const at = map.mouseEventToLatLng(event);
    requestAnimationFrame(() => {
      const steps = Math.trunc(turned * 10) / 10;
      turned = 0;
      map.wardIsWhole = false;
      if (steps) map.setZoomAround(at, map.getZoom() + steps);
    });
  }, { passive: false });
}

/** Buttons for everything that touch, wheel and keyboard can do, with a single tab stop. */
function wardTools(map, figure, count) {
  const toolbar = wardElement("div", { className: "map-tools" });
  toolbar.setAttribute("role", "toolbar");
  toolbar.setAttribute("aria-label", "Move the map");
  toolbar.setAttribute("aria-controls", map.getContainer().id);
  toolbar.dataset.places = count;
  const pan = (across, down) => {
    const size = map.getSize();
    map.panBy([across * size.x / 3, down * size.y / 3]);
  };
  const acts = {
    zoomIn: () => map.zoomIn(1),
    zoomOut: () => map.zoomOut(1),
    left: () => pan(-1, 0),
    right: () => pan(1, 0),
    up: () => pan(0, -1),
    down: () => pan(0, 1),
  };
  const buttons = Object.entries(acts).map(([name, act]) => {
    const [sign, words] = wardWords[name];
    const button = wardElement("button", { type: "button", textContent: sign, title: words });
    button.setAttribute("aria-label", words);
    button.addEventListener("click", () => {
      map.wardIsWhole = false;
      act();
    });
    return button;
  });
  const whole = wardElement("button", { type: "button", textContent: "Whole map" });
  whole.addEventListener("click", () => map.wardWhole());
  buttons.push(whole);
  const choose = (chosen) => buttons.forEach((button) => {
    button.tabIndex = button === chosen ? 0 : -1;
  });
  choose(buttons[0]);
  toolbar.addEventListener("focusin", (event) => choose(event.target));
  toolbar.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    const to = { Home: 0, End: buttons.length - 1 }[event.key]
      ?? (step && (at + step + buttons.length) % buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    buttons[to].focus();
  });
  const limits = () => {
    buttons[0].ariaDisabled = String(map.getZoom() >= map.getMaxZoom());
    buttons[1].ariaDisabled = String(map.getZoom() <= map.getMinZoom());
  };
  map.on("zoomend", limits);
  limits();
  toolbar.append(...buttons);
  figure.querySelector(".map-below").append(toolbar);
}

/** Street tiles: at once, or when the resident asks for them. */
function wardTiles(map, figure, tiles) {
  const host = new URL(tiles.url.replace(/[{}]/g, "")).hostname.replace(/^(tile|s)\./, "");
  const status = figure.querySelector(".map-status");
  /** The streets from the councillor's file stay on the map until the first tile has loaded. */
  const cover = (isCovered) => {
    figure.classList.toggle("has-tiles", isCovered);
    map.fire("recolour");
  };
  /** Shows that loading failed, with a button to try again, until a tile loads after all. */
  const fail = (layer) => {
    const again = wardElement("button", { type: "button", textContent: "Try again" });
    const note = wardElement("p", { className: "map-note" }, again, wardElement("span", {
      textContent: `${host} did not answer. Check your connection.`,
    }));
    const end = () => {
      layer.off("tileload", end);
      note.remove();
    };
    layer.on("tileload", end);
    again.addEventListener("click", () => {
      const isFocused = document.activeElement === again;
      end();
      watch(layer);
      layer.redraw();
      if (isFocused) map.getContainer().focus({ preventScroll: true });
    });
    status.textContent = "The street map could not be loaded.";
    figure.querySelector(".map-below").append(note);
    cover(false);
  };
  /** Waits for the first tile; shows a message if all tiles fail, or after `patience`. */
  const watch = (layer) => {
    const patience = 10000; // milliseconds
    let hasFailed = false;
    let isOver = false;
    const end = () => {
      clearTimeout(timer);
      clearTimeout(slow);
      layer.off("load", done);
    };
    const done = () => {
      if (isOver || !hasFailed) return;
      isOver = true;
      end();
      fail(layer);
    };
    const timer = setTimeout(() => { hasFailed = true; done(); }, patience);
    const slow = setTimeout(() => { status.textContent = "Loading the street map."; }, 400);
    layer.once("tileerror", () => { hasFailed = true; });
    layer.once("tileload", () => {
      isOver = true;
      end();
      status.textContent = "";
      cover(true);
    });
    layer.on("load", done);
  };
  const show = () => {
    const credit = L.control({ position: "bottomright" });
    credit.onAdd = () => wardElement("div", {
      className: "leaflet-control-attribution", textContent: tiles.attribution,
    });
    credit.addTo(map);
    const layer = L.tileLayer(tiles.url, {
      maxZoom: 19,
      referrerPolicy: "strict-origin-when-cross-origin",
    });
    watch(layer);
    layer.addTo(map);
    cover(true);
  };
  if (tiles.when === "always") {
    show();
    return;
  }
  const button = wardElement("button", {
    type: "button", textContent: `Show street map (from ${host})`,
  });
  const note = wardElement("p", { className: "map-note" }, button, wardElement("span", {
    textContent: `Your device will load the streets from ${host}, which will see your IP address.`,
  }));
  button.addEventListener("click", () => {
    show();
    note.remove();
    map.getContainer().focus({ preventScroll: true });
  });
  figure.querySelector(".map-below").append(note);
}

/** Keeps the view in the page's address, and in the links of the filter. */
function wardLinkedView(map) {
  const links = document.querySelectorAll(".filter a");
  if (!links.length) return;
  const keep = () => {
    const centre = map.getCenter();
    const at = `#at=${map.getZoom()}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}`;
    links.forEach((link) => { link.hash = at; });
    history.replaceState(history.state, "", at);
  };
  const number = "(-?\\d{1,3}(?:\\.\\d{1,9})?)";
  const found = new RegExp(`^#at=${number}/${number}/${number}$`).exec(location.hash);
  const [zoom, lat, lon] = (found ?? []).slice(1).map(Number);
  if (found && zoom >= 0 && zoom <= 19 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180) {
    map.wardIsWhole = false;
    map.setView([lat, lon], zoom, { animate: false });
    keep();
  }
  let waiting = 0;
  map.on("moveend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 150); // browsers let a page change its address only so often
  });
}

/* Drawing the map */

/** Running totals of differences, in degrees. */
function wardDegrees(steps, perDegree = 100000) {
  let sum = 0;
  return Float64Array.from(steps, (step) => (sum += step) / perDegree);
}

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
  ward.draw = (data) => {
    ward.live = wardDraw(map, ward.figure, data);
    return ward.live;
  };
}

function wardDraw(map, figure, data) {
  const places = wardTable(data);
  map.invalidateSize({ animate: false });
  map.wardWhole();
  const outline = data.boundary.map(wardLine);
  const land = L.polygon(outline, { stroke: false, fill: true, interactive: false }).addTo(map);
  // Streets often run along the boundary, which must be drawn above them.
  const edge = L.polygon(outline, { weight: 2, fill: false, interactive: false }).addTo(map);
  const dots = new WardDots(places).addTo(map);
  let streets = null;
  const recolour = () => {
    const hasTiles = figure.classList.contains("has-tiles");
    places.colours = data.issues.map(wardIssueColour);
    edge.setStyle({ color: wardColour("--soft") });
    land.setStyle({ fillColor: wardColour("--land"), fillOpacity: hasTiles ? 0 : 0.6 });
    if (hasTiles) streets?.remove(); // the tiles have them
    streets?.redraw();
    dots.redraw();
  };
  recolour();
  map.on("recolour", recolour);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  if (data.base) {
    fetch(data.base).then((answer) => answer.json()).then((found) => {
      if (figure.classList.contains("has-tiles")) return;
      streets = new WardStreets(found).addTo(map);
      streets.bringToBack();
      land.bringToBack();
    }).catch(() => {}); // The map is whole without them.
  }
  const live = wardPopups(map, places, dots);
  figure.classList.add("is-live");
  wardTools(map, figure, places.count);
  if (data.tiles) wardTiles(map, figure, data.tiles);
  wardLinkedView(map);
  return live;
}

/** The places, with their columns as functions and with projected positions. */
function wardTable(data) {
  const columns = data.places;
  const lat = wardDegrees(columns.lat);
  const lon = wardDegrees(columns.lon);
  const flat = Array.from(lat, (_, n) => L.CRS.EPSG3857.latLngToPoint(L.latLng(lat[n], lon[n]), 0));
  const places = {
    count: lat.length,
    list: data.list,
    issues: data.issues,
    colours: [],
    name: (index) => columns.name[index],
    at: (index) => L.latLng(lat[index], lon[index]),
    x: Float64Array.from(flat, (point) => point.x),
    y: Float64Array.from(flat, (point) => point.y),
    before: columns.before.map(([index, north, east]) => [index, L.latLng(north / 1e5, east / 1e5)]),
  };
  for (const name of ["radius", "issue", "mark", "change", "progress", "when", "url"]) {
    places[name] = wardColumn(columns[name]);
  }
  const spots = new Map();
  for (let index = 0; places.count <= wardMost.numbered && index < places.count; index++) {
    const spot = `${lat[index]} ${lon[index]}`;
    spots.set(spot, [...(spots.get(spot) ?? []), index + 1]);
  }
  places.numbers = (index) => {
    const here = spots.get(`${lat[index]} ${lon[index]}`) ?? [];
    return here[0] === index + 1 ? here.join(", ") : "";
  };
  return places;
}

/** A Leaflet path that draws itself on the canvas and covers the whole map. */
const WardPath = L.Path.extend({
  _update() {
    if (this._map) this._updatePath();
  },
  _project() {
    this._pxBounds = this._renderer._bounds;
  },
  _updatePath() {
    if (!this._renderer._drawing) return;
    this._pxBounds = this._renderer._bounds;
    this._renderer._ctx.save();
    this._renderer._ctx.globalAlpha = 1; // Leaflet leaves that of its own path
    this.draw(this._renderer._ctx, this._renderer._bounds);
    this._renderer._ctx.restore();
  },
});

/** All places as one layer: it draws 50,000 of them quickly, and adds no tab stops. */
const WardDots = WardPath.extend({
  initialize(places) {
    this.places = places;
    this.left = new Float64Array(places.count);
    this.top = new Float64Array(places.count);
  },

  _project() {
    WardPath.prototype._project.call(this);
    const { count, x, y } = this.places;
    const scale = 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    for (let index = 0; index < count; index++) {
      this.left[index] = x[index] * scale - origin.x;
      this.top[index] = y[index] * scale - origin.y;
    }
  },

  /** Half the width of an exact place, in pixels. */
  radius() {
    const { count } = this.places;
    if (count <= wardMost.numbered) return 12;
    if (count <= wardMost.large) return 8;
    return this._map.getZoom() >= 16 ? 7 : count > 5000 ? 3.5 : 5;
  },

  draw(context, bounds) {
    const { places, left, top } = this;
    const edge = this.radius() + 4;
    const seen = (index, by) => left[index] > bounds.min.x - by && left[index] < bounds.max.x + by
      && top[index] > bounds.min.y - by && top[index] < bounds.max.y + by;
    const areas = new Set();
    for (let index = places.count - 1; index >= 0; index--) {
      // Approximate places often share a rounded position; one circle is drawn for all of them.
      const area = places.radius(index) && `${left[index]} ${top[index]} ${places.issue(index)}`;
      if (area && !areas.has(area)) this.drawArea(context, index);
      areas.add(area);
    }
    const isNumbered = places.count <= wardMost.numbered;
    for (let index = places.count - 1; isNumbered && index >= 0; index--) {
      if (places.radius(index)) this.drawNumber(context, index);
    }
    places.before.forEach(([index, from]) => this.drawWay(context, index, from));
    const shapes = new Map();
    // The first place in the list is drawn on top.
    for (let index = places.count - 1; index >= 0; index--) {
      if (!places.radius(index) && seen(index, edge)) {
        const shape = this.shape(shapes, index);
        context.drawImage(shape.image, left[index] - shape.half, top[index] - shape.half,
          2 * shape.half, 2 * shape.half);
      }
      if (isNumbered && !places.radius(index)) this.drawNumber(context, index);
    }
  },

  drawArea(context, index) {
    const { places, left, top } = this;
    context.fillStyle = context.strokeStyle = places.colours[places.issue(index)];
    context.lineWidth = 2;
    context.beginPath();
    context.arc(left[index], top[index], this.areaRadius(index), 0, 2 * Math.PI);
    context.stroke();
    context.globalAlpha = 0.2;
    context.fill();
    context.globalAlpha = 1;
  },

  areaRadius(index) {
    const lat = this.places.at(index).lat * Math.PI / 180;
    const metresInPixel = 40075016.686 * Math.cos(lat) / 2 ** (this._map.getZoom() + 8);
    return Math.max(this.places.radius(index) / metresInPixel, this.radius());
  },

  /** Draws a line from a place's previous position. */
  drawWay(context, index, from) {
    const point = this._map.latLngToLayerPoint(from);
    context.strokeStyle = this.places.colours[this.places.issue(index)];
    context.lineWidth = 3;
    context.beginPath();
    context.moveTo(point.x, point.y);
    context.lineTo(this.left[index], this.top[index]);
    context.moveTo(point.x + 6, point.y);
    context.arc(point.x, point.y, 6, 0, 2 * Math.PI);
    context.stroke();
  },

  /** The symbol for one kind of place, drawn once and cached. */
  shape(shapes, index) {
    const { places } = this;
    const key = `${places.issue(index)} ${places.mark(index)}`;
    if (!shapes.has(key)) {
      shapes.set(key, this.drawShape(places.colours[places.issue(index)], places.mark(index)));
    }
    return shapes.get(key);
  },

  drawShape(colour, mark) {
    const radius = this.radius();
    const half = Math.ceil(radius * 1.5 + 3);
    const sharp = Math.max(window.devicePixelRatio, 1);
    const image = wardElement("canvas", { width: 2 * half * sharp, height: 2 * half * sharp });
    const context = image.getContext("2d");
    context.scale(sharp, sharp);
    context.translate(half, half);
    context.beginPath();
    if (mark === "closed") {
      context.rect(-radius * 0.85, -radius * 0.85, radius * 1.7, radius * 1.7);
    } else if (wardCorners[mark]) {
      wardCorners[mark].forEach(([x, y]) => context.lineTo(radius * x, radius * y));
      context.closePath();
    } else {
      context.arc(0, 0, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = mark === "gone" ? wardColour("--paper") : colour;
    context.strokeStyle = mark === "gone" ? colour : wardColour("--edge");
    if (mark === "gone") context.setLineDash([4, 3]);
    context.lineWidth = radius > 5 ? 2 : 1;
    context.fill();
    context.stroke();
    return { image, half };
  },

  /** Draws a place's number inside it; if several places share a position, their numbers below. */
  drawNumber(context, index) {
    const { places } = this;
    const label = places.numbers(index);
    const isWide = label.includes(",");
    const isInk = isWide || places.radius(index) || places.mark(index) === "gone";
    const at = [label, this.left[index], this.top[index] + (isWide ? this.radius() + 11 : 1)];
    context.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (isWide) {
      context.strokeStyle = wardColour("--paper");
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeText(...at);
    }
    context.fillStyle = wardColour(isInk ? "--ink" : "--edge");
    context.fillText(...at);
  },

  /** The places under a finger at this point, nearest first, with those hidden beneath them. */
  hits(point) {
    const { places, left, top } = this;
    const away = (index, x, y) => Math.hypot(left[index] - x, top[index] - y);
    let nearest = -1;
    let least = Infinity;
    for (let index = 0; index < places.count; index++) {
      const reach = places.radius(index) ? this.areaRadius(index) : wardNear;
      const distance = away(index, point.x, point.y);
      // A dot takes precedence over the circle beneath it.
      const rank = places.radius(index) ? wardNear + distance : distance;
      if (distance <= reach && rank < least) [nearest, least] = [index, rank];
    }
    if (nearest < 0) return [];
    const found = [];
    for (let index = 0; index < places.count; index++) {
      if (away(index, left[nearest], top[nearest]) <= this.radius()) found.push(index);
    }
    return [nearest, ...found.filter((index) => index !== nearest)];
  },

  _containsPoint(point) {
    return this.hits(point).length > 0;
  },
});

/** The roads of the base map, with names where there is room. */
const WardStreets = WardPath.extend({
  options: { interactive: false },

  initialize({ perDegree, layers }) {
    this.names = [];
    this.lines = [];
    for (const layer of layers.filter((one) => one.kind.startsWith("road"))) {
      const lat = wardDegrees(layer.lat, perDegree);
      const lon = wardDegrees(layer.lon, perDegree);
      let start = 0;
      layer.size.forEach((size, index) => {
        this.names.push(layer.names[layer.name.length ? layer.name[index] : 0]);
        this.lines.push([Array.from({ length: size }, (_, n) => [lat[start + n], lon[start + n]])]);
        start += size;
      });
    }
  },

  draw(context, bounds) {
    const map = this._map;
    const close = map.getZoom() >= 15;
    const taken = [];
    context.lineJoin = context.lineCap = "round";
    context.lineWidth = close ? 6 : 3;
    context.strokeStyle = wardColour("--street");
    const names = [];
    this.lines.forEach((lines, index) => {
      let longest = [0];
      context.beginPath();
      lines.forEach((line) => {
        let last = null;
        line.forEach((position) => {
          const point = map.latLngToLayerPoint(position);
          if (last) {
            context.lineTo(point.x, point.y);
            const length = last.distanceTo(point);
            if (length > longest[0] && bounds.contains(last) && bounds.contains(point)) {
              longest = [length, last, point];
            }
          } else context.moveTo(point.x, point.y);
          last = point;
        });
      });
      context.stroke();
      names.push([longest, this.names[index]]);
    });
    context.font = `13px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = wardColour("--soft");
    context.strokeStyle = wardColour("--land");
    names.sort((one, other) => other[0][0] - one[0][0]);
    for (const [[length, from, to], name] of names) {
      const half = context.measureText(name).width / 2;
      if (!name || length < 1.6 * half) continue;
      const middle = from.add(to).divideBy(2);
      if (taken.some(([other, reach]) => other.distanceTo(middle) < reach + half)) continue;
      taken.push([middle, half]);
      let angle = Math.atan2(to.y - from.y, to.x - from.x);
      if (Math.abs(angle) > Math.PI / 2) angle -= Math.PI * Math.sign(angle);
      context.save();
      context.translate(middle.x, middle.y);
      context.rotate(angle);
      context.lineWidth = 3;
      context.strokeText(name, 0, 0);
      context.fillText(name, 0, 0);
      context.restore();
    }
  },
});

/* Popups */

/** Opens popups from the map and from the list; moves the focus into them and back afterwards. */
function wardPopups(map, places, dots) {
  const teller = wardTeller(map, places);
  const popup = L.popup({ minWidth: 180, autoPanPadding: [12, 12], closeOnEscapeKey: false });
  let back = null;

  const open = (found, from) => {
    const size = map.getSize();
    back = from ?? map.getContainer();
    popup.options.maxWidth = Math.min(260, size.x - 70);
    popup.options.maxHeight = Math.max(size.y - 60, 120);
    teller.fill(popup, found);
    popup.openOn(map);
    const box = popup.getElement();
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", places.name(found[0]));
    teller.place.focus({ preventScroll: true });
    if (from) box.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event) => {
    if (event.key === "Escape") map.closePopup();
    // Leaflet's close button is a link, which the space bar does not press by default.
    if (event.key === " " && event.target.matches(".leaflet-popup-close-button")) {
      event.preventDefault();
      map.closePopup();
    }
  };
  map.on("popupopen", () => document.addEventListener("keydown", onKey));
  map.on("popupclose", () => {
    document.removeEventListener("keydown", onKey);
    const focused = document.activeElement;
    if (focused === document.body || popup.getElement()?.contains(focused)) {
      back?.focus({ preventScroll: back === map.getContainer() });
    }
  });
  // A popup outside the visible map could still receive the focus, so it is closed.
  map.on("moveend", () => {
    if (popup.isOpen() && !map.getBounds().pad(0.2).contains(popup.getLatLng())) map.closePopup();
  });
  dots.on("click", (event) => {
    const found = dots.hits(event.layerPoint);
    const isOneSpot = found.every((index) => places.at(index).equals(places.at(found[0])));
    if (found.length > wardMost.inPopup && !isOneSpot && map.getZoom() < map.getMaxZoom()) {
      map.setZoomAround(event.latlng, map.getZoom() + 2);
    } else open(found, null);
  });
  return {
    map,
    /** Shows place `index` on the map; `from` is the element that gets the focus back. */
    show(index, from) {
      if (!Number.isInteger(index) || index < 0 || index >= places.count) return;
      const zoom = Math.max(map.getZoom(), places.count > wardMost.numbered ? 17 : 0);
      map.wardIsWhole = false;
      map.setView(places.at(index), zoom, { animate: false });
      open([index], from);
    },
  };
}

/** The content of a popup: one of the places at a position, and buttons for the others. */
function wardTeller(map, places) {
  const place = wardElement("div", { className: "map-place", tabIndex: -1 });
  const words = wardElement("span");
  words.setAttribute("role", "status");
  let popup = null;
  let found = [];
  let turn = 0;
  const tell = () => {
    const index = found[turn];
    place.replaceChildren(...wardLines(map, places, index));
    popup.setLatLng(places.at(index));
    popup.getElement()?.setAttribute("aria-label", places.name(index));
  };
  const go = (step, name) => {
    const button = wardElement("button", { type: "button", textContent: name });
    button.addEventListener("click", () => {
      turn = (turn + step + found.length) % found.length;
      tell();
      words.textContent = `${turn + 1} of ${found.length} here`;
    });
    return button;
  };
  const pager = wardElement("div", { className: "map-pager" },
    go(-1, "Previous"), words, go(1, "Next"));
  return {
    place,
    fill(into, numbers) {
      [popup, found, turn] = [into, numbers, 0];
      tell();
      words.textContent = `1 of ${found.length} here`;
      popup.setContent(wardElement("div", {}, place, ...(found.length > 1 ? [pager] : [])));
    },
  };
}

/** The details of a place, one per line. */
function wardLines(map, places, index) {
  const lines = [wardElement("strong", { textContent: places.name(index) })];
  const line = (...parts) => parts.some(Boolean)
    && lines.push(wardElement("p", {}, ...parts.filter(Boolean)));
  const issue = places.issues[places.issue(index)].name;
  const progress = wardSigned(places.progress(index));
  line(issue, issue && progress.length ? ", " : "", ...progress);
  line(...wardSigned(places.change(index)));
  line(places.when(index));
  line(places.radius(index) ? `within about ${places.radius(index)} m` : "");
  const links = [];
  if (places.url(index)) {
    links.push(wardElement("a", { href: places.url(index), textContent: "Read the post" }));
  }
  const inList = wardListLink(map, places, index);
  if (inList) links.push(inList);
  if (links.length) lines.push(wardElement("p", { className: "map-links" }, ...links));
  return lines;
}

/** A symbol and its word; screen readers skip the symbol. */
function wardSigned(text) {
  if (!text) return [];
  const space = text.indexOf(" ");
  const sign = wardElement("span", { textContent: text.slice(0, space), ariaHidden: "true" });
  return [sign, text.slice(space)];
}

/** A link to the place's line in the list, on this page or on a further page. */
function wardListLink(map, places, index) {
  const row = document.getElementById(`place-${index + 1}`);
  const { url, size } = places.list;
  if (!row && !url) return null;
  const link = wardElement("a", {
    href: row ? `#${row.id}` : `${url}places/${Math.floor(index / size) + 1}/#place-${index + 1}`,
    textContent: "In the list",
  });
  if (row) {
    link.addEventListener("click", () => {
      row.closest("details")?.setAttribute("open", "");
      row.tabIndex = -1;
      row.focus();
      map.closePopup();
    });
  }
  return link;
}
