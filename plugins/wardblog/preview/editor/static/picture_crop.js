// Shows a picture turned, with a frame around the part that is kept. The frame is moved by a
// pointer or a finger; the sliders beside it do the same from the keyboard.

import { element } from "./api.js";

const SIDES = ["left", "top", "right", "bottom"];
const CORNERS = [["left", "top"], ["right", "top"], ["left", "bottom"], ["right", "bottom"]];
// The smallest part that can be kept, of the whole.
const LEAST = 0.05;

const between = (low, value, high) => Math.min(high, Math.max(low, value));
const whole = () => ({ left: 0, top: 0, right: 1, bottom: 1 });

/**
 * The picture, its frame and four sliders: `view` and `sliders` are elements for the page.
 * `turn` counts quarter turns to the right, and `part` has the sides of the frame, from 0 to 1 of
 * the turned picture. `onchange` is called after each change.
 */
export class CropView {
  constructor(image, size, onchange) {
    this.image = image;
    this.size = size;
    this.onchange = onchange;
    this.turn = 0;
    this.part = whole();
    this.ratio = null;
    this.canvas = element("canvas", { role: "img", "aria-label": "The picture that you chose" });
    this.frame = element("div", { class: "frame" }, ...CORNERS.map((sides) => this.#handle(sides)));
    this.view = element("div", { class: "crop" }, this.canvas, this.frame);
    this.inputs = {};
    this.sliders = element("div", { class: "sliders" }, ...SIDES.map((side) => this.#slider(side)));
    this.frame.addEventListener("pointerdown", (event) => this.#drag(event, SIDES));
    this.#draw();
    this.#show();
  }

  /** Width and height of the turned picture, in pixels. */
  get turned() {
    return this.turn % 2 ? [this.size[1], this.size[0]] : [...this.size];
  }

  /** The part that is kept in pixels, as [left, top, right, bottom]. */
  get box() {
    const [width, height] = this.turned;
    const { left, top, right, bottom } = this.part;
    const [x, y] = [Math.round(left * width), Math.round(top * height)];
    return [
      Math.min(x, width - 1),
      Math.min(y, height - 1),
      Math.max(Math.min(x, width - 1) + 1, Math.round(right * width)),
      Math.max(Math.min(y, height - 1) + 1, Math.round(bottom * height)),
    ];
  }

  get isWhole() {
    const { left, top, right, bottom } = this.part;
    return left === 0 && top === 0 && right === 1 && bottom === 1;
  }

  /** Turn by quarter turns to the right; the frame turns with the picture. */
  turnBy(turns) {
    for (let left = (turns + 4) % 4; left > 0; left -= 1) {
      const part = this.part;
      this.part = { left: 1 - part.bottom, top: part.left, right: 1 - part.top, bottom: part.right };
      this.turn = (this.turn + 1) % 4;
      if (this.ratio) this.ratio = 1 / this.ratio;
    }
    this.#draw();
    this.#changed();
  }

  /** Keep the largest part of this shape in the middle; null for the whole picture. */
  shape(ratio) {
    this.ratio = ratio;
    this.part = whole();
    if (ratio) {
      const [width, height] = this.turned;
      const kept = (width / height) / ratio;
      const across = (1 - Math.min(1, 1 / kept)) / 2;
      const down = (1 - Math.min(1, kept)) / 2;
      this.part = { left: across, top: down, right: 1 - across, bottom: 1 - down };
    }
    this.#changed();
  }

  #handle(sides) {
    const handle = element("span", { class: `handle ${sides.map((side) => `at-${side}`).join(" ")}` });
    handle.addEventListener("pointerdown", (event) => this.#drag(event, sides));
    return handle;
  }

  #slider(side) {
    const input = element("input", { type: "range", min: "0", max: "95", step: "1", value: "0" });
    input.addEventListener("input", () => {
      const cut = Number(input.value) / 100;
      this.ratio = null;
      this.#set(side, side === "left" || side === "top" ? cut : 1 - cut);
      this.#changed();
    });
    this.inputs[side] = input;
    const names = { left: "at the left", right: "at the right", top: "at the top", bottom: "at the bottom" };
    return element("label", {}, `Cut off ${names[side]}`, input);
  }

  /** Put one side somewhere; the side opposite stays, and something stays between them. */
  #set(side, value) {
    const part = this.part;
    if (side === "left") part.left = between(0, value, part.right - LEAST);
    if (side === "right") part.right = between(part.left + LEAST, value, 1);
    if (side === "top") part.top = between(0, value, part.bottom - LEAST);
    if (side === "bottom") part.bottom = between(part.top + LEAST, value, 1);
  }

  #drag(event, sides) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const target = event.currentTarget;
    const { width, height } = this.canvas.getBoundingClientRect();
    const start = { ...this.part };
    const move = (next) => {
      const across = (next.clientX - event.clientX) / width;
      const down = (next.clientY - event.clientY) / height;
      if (sides === SIDES) this.#moveTo(start, across, down);
      else this.#pull(start, sides, across, down);
      this.#changed();
    };
    const end = () => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", end);
      target.removeEventListener("pointercancel", end);
    };
    target.setPointerCapture(event.pointerId);
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", end);
    target.addEventListener("pointercancel", end);
  }

  #moveTo(start, across, down) {
    const x = between(-start.left, across, 1 - start.right);
    const y = between(-start.top, down, 1 - start.bottom);
    this.part = {
      left: start.left + x, right: start.right + x, top: start.top + y, bottom: start.bottom + y,
    };
  }

  /** Pull a corner; with a shape, the height follows the width as far as there is room. */
  #pull(start, [side, edge], across, down) {
    this.part = { ...start };
    this.#set(side, start[side] + across);
    if (!this.ratio) {
      this.#set(edge, start[edge] + down);
      return;
    }
    const [width, height] = this.turned;
    const tall = width / height / this.ratio;
    const room = edge === "top" ? start.bottom : 1 - start.top;
    const span = Math.min(this.part.right - this.part.left, room / tall);
    if (side === "left") this.part.left = this.part.right - span;
    else this.part.right = this.part.left + span;
    if (edge === "top") this.part.top = start.bottom - span * tall;
    else this.part.bottom = start.top + span * tall;
  }

  #draw() {
    const { naturalWidth: width, naturalHeight: height } = this.image;
    const isLying = this.turn % 2 === 1;
    this.canvas.width = isLying ? height : width;
    this.canvas.height = isLying ? width : height;
    const context = this.canvas.getContext("2d");
    context.translate(this.canvas.width / 2, this.canvas.height / 2);
    context.rotate((this.turn * Math.PI) / 2);
    context.drawImage(this.image, -width / 2, -height / 2);
  }

  #show() {
    const { left, top, right, bottom } = this.part;
    const style = this.frame.style;
    style.left = `${left * 100}%`;
    style.top = `${top * 100}%`;
    style.width = `${(right - left) * 100}%`;
    style.height = `${(bottom - top) * 100}%`;
    this.frame.classList.toggle("moves", !this.isWhole);
    const cut = { left, top, right: 1 - right, bottom: 1 - bottom };
    for (const side of SIDES) {
      const value = Math.round(cut[side] * 100);
      if (Number(this.inputs[side].value) !== value) this.inputs[side].value = value;
      this.inputs[side].setAttribute("aria-valuetext", `${value} per cent`);
    }
  }

  #changed() {
    this.#show();
    this.onchange();
  }
}
