/* Fetches the interactive map when a reader comes near its picture, or asks for a place on it. */
"use strict";

{
  const script = document.currentScript;
  const { leaflet, places, map, tools } = script.dataset;
  const figure = document.querySelector("figure.map");
  const ours = [leaflet, tools, map].map((address) => new URL(address, location.href).href);
  let coming = null;

  // Whatever a library writes into the page is text, but for the two things that Leaflet needs.
  window.trustedTypes?.createPolicy("default", {
    createHTML: (html) => /^(<span aria-hidden="true">(&#215;|\+|&#x2212;)<\/span>)?$/.test(html)
      ? html
      : html.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
    createScriptURL: (url) => {
      if (ours.includes(new URL(url, location.href).href)) return url;
      throw new TypeError(`not a script of this page: ${url}`);
    },
  });

  const load = (name, properties) => new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(name), properties);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });

  /** Brings the live map; what the page's own script draws is ready when `drawn` is. */
  const bring = () => {
    if (coming) return coming;
    const style = load("link", { rel: "stylesheet", href: leaflet.replace(/js$/, "css") });
    window.ward = { figure, data: fetch(places), style };
    coming = Promise.all(ours.map((src) => load("script", { src, async: false })))
      .then(() => window.ward.drawn);
    return coming;
  };

  /** Shows place `number`, counted from 1; if the map cannot come, its picture is there. */
  const show = (number, from) => bring().then(
    (live) => live.show(number - 1, from),
    () => figure.scrollIntoView(),
  );

  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    bring().catch(() => {});
  }, { rootMargin: "300px" });
  watch.observe(figure);

  document.addEventListener("click", (event) => {
    const link = event.target.closest('.on-map[href="#ward-map"]');
    if (!link) return;
    event.preventDefault();
    show(Number(link.closest("li").id.slice("place-".length)), link);
  });
  const asked = Number(new URLSearchParams(location.search).get("place"));
  if (asked > 0) show(asked, null);
}
