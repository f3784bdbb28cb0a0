/* Street tiles from elsewhere. */

/** Street tiles: at once, or when the resident asks for them. */
function wardTiles(map, figure, tiles) {
  const host = new URL(tiles.url.replace(/[{}]/g, "")).hostname.replace(/^(tile|s)\./, "");
  const status = figure.querySelector(".map-status");
  /** The base map stays until the first tile has loaded. */
  const cover = (isCovered) => {
    figure.classList.toggle("has-tiles", isCovered);
    map.fire("cover");
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
    const credit = L.control({ position: "topright" });
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
  // It is in the page from the start, so that nothing moves when the map starts.
  const note = figure.querySelector(".map-note");
  const button = note.querySelector("button");
  button.addEventListener("click", () => {
    show();
    note.remove();
    map.getContainer().focus({ preventScroll: true });
  }, { once: true });
}
