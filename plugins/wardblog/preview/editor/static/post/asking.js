// What the form and the buttons above the text ask for in dialogs.

import { embedded, sayError } from "../api.js";
import { link, linkAround, paragraph, table } from "./commands.js";
import { askForLink, askForReason, askForTable } from "./dialogs.js";
import { sentence } from "./dom.js";

/** `file` is that of the post; `fields()` and `editor()` are its form and its text. */
export function asking({ file, fields, editor, changed }) {
  const orSay = (run) => async (...given) => {
    try {
      return await run(...given);
    } catch (error) {
      return sayError(error);
    }
  };

  async function addLink() {
    // In a link, it is that link which leads elsewhere from now on.
    const around = linkAround(editor().value(), ...editor().range());
    if (around) editor().select(around.from, around.to);
    const words = around ? around.words : editor().selection();
    const answer = await askForLink(words, embedded("others"));
    editor().focus();
    if (answer) editor().insert(link(answer.words, answer.address));
  }

  async function addTable() {
    const size = await askForTable();
    editor().focus();
    if (size) editor().edit((text, from) => table(text, from, size));
  }

  async function addPicture(given) {
    const pictures = await import("../pictures.js");
    const chosen = await pictures.choosePicture({ file: given, current: null });
    editor().focus();
    if (chosen) editor().edit(paragraph(pictures.markdownOf(chosen, file)));
  }

  async function choosePicture(name, index) {
    const pictures = await import("../pictures.js");
    const [path, description = ""] = (fields().field(name).values()[index] ?? "").split(" | ");
    const current = path ? { path, description } : null;
    const chosen = await pictures.choosePicture({ file: null, current });
    if (chosen) {
      fields().field(name).setAt(index, pictures.headerOf(chosen));
      changed();
    }
    fields().field(name).focus(index);
  }

  /** Says in `note` what a place of the form stands for. */
  async function tellPlace(note, value) {
    const told = await import("./place_told.js").catch(() => null);
    await told?.tellPlace(note, value, fields().values());
  }

  async function choosePlace(name, index) {
    const { choosePlace: choose } = await import("../places.js");
    const value = fields().field(name).values()[index] ?? "";
    const chosen = await choose({ value, fields: fields().values() });
    if (chosen) {
      fields().field(name).setAt(index, chosen.value);
      const before = fields().values().Precision?.[0] ?? "";
      if (chosen.precision !== before) fields().set("Precision", [chosen.precision].filter(Boolean));
      changed();
    }
    fields().field(name).focus(index);
  }

  /** Writes down why something that a check doubts is right; gives whether there is a reason. */
  async function answerCheck(message) {
    const reason = await askForReason(sentence(message));
    if (!reason) return false;
    const before = fields().values().Allow ?? [];
    fields().field("Allow").set([...before, `${message.rule} because ${reason}`]);
    changed();
    return true;
  }

  return {
    addLink,
    addTable,
    addPicture: orSay(addPicture),
    choosePicture: orSay(choosePicture),
    choosePlace: orSay(choosePlace),
    tellPlace,
    answerCheck,
  };
}
