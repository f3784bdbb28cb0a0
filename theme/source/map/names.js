/* Names on the map: where there is room, along streets and in the middle of areas. */

// Sharpest turn and sum of turns that a name follows, in radians; the least distance between two
// names of one street, in pixels; how far from the middle of its stretch a name may be.
const wardBends = { most: 0.5, all: 1.1 };
const wardApart = 260;
const wardShifts = [0, 0.2, -0.2, 0.35, -0.35];

/** A line with the distance of each point from its start, in the units of the base map. */
function wardRun(x, y) {
  const along = new Float64Array(x.length);
  for (let at = 1; at < x.length; at++) {
    along[at] = along[at - 1] + Math.hypot(x[at] - x[at - 1], y[at] - y[at - 1]);
  }
  return { x, y, along, length: along.at(-1) };
}

/** The middle of the widest part of an area, on a level with its centre; `length` is its width. */
function wardMiddle(x, y) {
  let [top, bottom] = [Infinity, -Infinity];
  for (const one of y) [top, bottom] = [Math.min(top, one), Math.max(bottom, one)];
  const level = (top + bottom) / 2;
  const crossings = [];
  for (let at = 0, last = x.length - 1; at < x.length; last = at, at++) {
    if ((y[at] > level) === (y[last] > level)) continue;
    crossings.push(x[at] + (level - y[at]) / (y[last] - y[at]) * (x[last] - x[at]));
  }
  crossings.sort((one, other) => one - other);
  let [middle, length] = [x[0], 0];
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const width = crossings[at + 1] - crossings[at];
    if (width > length) [middle, length] = [crossings[at] + width / 2, width];
  }
  return { middle: [middle, level], length };
}

/** What of the canvas is taken: marks and names do not overlap. */
class WardRoom {
  constructor({ min, max }) {
    this.step = 5; // pixels
    [this.left, this.top] = [min.x, min.y];
    this.columns = Math.ceil((max.x - min.x) / this.step);
    this.rows = Math.ceil((max.y - min.y) / this.step);
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  /** Takes boxes of [left, top, right, bottom] if all of them are free, or if it `must`. */
  take(boxes, must = false) {
    const cells = boxes.map((box) => this.cells(box));
    if (!must && cells.some((cell) => this.isTaken(...cell))) return false;
    for (const [left, top, right, bottom] of cells) {
      for (let row = top; row <= bottom; row++) {
        this.taken.fill(1, row * this.columns + left, row * this.columns + right + 1);
      }
    }
    return true;
  }

  /** The columns and rows of a box; none if it is elsewhere. */
  cells([left, top, right, bottom]) {
    return [
      Math.max(0, Math.floor((left - this.left) / this.step)),
      Math.max(0, Math.floor((top - this.top) / this.step)),
      Math.max(-1, Math.min(this.columns - 1, Math.floor((right - this.left) / this.step))),
      Math.max(-1, Math.min(this.rows - 1, Math.floor((bottom - this.top) / this.step))),
    ];
  }

  isTaken(left, top, right, bottom) {
    for (let row = top; row <= bottom; row++) {
      for (let at = row * this.columns + left; at <= row * this.columns + right; at++) {
        if (this.taken[at]) return true;
      }
    }
    return false;
  }
}

/** How wide a text is in the canvas's font, which is the same for all texts of one map. */
function wardWidth(widths, context, text) {
  if (!widths.has(text)) widths.set(text, context.measureText(text).width);
  return widths.get(text);
}

/** Draws the names of the base map, most important first. */
class WardNames {
  constructor(ground) {
    this.ground = ground;
  }

  draw(context, bounds, map, room) {
    const zoom = map.getZoom();
    this.frame = wardFrame(map, this.ground.centre);
    if (zoom !== this.zoom) this.prepare(zoom);
    const still = context.getTransform();
    Object.assign(this, { context, still, bounds, room, placed: new Map() });
    context.font = this.font = wardFont(this.size);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = wardColour("--map-name-halo");
    context.fillStyle = wardColour("--map-name");
    const most = zoom < 14.6 ? 2 : zoom < 16.5 ? 3 : 4;
    for (const name of this.ground.names) {
      if (name.rank > most) continue;
      if (name.middle) this.inMiddle(name);
      else this.alongLine(name);
    }
    context.setTransform(still);
  }

  /** Forgets what was found out for another zoom. */
  prepare(zoom) {
    const size = zoom < 15 ? 12 : zoom < 17.5 ? 13 : 15;
    if (size !== this.size) this.widths = new Map();
    Object.assign(this, { zoom, size, slots: new Map() });
  }

  width(text) {
    return wardWidth(this.widths, this.context, text);
  }

  isSeen(x, y, reach) {
    const { min, max } = this.bounds;
    return x > min.x - reach && x < max.x + reach && y > min.y - reach && y < max.y + reach;
  }

  /** Writes the name of an area, in italics if it is a green or water. */
  inMiddle({ name, kind, middle, length }) {
    const { scale, x, y } = this.frame;
    const at = [middle[0] * scale + x, middle[1] * scale + y];
    if (length * scale < 40 || !this.isSeen(...at, 100)) return;
    const most = Math.max(10, Math.min(26, length * scale / this.size * 1.4));
    const lines = wardWrapped(name, Math.floor(most));
    if (lines.at(-1).endsWith("…")) return; // whole, or not until the map is enlarged
    const width = Math.max(...lines.map((line) => this.width(line)));
    const high = this.size * 1.2;
    const top = at[1] - high * lines.length / 2;
    const box = [at[0] - width / 2, top, at[0] + width / 2, top + high * lines.length];
    if (width > length * scale * 1.1 || !this.room.take([box])) return;
    if (kind !== "building") this.context.font = wardFont(this.size, "italic");
    lines.forEach((line, number) => this.write(line, at[0], top + high * (number + 0.5), 0));
    this.context.font = this.font;
  }

  alongLine(line) {
    const whole = line.length * this.frame.scale;
    if (whole < line.name.length * this.size * 0.4) return; // too short, without measuring it
    const width = this.width(line.name) + 6;
    if (whole < width) return;
    if (!this.slots.has(line)) this.slots.set(line, this.slotsOf(line, whole, width));
    for (const slot of this.slots.get(line)) {
      for (const spot of slot) {
        if (this.place(line, spot, width)) break;
      }
    }
  }

  /** Where a name may be written: every so often along its line, with other spots nearby. */
  slotsOf(line, whole, width) {
    const count = Math.max(1, Math.floor(whole / Math.max(2.5 * width, 400)));
    return Array.from({ length: count }, (_, slot) => wardShifts
      .map((shift) => (slot + 0.5 + shift) * whole / count - width / 2)
      .filter((start) => start >= 0 && start + width <= whole)
      .map((start) => ({ start, middle: wardPointAt(line, start + width / 2, this.frame.scale) })));
  }

  /** Writes a name on a stretch of its line, if that is in view, free and not too bent. */
  place(line, spot, width) {
    const { scale, x, y } = this.frame;
    const middle = [spot.middle[0] + x, spot.middle[1] + y];
    if (!this.isSeen(...middle, width / 2)) return true; // elsewhere it would not be seen either
    const before = this.placed.get(line.name) ?? [];
    if (before.some(([left, top]) =>
      Math.hypot(left - middle[0], top - middle[1]) < wardApart)) return false;
    spot.isBent ??= wardIsBent(line, spot.start / scale, (spot.start + width) / scale);
    if (spot.isBent) return false;
    const half = this.size * 0.55;
    spot.points ??= Array.from({ length: Math.floor(width / half) }, (_, number) =>
      wardPointAt(line, spot.start + half * (number + 0.5), scale));
    if (!this.room.take(spot.points.map(([left, top]) =>
      [left + x - half, top + y - half, left + x + half, top + y + half]))) return false;
    this.placed.set(line.name, [...before, middle]);
    spot.letters ??= this.letters(line, spot, width);
    for (const way of ["strokeText", "fillText"]) {
      spot.letters.forEach(([text, left, top, angle]) => {
        this.write(text, left + x, top + y, angle, way);
      });
    }
    return true;
  }

  /** A name as texts with their places and angles: one if its stretch is straight, or letters. */
  letters(line, { start, middle }, width) {
    const at = (pixels) => wardPointAt(line, pixels, this.frame.scale);
    const [from, to] = [at(start), at(start + width)];
    const across = to[0] - from[0];
    const down = to[1] - from[1];
    // From left to right; on a street that runs almost north, upwards.
    const isBack = Math.abs(across) < 0.2 * Math.abs(down) ? down > 0 : across < 0;
    const turn = isBack ? Math.PI : 0;
    const sag = Math.abs(across * (middle[1] - from[1]) - down * (middle[0] - from[0]))
      / Math.hypot(across, down);
    const isPlain = /^[\u0020-\u024f\u1e00-\u1eff\u2019]*$/.test(line.name);
    if (sag < 2 || !isPlain) {
      const centre = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      return [[line.name, ...centre, Math.atan2(down, across) + turn]];
    }
    return [...line.name].map((letter, number) => {
      const before = this.width(line.name.slice(0, number));
      const along = (before + this.width(line.name.slice(0, number + 1))) / 2 + 3;
      const on = isBack ? start + width - along : start + along;
      const [[x1, y1], [x2, y2]] = [at(on - 6), at(on + 6)];
      return [letter, ...at(on), Math.atan2(y2 - y1, x2 - x1) + turn];
    });
  }

  /** Writes a text around its middle, turned by an angle: its edge, its letters, or both. */
  write(text, x, y, angle, way) {
    const { context, still } = this;
    const [across, down] = [still.a * Math.cos(angle), still.a * Math.sin(angle)];
    context.setTransform(across, down, -down, across, still.a * x + still.e, still.a * y + still.f);
    if (way !== "fillText") context.strokeText(text, 0, 0);
    if (way !== "strokeText") context.fillText(text, 0, 0);
  }
}

/** The number of the last point before a distance from the start of a line. */
function wardBefore({ along }, distance) {
  let [low, high] = [0, along.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (along[middle] <= distance) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where a line is at this many pixels from its start, in pixels from the map's centre. */
function wardPointAt(line, pixels, scale) {
  const distance = Math.max(0, Math.min(pixels / scale, line.length));
  const at = wardBefore(line, distance);
  const share = (distance - line.along[at]) / (line.along[at + 1] - line.along[at] || 1);
  return [
    (line.x[at] + (line.x[at + 1] - line.x[at]) * share) * scale,
    (line.y[at] + (line.y[at + 1] - line.y[at]) * share) * scale,
  ];
}

/** Whether a line turns too sharply for a name between two distances from its start. */
function wardIsBent(line, from, to) {
  let sum = 0;
  for (let at = wardBefore(line, from) + 1; at < line.along.length - 1 && line.along[at] < to; at++) {
    const angle = (one) => Math.atan2(line.y[one + 1] - line.y[one], line.x[one + 1] - line.x[one]);
    let turn = Math.abs(angle(at) - angle(at - 1));
    if (turn > Math.PI) turn = 2 * Math.PI - turn;
    sum += turn;
    if (turn > wardBends.most || sum > wardBends.all) return true;
  }
  return false;
}
