/* The places on the canvas: marks, numbers and names. */

/** All places as one layer: it draws 50,000 of them quickly, and adds no tab stops. */
const WardDots = WardPath.extend({
  initialize(places) {
    this.places = places;
    this.names = null; // those of the base map, once there is one
    this.shapes = new Map();
    this.widths = new Map();
    this.left = new Float64Array(places.count);
    this.top = new Float64Array(places.count);
  },

  _project() {
    WardPath.prototype._project.call(this);
    const { count, x, y } = this.places;
    const scale = 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin();
    for (let index = 0; index < count; index++) {
      this.left[index] = x[index] * scale - origin.x;
      this.top[index] = y[index] * scale - origin.y;
    }
    // At every zoom the same, if only those at one spot share a mark.
    if (this.zoom !== this._map.getZoom() && !(this.groups && count > wardMost.large)) {
      this.groups = this.group();
      this.heads = [...this.groups.keys()].sort((one, other) => other - one);
    }
    this.zoom = this._map.getZoom();
  },

  /** Half the width of an exact place, in pixels. */
  radius() {
    const { count } = this.places;
    if (count <= wardMost.numbered) return 12;
    if (count <= wardMost.large) return 8;
    return this._map.getZoom() >= 16 ? 7 : count > 5000 ? 3.5 : 5;
  },

  /** The places that share a mark, by the one whose mark it is: those whose marks would overlap,
      or if there are many places, those at one spot. */
  group() {
    const { places, left, top } = this;
    const near = 1.4 * this.radius();
    const heads = [];
    const first = new Map();
    const groups = new Map();
    for (const index of places.exactFirst) {
      const head = places.count > wardMost.large
        ? first.get(places.spot(index))
        : heads.find((one) => Math.hypot(left[one] - left[index], top[one] - top[index]) <= near);
      if (head === undefined) {
        heads.push(index);
        first.set(places.spot(index), index);
        groups.set(index, [index]);
      } else groups.get(head).push(index);
    }
    return groups;
  },

  draw(context, bounds) {
    const { places, left, top } = this;
    const reach = this.radius() + 4;
    const seen = [];
    // The first place in the list is drawn on top.
    for (const index of this.heads) {
      if (left[index] > bounds.min.x - reach && left[index] < bounds.max.x + reach
        && top[index] > bounds.min.y - reach && top[index] < bounds.max.y + reach) seen.push(index);
    }
    const room = new WardRoom(bounds);
    const labels = this.labels(context, room, seen);
    this.names?.draw(context, bounds, this._map, room);
    this.drawAreas(context);
    places.before.forEach(([index, from]) => this.drawWay(context, index, from));
    for (const index of seen) {
      if (places.radius(index)) continue;
      const shape = this.shape(index);
      context.drawImage(shape.image, left[index] - shape.half, top[index] - shape.half,
        2 * shape.half, 2 * shape.half);
    }
    seen.forEach((index) => this.drawNumber(context, index));
    labels.forEach((label) => this.drawLabel(context, label));
  },

  /** The names of the places that have room for them, with their lines and where these start. */
  labels(context, room, seen) {
    const { places, left, top } = this;
    const reach = this.radius();
    const { min, max } = this._map.wardControls();
    const view = wardView(this._map);
    // Nothing is written under the controls, nor under the scale in the other corner.
    room.take([[min.x, min.y, max.x, max.y],
      [view.min.x, view.max.y - 30, view.min.x + 100, view.max.y]], true);
    for (const index of seen.length > wardMost.large ? [] : seen) {
      const [x, y] = [left[index], top[index]];
      room.take([[x - reach, y - reach, x + reach, y + reach]], true);
    }
    if (seen.length > wardMost.named) return [];
    context.font = wardFont(13, 600);
    return [...seen].reverse().map((index) => this.label(context, room, index)).filter(Boolean);
  },

  /** A place's name beside, below or above its mark; null if there is no room for it in view. */
  label(context, room, index) {
    const [x, y] = [this.left[index], this.top[index]];
    const reach = this.radius() + room.step; // nearer, it would share a square with its own mark
    const lines = wardWrapped(this.places.name(index), 17);
    const width = Math.max(...lines.map((line) => wardWidth(this.widths, context, line)));
    const high = lines.length * 15;
    const beside = reach + (this.groups.get(index).length > 1 ? 8 : 0); // or above a count
    const view = wardView(this._map);
    const isSeen = view.contains([x, y]);
    for (const [align, start, above] of [["left", x + beside, y - high / 2],
      ["right", x - reach - width, y - high / 2], ["center", x - width / 2, y + reach],
      ["center", x - width / 2, y - beside - high]]) {
      const box = [start, above, start + width, above + high];
      if (isSeen && !view.contains(L.bounds(box.slice(0, 2), box.slice(2)))) continue;
      if (!room.take([box])) continue;
      return { lines, align, x: { left: start, right: start + width, center: x }[align],
        y: above + 7.5 };
    }
    return null;
  },

  drawLabel(context, { lines, align, x, y }) {
    context.font = wardFont(13, 600);
    context.textAlign = align;
    context.textBaseline = "middle";
    this.halo(context, lines, x, y, 15);
    context.fillStyle = wardColour("--ink");
    lines.forEach((line, number) => context.fillText(line, x, y + 15 * number));
  },

  /** Paper around the letters of lines, which are so many pixels high. */
  halo(context, lines, x, y, high) {
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = wardColour("--paper");
    lines.forEach((line, number) => context.strokeText(line, x, y + high * number));
  },

  /** Circles around approximate places: one for all that share a rounded position. */
  drawAreas(context) {
    const { places, left, top } = this;
    const drawn = new Set();
    for (let index = places.count - 1; index >= 0; index--) {
      if (!places.radius(index)) continue;
      const area = `${places.spot(index)} ${places.radius(index)} ${places.issue(index)}`;
      if (drawn.has(area)) continue;
      drawn.add(area);
      context.fillStyle = context.strokeStyle = places.colours[places.issue(index)];
      context.lineWidth = 2;
      context.beginPath();
      context.arc(left[index], top[index], this.areaRadius(index), 0, 2 * Math.PI);
      context.stroke();
      context.globalAlpha = 0.06;
      context.fill();
      context.globalAlpha = 1;
    }
  },

  areaRadius(index) {
    const lat = this.places.at(index).lat * Math.PI / 180;
    const metresInPixel = 40075016.686 * Math.cos(lat) / 2 ** (this._map.getZoom() + 8);
    return Math.max(this.places.radius(index) / metresInPixel, this.radius());
  },

  /** Draws a line from a place's previous position. */
  drawWay(context, index, from) {
    const point = this._map.latLngToLayerPoint(from);
    context.strokeStyle = this.places.colours[this.places.issue(index)];
    context.lineWidth = 3;
    context.beginPath();
    context.moveTo(point.x, point.y);
    context.lineTo(this.left[index], this.top[index]);
    context.moveTo(point.x + 6, point.y);
    context.arc(point.x, point.y, 6, 0, 2 * Math.PI);
    context.stroke();
  },

  /** The symbol for one kind of place, drawn once until the colours change. */
  shape(index) {
    const { places, shapes } = this;
    const key = `${places.issue(index)} ${places.mark(index)} ${this.radius()}`;
    if (!shapes.has(key)) {
      shapes.set(key, this.drawShape(places.colours[places.issue(index)], places.mark(index)));
    }
    return shapes.get(key);
  },

  drawShape(colour, mark) {
    const radius = this.radius();
    const half = Math.ceil(radius * 1.5 + 3);
    const sharp = Math.max(window.devicePixelRatio, 1);
    const image = wardElement("canvas", { width: 2 * half * sharp, height: 2 * half * sharp });
    const context = image.getContext("2d");
    context.scale(sharp, sharp);
    context.translate(half, half);
    context.beginPath();
    if (mark === "closed") {
      context.rect(-radius * 0.85, -radius * 0.85, radius * 1.7, radius * 1.7);
    } else if (wardCorners[mark]) {
      wardCorners[mark].forEach(([x, y]) => context.lineTo(radius * x, radius * y));
      context.closePath();
    } else {
      context.arc(0, 0, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = mark === "gone" ? wardColour("--paper") : colour;
    context.strokeStyle = mark === "gone" ? colour : wardColour("--paper");
    if (mark === "gone") context.setLineDash([4, 3]);
    context.lineWidth = radius > 5 ? 2 : 1;
    context.fill();
    context.stroke();
    return { image, half };
  },

  /** Draws a place's number inside its mark; how many share the mark, on its upper corner. */
  drawNumber(context, index) {
    const { places } = this;
    const [x, y] = [this.left[index], this.top[index]];
    const count = this.groups.get(index).length;
    const radius = this.radius();
    const isCounted = count > 1 && radius >= 7;
    if (!isCounted && places.count > wardMost.numbered) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (places.count <= wardMost.numbered) {
      context.font = wardFont(13, 600);
      const isHollow = places.radius(index) || places.mark(index) === "gone";
      context.fillStyle = wardColour(isHollow ? "--ink" : "--paper");
      if (places.radius(index)) this.halo(context, [index + 1], x, y + 1, 15);
      context.fillText(index + 1, x, y + 1);
    }
    if (!isCounted) return;
    const away = places.radius(index) ? radius + 3 : radius * 0.8;
    context.font = wardFont(11, 700);
    const half = Math.max(8, context.measureText(count).width / 2 + 4);
    context.beginPath();
    context.roundRect(x + away - half, y - away - 8, 2 * half, 16, 8);
    context.fillStyle = wardColour("--ink");
    context.strokeStyle = wardColour("--paper");
    context.lineWidth = 2;
    context.stroke();
    context.fill();
    context.fillStyle = wardColour("--paper");
    context.fillText(String(count), x + away, y - away + 0.5);
  },

  /** The places under a finger at this point: the nearest, with those that share its mark. */
  hits(point) {
    const { places, left, top } = this;
    const away = (index, x, y) => Math.hypot(left[index] - x, top[index] - y);
    let nearest = -1;
    let least = Infinity;
    for (let index = 0; index < places.count; index++) {
      const reach = places.radius(index) ? this.areaRadius(index) : wardNear;
      const distance = away(index, point.x, point.y);
      // A dot takes precedence over the circle beneath it.
      const rank = places.radius(index) ? wardNear + distance : distance;
      if (distance <= reach && rank < least) [nearest, least] = [index, rank];
    }
    if (nearest < 0) return [];
    if (places.count <= wardMost.large) {
      return [...this.groups.values()].find((group) => group.includes(nearest));
    }
    const found = [];
    for (let index = 0; index < places.count; index++) {
      if (away(index, left[nearest], top[nearest]) <= this.radius()) found.push(index);
    }
    return [nearest, ...found.filter((index) => index !== nearest)];
  },

  _containsPoint(point) {
    return this.hits(point).length > 0;
  },
});
