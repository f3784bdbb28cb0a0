// The dialog in which a picture is chosen, seen, turned, cropped and described.

import { Refused, base, base64, element, get, post } from "./api.js";
import { CropView } from "./picture_crop.js";
import { Description, asked, button, gallery, removed, sizeWords, tools } from "./picture_parts.js";

const MOST_BYTES = 40_000_000;
const KINDS = "image/*,.heic,.heif,.avif,.tif,.tiff,.bmp,.svg";

let lists = null;

/** The pictures that are in the folder of images, the latest first. */
async function knownPictures() {
  lists ??= get("pictures/known").catch((error) => {
    lists = null;
    throw error;
  });
  return (await lists).pictures;
}

/** The address of a small copy of "images/x.jpg"; "" if there is no such picture. */
export async function smallOf(path) {
  const found = (await knownPictures()).find((one) => one.path === path);
  return found ? base + found.small : "";
}

/** The picture as it is written in the text of the post `file`, such as "posts/x.md". */
export function markdownOf(picture, file) {
  const words = picture.description
    .replace(/[\\[\]*_`]/g, "\\$&")
    .replace(/&(?=[#\w]+;)/g, "&amp;")
    .replaceAll("<", "&lt;");
  const up = "../".repeat(file.split("/").length - 1);
  return `![${words}](${up}${picture.path.split("/").map(encodeURIComponent).join("/")})`;
}

/** The picture as it is written in the header line "Image". */
export const headerOf = (picture) => `${picture.path} | ${picture.description}`;

/**
 * Let the councillor choose a picture. `options` is a File that was dropped or pasted, or
 * `{file, current}`, where `current` is `{path, description}` of the picture that is there now.
 * Resolves to `{path, description, small}`, with `path` from the content folder, or null.
 */
export function choosePicture(options = {}) {
  const { file = null, current = null } = options instanceof File ? { file: options } : options ?? {};
  return new PictureDialog(file, current).chosen;
}

class PictureDialog {
  constructor(file, current) {
    this.before = document.activeElement;
    this.result = null;
    this.saving = null;
    this.looks = 0;
    this.body = element("div", {});
    this.status = element("p", { class: "note", role: "status" });
    this.error = element("div", { role: "alert" });
    this.dialog = element(
      "dialog",
      { class: "pictures", "aria-labelledby": "pictures-title" },
      element("h2", { id: "pictures-title", tabindex: "-1" }, "A picture"),
      this.error, this.body, this.status,
    );
    this.chosen = new Promise((resolve) => {
      this.dialog.addEventListener("close", () => this.#closed(resolve));
    });
    this.dialog.addEventListener("cancel", (event) => this.saving && event.preventDefault());
    this.#takeDrops();
    styled();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.#begin(file, current);
  }

  async #closed(resolve) {
    await this.saving?.catch(() => null); // a browser closes at the second Escape, come what may
    this.dialog.remove();
    this.before?.focus?.();
    resolve(this.result);
  }

  async #begin(file, current) {
    this.#showChoice();
    if (file) {
      await this.#take(file);
    } else if (current?.path) {
      const found = await knownPictures().catch(() => []);
      const path = current.path.replace(/^(\.{0,2}\/)+/, ""); // as it may be written in a post
      const one = found.find((known) => known.path === path);
      if (one) this.#showKnown({ ...one, description: current.description || one.description });
    }
  }

  #takeDrops() {
    const files = (transfer) => [...(transfer?.files ?? [])];
    this.dialog.addEventListener("dragover", (event) => event.preventDefault());
    for (const [name, read] of [
      ["drop", (event) => files(event.dataTransfer)],
      ["paste", (event) => files(event.clipboardData)],
    ]) {
      this.dialog.addEventListener(name, (event) => {
        const [file] = read(event);
        if (name === "drop") event.preventDefault();
        if (file) this.#take(file);
      });
    }
  }

  /** Put another step into the dialog, and the focus on its beginning. */
  #show(title, ...content) {
    const heading = this.dialog.querySelector("h2");
    heading.textContent = title;
    this.error.replaceChildren();
    this.status.textContent = "";
    this.body.replaceChildren(...content);
    this.dialog.scrollTop = 0;
    heading.focus();
  }

  #say(words) {
    this.status.textContent = words;
  }

  #refuse(error) {
    this.#say("");
    const box = element("div", { class: "box stop" }, element("p", { class: "wrong" }, error.message));
    if (error.hint) box.append(element("p", {}, error.hint));
    this.error.replaceChildren(box);
    box.scrollIntoView({ block: "nearest" });
  }

  #cancel() {
    return button("Cancel", () => this.saving || this.dialog.close());
  }

  #another() {
    return button("Choose another picture", () => this.#showChoice(), { class: "another" });
  }

  #showChoice() {
    const choose = (words, attributes) => {
      const input = element("input", {
        type: "file", accept: KINDS, hidden: true, "aria-label": words, ...attributes,
      });
      input.addEventListener("change", () => input.files[0] && this.#take(input.files[0]));
      const shown = attributes.capture ? "file camera" : "file main";
      return [button(words, () => input.click(), { class: shown }), input];
    };
    const known = element("div", {});
    const again = button("Use one that is here already", async () => {
      again.remove();
      await this.#listKnown(known);
    });
    this.#show(
      "Add a picture",
      element(
        "div", { class: "drop" },
        element("p", {}, "Photos from phones (HEIC, JPEG) and all usual kinds of picture, up to 40 MB."),
        ...choose("Choose a picture", {}),
        ...choose("Take a photo", { capture: "environment" }),
        element("p", { class: "mouse" }, "Or drop one on this window, or paste one."),
      ),
      again, known,
      element("div", { class: "actions" }, this.#cancel()),
    );
    this.body.querySelector("button").focus();
  }

  async #listKnown(place) {
    this.#say("Looking for the pictures…");
    try {
      const pictures = await knownPictures();
      this.#say(pictures.length ? "" : "There are no pictures yet.");
      if (pictures.length) {
        place.append(...gallery(pictures, (one) => this.#showKnown(one), (words) => this.#say(words)));
      }
      place.querySelector("input")?.focus();
    } catch (error) {
      this.#refuse(error);
    }
  }

  async #take(file) {
    this.error.replaceChildren();
    if (this.saving) return;
    if (file.size > MOST_BYTES) {
      this.#refuse({
        message: `"${file.name}" is larger than 40 MB.`,
        hint: "Save it smaller in a photo program: 1600 pixels on its longer side are enough.",
      });
      return;
    }
    this.#say("Looking at the picture…");
    this.dialog.setAttribute("aria-busy", "true");
    this.looks += 1;
    const mine = this.looks;
    try {
      const found = await this.#look(file);
      const image = element("img", { src: base + found.preview, alt: "The picture that you chose" });
      await image.decode();
      if (mine === this.looks) this.#showEdit(file, found, image);
    } catch (error) {
      if (mine === this.looks) this.#refuse(error);
    } finally {
      if (mine === this.looks) this.dialog.removeAttribute("aria-busy");
    }
  }

  async #look(file) {
    return post("pictures/look", { name: file.name, data: await base64(file) });
  }

  #showEdit(file, found, image) {
    this.file = file;
    this.id = found.id;
    const size = element("p", { class: "note", role: "status" });
    let crop = null;
    const told = () => {
      const [left, top, right, bottom] = crop.box;
      size.textContent = sizeWords(right - left, bottom - top, found.most);
    };
    if (found.can_change) {
      crop = new CropView(image, [found.width, found.height], told);
      told();
    }
    const words = new Description((text) => post("pictures/describe", { id: this.id, description: text }));
    const save = button("Save picture", () => this.#save(save, crop, words), { class: "main" });
    this.#show(
      "Turn, crop and describe it",
      element("div", { class: "seen" }, crop?.view ?? image),
      words.place,
      asked(),
      ...(crop ? [tools(crop, size)] : []),
      ...found.notes.map((note) => element("p", { class: "box" }, note)),
      ...removed(found.findings),
      this.#another(),
      element("div", { class: "actions" }, save, this.#cancel()),
    );
    this.#say("Here is the picture. Say what it shows, then save it.");
  }

  async #save(save, crop, words) {
    const values = {
      turn: crop?.turn ?? 0,
      crop: crop && !crop.isWhole ? crop.box : null,
      description: words.input.value,
      name: "",
    };
    await this.#finish(save, words, async () => {
      try {
        return await post("pictures/save", { id: this.id, ...values });
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 404) throw error;
        this.id = (await this.#look(this.file)).id; // the editor was started again meanwhile
        return post("pictures/save", { id: this.id, ...values });
      }
    });
  }

  #showKnown(one) {
    const words = new Description(null, one.description);
    const use = button(
      "Use this picture",
      () => this.#finish(use, words, () => post("pictures/reuse", { id: one.id, description: words.input.value })),
      { class: "main" },
    );
    const image = element("img", { src: base + one.small, alt: "" });
    this.#show(
      "Use this picture",
      element("div", { class: "seen" }, image, element("p", { class: "note" }, one.path)),
      this.#another(),
      words.place,
      element("div", { class: "actions" }, use, this.#cancel()),
    );
  }

  /** Do what the last button says, and close; what is wrong is said beside it. */
  async #finish(control, words, action) {
    control.disabled = true;
    clearTimeout(words.timer);
    this.error.replaceChildren();
    words.right();
    this.#say("Saving…");
    try {
      this.saving = action();
      this.result = await this.saving;
      lists = null;
      this.dialog.close();
    } catch (error) {
      this.#say("");
      if (error.answer?.field === "description") words.wrong(error);
      else this.#refuse(error);
    } finally {
      this.saving = null;
      control.disabled = false;
    }
  }
}

function styled() {
  const address = `${base}static/pictures.css`;
  if (document.querySelector(`link[href="${address}"]`)) return;
  document.head.append(element("link", { rel: "stylesheet", href: address }));
}
