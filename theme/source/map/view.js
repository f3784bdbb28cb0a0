/* The view: gestures, and the view in the page's address. */

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
    if (!map.wardIsHidden?.()) return;
    // A place under the controls could not be pressed.
    const below = map.wardControls().getSize().y;
    map.fitBounds(bounds, { animate: false, paddingBottomRight: [0, below] });
  };
  map.wardWhole();
  const moved = () => { map.wardIsWhole = false; };
  ["pointerdown", "keydown"].forEach((name) => element.addEventListener(name, moved));
  map.on("resize", () => map.wardIsWhole && map.wardWhole());
  L.control.scale({ imperial: false }).addTo(map);
  wardGestures(map, element);
  wardRedraws(map);
  return map;
}

/** What is in view, in the pixels of the map's layers. */
function wardView(map) {
  const from = map.containerPointToLayerPoint([0, 0]);
  return L.bounds(from, from.add(map.getSize()));
}

/** While it is dragged, the map is drawn again as soon as its view leaves what is drawn. */
function wardRedraws(map) {
  let isWaiting = false;
  map.on("move", () => {
    const { renderer } = map.options;
    if (isWaiting || renderer._zoom !== map.getZoom()) return; // two fingers are zooming
    if (renderer._bounds.contains(wardView(map))) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      renderer._update();
    });
  });
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

/** Keeps the view in the page's address, and in the links of the filter. */
function wardLinkedView(map) {
  const links = document.querySelectorAll(".filter a");
  if (!links.length) return;
  const keep = () => {
    const centre = map.getCenter();
    const zoom = Number(map.getZoom().toFixed(2)); // never 16.400000000000002
    const at = `#at=${zoom}/${centre.lat.toFixed(5)}/${centre.lng.toFixed(5)}`;
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

/** Draws a circle of so many metres around a position in degrees, and shows what is inside it. */
function wardNearby(map, dots) {
  const drawn = L.featureGroup([]).addTo(map);
  const style = { weight: 2, fill: false, interactive: false };
  const recolour = () => drawn.setStyle({ color: wardColour("--ink") });
  map.on("recolour", recolour);
  return (latitude, longitude, metres) => {
    const at = L.latLng(latitude, longitude);
    drawn.clearLayers();
    drawn.addLayer(L.circle(at, { ...style, radius: metres, dashArray: "6 5" }));
    drawn.addLayer(L.circleMarker(at, { ...style, radius: 4 }));
    recolour();
    dots.bringToFront();
    map.wardIsWhole = false;
    const below = map.wardControls().getSize().y;
    map.fitBounds(at.toBounds(2.1 * metres), { animate: false, paddingBottomRight: [0, below] });
  };
}
