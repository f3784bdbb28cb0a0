// The post as residents will read it, in a frame in which nothing of the site can run.

import { site } from "../api.js";
import { element } from "./dom.js";

/** Shows the page `address` of the site in `holder`; {show(address, version),
 * toStart()}. */
export function previewOf(holder, address) {
  let shown = null;
  let frame = null;
  let loading = null;
  let wanted = null;
  show(address, null);
  return { show, toStart };

  /** Shows where the post begins, unless somebody has scrolled. */
  function toStart() {
    if (frame && !scrollOf(frame)) frame.contentWindow.scrollTo(0, startOf(frame));
  }

  function show(newAddress, version) {
    const key = `${newAddress} ${version}`;
    if (key === shown) return;
    shown = key;
    if (!newAddress) {
      loading = frame = null;
      holder.replaceChildren(element("p", {
        class: "help",
        text: "The preview appears here as soon as the post has a title, a date and an issue.",
      }));
      return;
    }
    wanted = site + newAddress;
    if (!loading) load();
  }

  /** Loads the page behind the one that is seen, so that nothing flickers. */
  function load() {
    const next = element("iframe", {
      title: "Preview of the post",
      sandbox: "allow-same-origin",
      class: "arriving",
      src: wanted,
    });
    loading = next;
    wanted = null;
    next.addEventListener("load", () => {
      if (loading !== next) return next.remove();
      loading = null;
      const top = frame ? scrollOf(frame) : startOf(next);
      frame?.remove();
      frame = next;
      next.classList.remove("arriving");
      if (top) next.contentWindow.scrollTo({ top, behavior: "instant" });
      if (wanted) load();
      return undefined;
    });
    if (!frame) holder.replaceChildren(next);
    else holder.append(next);
  }
}

function scrollOf(frame) {
  try {
    return frame?.contentWindow.scrollY ?? 0;
  } catch {
    return 0;
  }
}

/** How far down the post itself begins, below the head of the site. */
function startOf(frame) {
  try {
    const { document, scrollY } = frame.contentWindow;
    const main = document.querySelector("main");
    return main ? Math.max(0, main.getBoundingClientRect().top + scrollY) : 0;
  } catch {
    return 0;
  }
}
