/* The base map: greens, water, buildings, railways, paths and roads below the places. */

// All is kept in pixels at this zoom, counted from the middle of the base map: the canvas scales
// it, so that nothing is projected again.
const wardUnit = 17;
const wardCell = 256; // pixels at that zoom: what is near each other is one path
// How each kind is drawn: from which zoom, in which colours, how wide at which zoom (in pixels),
// and how early its names get their room. A road without a name, among others, is mostly
// a drive, and narrower.
const wardMinor = 0.55;
const wardKinds = {
  green: { fill: "--map-green", line: "--map-green", width: [[13, 1], [19, 3]], rank: 1 },
  water: { fill: "--map-water", line: "--map-water", width: [[13, 1], [16, 3], [19, 10]], rank: 1 },
  building: { from: 15.3, fill: "--map-building", outline: "--map-road-edge", rank: 4 },
  rail: { line: "--map-rail", width: [[13, 1.2], [16, 2.4], [19, 5]], ties: [6, 6], rank: 4 },
  path: { from: 14.6, line: "--map-path", width: [[14, 0.8], [16, 1.4], [19, 3]], dash: [4, 3],
    rank: 3 },
  road: { line: "--map-road", edge: "--map-road-edge",
    width: [[12, 0.6], [14, 2], [15, 3.6], [16, 6.5], [17, 11], [18, 17], [19, 28]], rank: 2 },
  "road-major": { line: "--map-major", edge: "--map-major-edge",
    width: [[12, 2], [14, 3.6], [15, 5.6], [16, 9], [17, 14], [18, 22], [19, 34]], rank: 0 },
};

/** The value at a zoom between the nearest two of [zoom, value]. */
function wardBetween(stops, zoom) {
  const next = stops.findIndex(([at]) => at > zoom);
  if (next === 0) return stops[0][1];
  if (next < 0) return stops.at(-1)[1];
  const [[from, less], [to, more]] = [stops[next - 1], stops[next]];
  return less + (more - less) * (zoom - from) / (to - from);
}

/** Running totals of differences, in degrees. */
function wardDegrees(steps, perDegree = 100000) {
  let sum = 0;
  return Float64Array.from(steps, (step) => (sum += step) / perDegree);
}

/** Where longitudes and latitudes are in the square world of web maps, from 0 to 1. */
const wardAcross = (longitude) => longitude / 360 + 0.5;
const wardDown = (latitude) => 0.5 - Math.asinh(Math.tan(latitude * Math.PI / 180)) / (2 * Math.PI);

/** Twice the area of a ring; negative if it runs clockwise on the map, as holes do. */
function wardTwiceArea(x, y, start, end) {
  let sum = 0;
  for (let at = start, last = end - 1; at < end; last = at, at++) {
    sum += x[at] * y[last] - x[last] * y[at];
  }
  return sum;
}

/** The base map from its file, as paths and names, or null if nothing of it can be drawn; unknown
    kinds are left out. */
function wardGround({ perDegree, layers }) {
  const ground = { centre: null, layers: [], names: [] };
  for (const layer of layers) {
    if (!wardKinds[layer.kind] || !layer.size.length) continue;
    const x = wardDegrees(layer.lon, perDegree).map(wardAcross);
    const y = wardDegrees(layer.lat, perDegree).map(wardDown);
    ground.centre ??= [x[0], y[0]];
    const units = 256 * 2 ** wardUnit;
    for (let at = 0; at < x.length; at++) {
      x[at] = (x[at] - ground.centre[0]) * units;
      y[at] = (y[at] - ground.centre[1]) * units;
    }
    const isMixed = layer.kind === "road" && !layer.area && layer.names.some(Boolean);
    for (const part of isMixed ? ["minor", "named"] : ["all"]) {
      ground.layers.push(wardGroundLayer(layer, x, y, part, ground.names));
    }
  }
  ground.names.sort((one, other) => one.rank - other.rank || other.length - one.length);
  return ground.centre && ground;
}

/** A layer's lines, or those with or without names, gathered into one path for each cell of the
    map; adds the names to `names`. */
function wardGroundLayer(layer, x, y, part, names) {
  const cells = new Map();
  const style = wardKinds[layer.kind];
  let cell = null;
  let start = 0;
  layer.size.forEach((size, number) => {
    const end = start + size;
    const from = start;
    start = end;
    const name = layer.names[layer.name.length ? layer.name[number] : 0];
    if (part !== "all" && (part === "named") !== Boolean(name)) return;
    // A hole has to be in the path of the area around it.
    if (!cell || !layer.area || wardTwiceArea(x, y, from, end) > 0) {
      cell = wardCellAt(cells, x[from], y[from]);
    }
    cell.path.moveTo(x[from], y[from]);
    for (let at = from; at < end; at++) {
      if (at > from) cell.path.lineTo(x[at], y[at]);
      if (x[at] < cell.left) cell.left = x[at];
      if (x[at] > cell.right) cell.right = x[at];
      if (y[at] < cell.top) cell.top = y[at];
      if (y[at] > cell.bottom) cell.bottom = y[at];
    }
    if (layer.area) cell.path.closePath();
    if (name) {
      const line = [x.subarray(from, end), y.subarray(from, end)];
      names.push({ name: name.split(" (")[0], kind: layer.kind, rank: style.rank,
        ...(layer.area ? wardMiddle(...line) : wardRun(...line)) });
    }
  });
  return { ...style, share: part === "minor" ? wardMinor : 1, isArea: layer.area, cells: [...cells.values()] };
}

function wardCellAt(cells, x, y) {
  const key = `${Math.floor(x / wardCell)} ${Math.floor(y / wardCell)}`;
  if (!cells.has(key)) {
    cells.set(key, {
      path: new Path2D(), left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity,
    });
  }
  return cells.get(key);
}

/** A Leaflet path that draws itself on the canvas and covers the whole map. */
const WardPath = L.Path.extend({
  _update() {
    if (this._map) this._updatePath();
  },
  _project() {
    this._pxBounds = this._renderer._bounds;
  },
  _updatePath() {
    if (!this._renderer._drawing) return;
    this._pxBounds = this._renderer._bounds;
    this._renderer._ctx.save();
    this._renderer._ctx.globalAlpha = 1; // Leaflet leaves that of its own path
    this.draw(this._renderer._ctx, this._renderer._bounds);
    this._renderer._ctx.restore();
  },
});

/** How much larger than at `wardUnit` the map is drawn, and where the base map's middle is. */
function wardFrame(map, [across, down]) {
  const world = 256 * 2 ** map.getZoom();
  const origin = map.getPixelOrigin();
  return { scale: world / (256 * 2 ** wardUnit), x: across * world - origin.x,
    y: down * world - origin.y };
}

const WardGround = WardPath.extend({
  options: { interactive: false },

  initialize(ground) {
    this.ground = ground;
    this.names = new WardNames(ground);
  },

  draw(context, bounds) {
    const zoom = this._map.getZoom();
    const { scale, x, y } = wardFrame(this._map, this.ground.centre);
    context.translate(x, y);
    context.scale(scale, scale);
    context.lineJoin = "round";
    const view = { left: (bounds.min.x - x) / scale, top: (bounds.min.y - y) / scale,
      right: (bounds.max.x - x) / scale, bottom: (bounds.max.y - y) / scale };
    const layers = this.ground.layers.filter(({ from = 0 }) => zoom >= from);
    const brush = { context, scale, zoom, view };
    layers.filter(({ edge }) => !edge).forEach((layer) => this.paint(layer, brush));
    // Where roads meet, no edge crosses another road.
    const roads = layers.filter(({ edge }) => edge);
    if (zoom >= 13) roads.forEach((layer) => this.paintEdges(layer, brush));
    roads.forEach((layer) => this.paint(layer, brush));
  },

  paint(layer, { context, scale, zoom, view }) {
    if (layer.isArea) {
      context.fillStyle = wardColour(layer.fill ?? layer.line);
      this.each(layer, view, 0, (path) => context.fill(path));
      if (!layer.outline || zoom < 17) return;
      context.strokeStyle = wardColour(layer.outline);
      context.lineWidth = 0.7 / scale;
      this.each(layer, view, 0, (path) => context.stroke(path));
      return;
    }
    const width = layer.share * wardBetween(layer.width ?? [[13, 1]], zoom) / scale;
    const draw = () => this.each(layer, view, width, (path) => context.stroke(path));
    context.strokeStyle = wardColour(layer.line ?? layer.fill);
    context.lineCap = layer.dash ? "butt" : "round";
    context.lineWidth = width;
    context.setLineDash((layer.dash ?? []).map((length) => length / scale));
    draw();
    if (layer.ties && width * scale > 2) {
      context.lineCap = "butt";
      context.strokeStyle = wardColour("--map-land");
      context.lineWidth = width - 1.4 / scale;
      context.setLineDash(layer.ties.map((length) => length / scale));
      draw();
    }
    context.setLineDash([]);
  },

  paintEdges(layer, { context, scale, zoom, view }) {
    const edge = zoom < 15 ? 0.7 : 1;
    const inner = layer.isArea ? 0 : layer.share * wardBetween(layer.width, zoom);
    const width = (inner + 2 * edge) / scale;
    context.strokeStyle = wardColour(layer.edge);
    context.lineCap = "round";
    context.lineWidth = width;
    this.each(layer, view, width, (path) => context.stroke(path));
  },

  /** The paths of the cells in view; `reach` is how far a line goes beyond its points. */
  each(layer, view, reach, act) {
    for (const cell of layer.cells) {
      if (cell.right + reach >= view.left && cell.left - reach <= view.right
        && cell.bottom + reach >= view.top && cell.top - reach <= view.bottom) act(cell.path);
    }
  },
});
