/* Popups, and what they say about a place. */

/** Opens popups from the map and from the list; moves the focus into them and back afterwards. */
function wardPopups(map, places, dots) {
  const teller = wardTeller(map, places);
  const popup = L.popup({ minWidth: 180, autoPanPaddingTopLeft: [12, 12], closeOnEscapeKey: false });
  let back = null;

  const open = (found, from) => {
    const size = map.getSize();
    back = from ?? map.getContainer();
    popup.options.maxWidth = Math.min(260, size.x - 70);
    // The popup keeps clear of the controls, which are at the bottom.
    const below = map.wardControls().getSize().y;
    popup.options.autoPanPaddingBottomRight = [12, below];
    popup.options.maxHeight = Math.max(size.y - 60 - below, 100);
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
    near: wardNearby(map, dots),
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
