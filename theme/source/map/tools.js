/* The controls on the map. */

// Each button's words, and its sign as lines in a square of 24 by 24.
const wardSigns = {
  zoomIn: ["Zoom in", "M12 5v14M5 12h14"],
  zoomOut: ["Zoom out", "M5 12h14"],
  whole: ["Whole map", "M5 9V5h4M15 5h4v4M19 15v4h-4M9 19H5v-4"],
  move: ["Arrows to move the map", "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3"],
  left: ["Move left", "M20 12H5M11 6l-6 6 6 6"],
  up: ["Move up", "M12 20V5M6 11l6-6 6 6"],
  down: ["Move down", "M12 4v15M6 13l6 6 6-6"],
  right: ["Move right", "M4 12h15M13 6l6 6-6 6"],
};

function wardButton(words, lines) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", lines);
  svg.append(path);
  const button = wardElement("button", { type: "button", title: words }, svg);
  button.setAttribute("aria-label", words);
  return button;
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
    map.wardIsWhole = false;
    map.panBy([across * size.x / 3, down * size.y / 3]);
  };
  const zoom = (step) => {
    map.wardIsWhole = false;
    map.setZoom(map.getZoom() + step);
  };
  const acts = {
    zoomIn: () => zoom(1),
    zoomOut: () => zoom(-1),
    whole: () => map.wardWhole(),
    move: (button) => {
      const isOpen = toolbar.classList.toggle("has-arrows");
      button.setAttribute("aria-expanded", String(isOpen));
      map.fire("cover"); // names make room
    },
    left: () => pan(-1, 0),
    up: () => pan(0, -1),
    down: () => pan(0, 1),
    right: () => pan(1, 0),
  };
  const buttons = Object.entries(acts).map(([name, act]) => {
    const button = wardButton(...wardSigns[name]);
    button.className = `map-${name}`;
    button.addEventListener("click", () => act(button));
    return button;
  });
  const [zoomIn, zoomOut, , move] = buttons;
  move.setAttribute("aria-expanded", "false");
  const limits = () => {
    zoomIn.ariaDisabled = String(map.getZoom() >= map.getMaxZoom());
    zoomOut.ariaDisabled = String(map.getZoom() <= map.getMinZoom());
  };
  map.on("zoomend", limits);
  limits();
  toolbar.append(...buttons);
  wardRoving(toolbar, buttons);
  map.getContainer().after(toolbar);
  /** Where the controls are, in the pixels of the map's layers: names keep clear of them. */
  map.wardControls = () => {
    const from = map.containerPointToLayerPoint([toolbar.offsetLeft, toolbar.offsetTop]);
    return L.bounds(from, from.add([toolbar.offsetWidth, toolbar.offsetHeight]));
  };
}

/** One tab stop for all buttons: arrow keys, Home and End go from one to the next. */
function wardRoving(toolbar, buttons) {
  const choose = (chosen) => buttons.forEach((button) => {
    button.tabIndex = button === chosen ? 0 : -1;
  });
  choose(buttons[0]);
  toolbar.addEventListener("focusin", (event) => choose(event.target));
  toolbar.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = buttons.filter((button) => button.offsetParent);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = shown.indexOf(document.activeElement);
    const to = { Home: 0, End: shown.length - 1 }[event.key]
      ?? (step && (at + step + shown.length) % shown.length);
    if (to === undefined) return;
    event.preventDefault();
    shown[to].focus();
  });
}
