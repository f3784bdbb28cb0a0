/* Loads the interactive map when the reader does something and its picture is nearly on the screen,
   or when a place is chosen. */
"use strict";

{
  const script = document.currentScript;
  const { leaflet, sheets, places, map, tools } = script.dataset;
  const figure = document.querySelector(".map");
  const frame = figure.querySelector(".map-frame");
  const status = figure.querySelector(".map-status");
  const ours = [leaflet, tools, map].map((address) => new URL(address, location.href).href);
  const loaded = new Set();
  let coming = null;
  let turns = 0;

  // Whatever a library writes into the page is text, but for the two things that Leaflet needs.
  window.trustedTypes?.createPolicy("default", {
    createHTML: (html) => /^(<span aria-hidden="true">(&#215;|\+|&#x2212;)<\/span>)?$/.test(html)
      ? html
      : html.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
    createScriptURL: (url) => {
      if (ours.includes(new URL(url, location.href).href)) return url;
      throw new TypeError(url); // not a script of this page
    },
  });

  const load = (name, properties, key) => loaded.has(key) ? null : new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(name), properties);
    element.onload = () => { loaded.add(key); resolve(); };
    element.onerror = () => { element.remove(); reject(new Error(key)); };
    document.head.append(element);
  });

  /** All files are asked for at once; the scripts run one after another. */
  const arrive = async () => {
    const data = fetch(places).then((answer) => {
      if (!answer.ok) throw new Error(places);
      return answer.json();
    });
    // The base map is large. The picture stays until it has come, but for three seconds at most.
    const base = data.then(({ base: url }) => url && fetch(url, { priority: "low" }))
      .then((answer) => answer?.ok ? answer.json() : null).catch(() => null);
    const styles = sheets.split(" ").map((href) => load("link", { rel: "stylesheet", href }, href));
    const early = ours.map((href) => load("link", { rel: "preload", as: "script", href }, `early ${href}`));
    Promise.allSettled([data, ...styles, ...early]);
    for (const src of ours) await load("script", { src }, src);
    await Promise.all(styles);
    await data;
    await Promise.race([base, new Promise((resolve) => { setTimeout(resolve, 3000); })]);
    return window.ward.draw(await data, base);
  };

  /** Loads the live map; files that failed to load are requested again the next time. */
  const bring = () => (coming ??= arrive().catch((fault) => {
    coming = null;
    throw fault;
  }));

  /** Other scripts may ask for what is within so many metres of a position, in degrees. */
  window.ward = {
    figure,
    near: async (latitude, longitude, metres) => {
      (await bring()).near(latitude, longitude, metres);
    },
  };

  /** Shows place `number`, counted from 1, unless the reader has moved on to something else. */
  const show = (number, from) => {
    turns += 1;
    const turn = turns;
    const focused = document.activeElement;
    frame.scrollIntoView({ block: "nearest" });
    const slow = setTimeout(() => { status.textContent = "Loading the map."; }, 400);
    bring().then((live) => {
      status.textContent = "";
      if (turn === turns && document.activeElement === focused) live.show(number - 1, from);
    }, failed).finally(() => clearTimeout(slow));
  };

  const failed = () => {
    status.textContent = "The interactive map could not be loaded. This is a picture of it.";
  };
  document.addEventListener("click", (event) => {
    // The button for street tiles is there before the map that shows them.
    const tiles = event.target.closest(".map-note button");
    if (tiles && !figure.matches(".is-live")) bring().then(() => tiles.click(), failed);
    const link = event.target.closest('.on-map[href="#ward-map"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    link.focus({ preventScroll: true });
    show(Number(link.closest("li").id.slice("place-".length)), link);
  });
  const asked = Number(new URLSearchParams(location.search).get("place"));
  if (asked > 0) show(asked, null);

  // A reader who only looks has the picture. The first thing that anybody does starts the map.
  const signs = ["scroll", "wheel", "pointermove", "pointerdown", "keydown", "focusin"];
  const begin = (event) => {
    // A browser also sends this when the page has moved below a mouse that rests.
    if (event?.type === "pointermove" && !event.movementX && !event.movementY) return;
    signs.forEach((sign) => removeEventListener(sign, begin));
    const start = () => { bring().catch(() => {}); };
    if (!window.IntersectionObserver) {
      start();
      return;
    }
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      start();
    }, { rootMargin: "300px" }); // so far below the screen
    watch.observe(figure);
  };
  signs.forEach((sign) => addEventListener(sign, begin, { passive: true }));
  if (location.hash) begin(); // such as a view of the map
}
