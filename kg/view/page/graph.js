// The network: vis-network carries the view (pan, zoom, drag); marks and labels are drawn here, at a
// size that hardly changes with the zoom, and a label is left out where it would cover another.

const canvas = byId("canvas");
const stillness = matchMedia("(prefers-reduced-motion: reduce)");
const NO_COLOUR = "rgba(0,0,0,0)";
const MOST_FILTERED = 150;
const NARROW = 560;
let colours = {};
let visible = new Set();
let visibleEdges = [];
let hovered = null;
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();

const edges = data.edges;
const edgesOf = new Map();
for (const edge of edges) {
  for (const end of [edge.from, edge.to]) {
    if (!edgesOf.has(end)) edgesOf.set(end, []);
    edgesOf.get(end).push(edge);
  }
}
const edgesById = new Map(edges.map((edge) => [edge.id, edge]));

const network = new vis.Network(canvas, { nodes: nodeSet, edges: edgeSet }, {
  physics: { enabled: false },
  layout: { improvedLayout: false, randomSeed: 1 },
  interaction: { hover: false, selectConnectedEdges: false, selectable: true, zoomSpeed: 0.7 },
  nodes: { shape: "custom", ctxRenderer: () => ({ drawNode() {} }), chosen: false },
  edges: { smooth: false, chosen: false, color: { color: NO_COLOUR, highlight: NO_COLOUR, hover: NO_COLOUR } },
});

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "surface", "ink", "ink-soft", "actor", "actor-ink", "event", "event-soft", "event-ink",
    "place", "place-ink", "edge", "edge-target", "edge-place", "edge-says", "focus", "font"];
  colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

// ---- what is shown

let places = null;

// The page opens on places made for the main actors in a wide or a narrow window; whatever else is
// shown has places among all nodes.
function choosePlaces() {
  const opening = canvas.clientWidth < NARROW ? "narrow" : "wide";
  const wanted = isOpening() ? opening : "all";
  if (wanted === places) return false;
  places = wanted;
  for (const node of nodes.values()) [node.x, node.y] = node[places] ?? node.all;
  return true;
}

const isOpening = () => !isFiltered() && !state.showAll && !state.added.size;

function chooseVisible() {
  const shown = new Set();
  const add = (id) => {
    if (!nodes.has(id)) return;
    shown.add(id);
    for (const partner of partnersOf(events.get(id))) if (nodes.has(partner)) shown.add(partner);
  };
  const opening = canvas.clientWidth < NARROW ? "narrow" : "wide";
  for (const node of nodes.values()) {
    if (!events.has(node.id) || !passes(events.get(node.id))) continue;
    if (state.added.has(node.id)) add(node.id);
    else if (isFiltered()) shown.size < MOST_FILTERED && add(node.id);
    else if (state.showAll || node[opening]) add(node.id);
  }
  for (const id of state.added) if (nodes.has(id) && !events.has(id)) shown.add(id);
  return shown;
}

function redrawGraph({ fit = false } = {}) {
  const moved = choosePlaces();
  if (moved) {
    nodeSet.clear();
    edgeSet.clear();
    [visible, visibleEdges] = [new Set(), []];
  }
  const shown = chooseVisible();
  nodeSet.remove([...visible].filter((id) => !shown.has(id)));
  nodeSet.add([...shown].filter((id) => !visible.has(id)).map((id) => {
    const { x, y, size } = nodes.get(id);
    return { id, x, y, size };
  }));
  const before = new Set(visibleEdges.map((edge) => edge.id));
  visible = shown;
  visibleEdges = edges.filter((edge) => visible.has(edge.from) && visible.has(edge.to));
  const now = new Set(visibleEdges.map((edge) => edge.id));
  edgeSet.remove([...before].filter((id) => !now.has(id)));
  edgeSet.add(visibleEdges.filter((edge) => !before.has(edge.id)).map(({ id, from, to }) => ({ id, from, to })));
  placed.key = "";
  tellCounts();
  if (fit || moved) fitGraph();
  else network.redraw();
}

function tellCounts() {
  const matching = passingEvents().length;
  const drawn = [...visible].filter((id) => events.has(id)).length;
  byId("count").textContent = `${drawn.toLocaleString("en")} of ${plural(matching, "event")}`;
  const empty = byId("empty");
  empty.hidden = visible.size > 0;
  empty.textContent = events.size ? "No event matches these filters." : "No event was found in this text.";
  const extent = byId("extent");
  extent.hidden = isFiltered() || (!state.showAll && drawn >= matching);
  extent.textContent = state.showAll ? "Main actors only" : "Show all";
  extent.setAttribute("aria-pressed", String(state.showAll));
}

// Zoom so that every mark shown, with room for its label, lies inside the window.
function fitGraph({ ids = [...visible], most = 1.5, animate = false } = {}) {
  if (!ids.length || !canvas.clientWidth) return;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const id of ids) {
    const { x, y } = nodes.get(id);
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  // Half a name on each side; among many nodes names stand beside their marks too.
  const margin = places === "all" && ids.length > 40 ? 200 : 132;
  const scale = Math.max(0.05, Math.min((width - margin) / Math.max(right - left, 1), (height - 96) / Math.max(bottom - top, 1), most));
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 + 8 / scale };
  network.moveTo({ position, scale, animation: animate && !stillness.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
}

// ---- drawing; inside, one unit is one pixel of the screen

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  placeLabels(ctx, scale);
  const bright = brightNodes();
  const focusEdge = edgesById.get(state.selected) ?? null;
  for (const edge of visibleEdges) drawEdge(ctx, edge, { scale, bright, focusEdge });
  // Marks without a label first and entities last, so that no label is drawn over.
  const layer = (id) => (placed.boxes.get(id).label ? 1 : 0) + (events.has(id) ? 0 : 2) + (bright?.has(id) ? 4 : 0);
  const order = [...visible].reverse().sort((a, b) => layer(a) - layer(b));
  for (const id of order) drawNode(ctx, nodes.get(id), { scale, faded: bright && !bright.has(id) });
  for (const id of order) drawLabel(ctx, nodes.get(id), { scale, faded: bright && !bright.has(id) });
  drawEdgeLabels(ctx, { scale, bright });
  ctx.restore();
});

function neighboursOf(id) {
  return (edgesOf.get(id) ?? []).map((edge) => (edge.from === id ? edge.to : edge.from)).filter((other) => visible.has(other));
}

function brightNodes() {
  const edge = edgesById.get(state.selected);
  if (edge) return new Set([edge.from, edge.to]);
  const id = state.selected && visible.has(state.selected) ? state.selected : null;
  if (!id) return null;
  return new Set([id, ...neighboursOf(id)]);
}

function edgeLook(role) {
  if (role === "place") return { colour: colours["edge-place"], dash: [6, 4], arrow: false };
  if (role === "says") return { colour: colours["edge-says"], dash: [1.5, 4], arrow: false };
  if (role === "target") return { colour: colours["edge-target"], dash: [], arrow: true };
  return { colour: colours.edge, dash: role === "instrument" ? [10, 3, 2, 3] : [], arrow: role !== "instrument" };
}

// The middle of a node as it is drawn: an event is where its label is.
function middleOf(id, scale) {
  const node = nodes.get(id);
  const { label } = placed.boxes.get(id);
  if (node.kind !== "event" || !label) return [node.x * scale, node.y * scale];
  return [(label.left + label.right) / 2, (label.top + label.bottom) / 2];
}

// Where the straight line from a node's middle leaves its mark, plus a small gap.
function borderDistance(id, dx, dy) {
  const { mark, label } = placed.boxes.get(id);
  const node = nodes.get(id);
  if (node.kind !== "event" || !label) return (mark.right - mark.left) / 2 + 3;
  const [halfWidth, halfHeight] = [(label.right - label.left) / 2, (label.bottom - label.top) / 2];
  return Math.min(halfWidth / Math.max(Math.abs(dx), 1e-6), halfHeight / Math.max(Math.abs(dy), 1e-6)) + 2;
}

function segmentOf(edge, scale) {
  const [[ax, ay], [bx, by]] = [middleOf(edge.from, scale), middleOf(edge.to, scale)];
  const [dx, dy] = [bx - ax, by - ay];
  const length = Math.hypot(dx, dy) || 1e-6;
  const [ux, uy] = [dx / length, dy / length];
  const start = borderDistance(edge.from, ux, uy);
  const end = length - borderDistance(edge.to, ux, uy);
  if (end - start < 2) return null;
  return { x1: ax + ux * start, y1: ay + uy * start, x2: ax + ux * end, y2: ay + uy * end, ux, uy };
}

function drawEdge(ctx, edge, { scale, bright, focusEdge }) {
  const line = segmentOf(edge, scale);
  if (!line) return;
  const look = edgeLook(edge.role);
  const lit = focusEdge ? edge === focusEdge : bright && (edge.from === state.selected || edge.to === state.selected);
  ctx.globalAlpha = bright ? (lit ? 1 : 0.16) : events.get(edge.event).realised && !edge.inferred ? 0.8 : 0.5;
  ctx.strokeStyle = ctx.fillStyle = look.colour;
  ctx.lineWidth = lit ? 2.2 : 1.3;
  ctx.lineCap = edge.role === "says" ? "round" : "butt";
  ctx.setLineDash(look.dash);
  const back = look.arrow ? 5 : 0;
  ctx.beginPath();
  ctx.moveTo(line.x1, line.y1);
  ctx.lineTo(line.x2 - line.ux * back, line.y2 - line.uy * back);
  ctx.stroke();
  ctx.setLineDash([]);
  if (look.arrow) {
    const [size, spread] = lit ? [8.5, 4] : [7.5, 3.4];
    ctx.beginPath();
    ctx.moveTo(line.x2, line.y2);
    ctx.lineTo(line.x2 - line.ux * size - line.uy * spread, line.y2 - line.uy * size + line.ux * spread);
    ctx.lineTo(line.x2 - line.ux * size + line.uy * spread, line.y2 - line.uy * size - line.ux * spread);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

function drawNode(ctx, node, { scale, faded }) {
  const { label, mark } = placed.boxes.get(node.id);
  const [x, y] = middleOf(node.id, scale);
  const text = textGrowth(scale);
  const chosen = state.selected === node.id;
  ctx.globalAlpha = faded ? 0.22 : 1;
  if (node.kind === "event") drawEvent(ctx, node, { x, y, label, text, chosen });
  else drawEntity(ctx, node, { x, y, r: (mark.right - mark.left) / 2, chosen });
  ctx.globalAlpha = 1;
}

function drawEvent(ctx, node, { x, y, label, text, chosen }) {
  const realised = events.get(node.id).realised;
  const lively = chosen || hovered === node.id;
  ctx.beginPath();
  if (label) ctx.roundRect(label.left, label.top, label.right - label.left, label.bottom - label.top, 11 * text);
  else ctx.roundRect(x - 6, y - 4, 12, 8, 4);
  ctx.fillStyle = chosen ? colours.event : realised ? colours["event-soft"] : colours.ground;
  ctx.fill();
  ctx.setLineDash(realised ? [] : [4, 3]);
  ctx.lineWidth = lively ? 2.2 : 1.3;
  ctx.strokeStyle = colours.event;
  ctx.stroke();
  ctx.setLineDash([]);
  if (!label) return;
  ctx.font = fontOf(node, 12 * text);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = chosen ? colours.surface : colours["event-ink"];
  if (!realised && !chosen) ctx.globalAlpha *= 0.85;
  ctx.fillText(node.label, x, y + 0.5);
}

function drawEntity(ctx, node, { x, y, r, chosen }) {
  const place = node.kind === "place";
  ctx.beginPath();
  if (place) pinPath(ctx, x, y, r);
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = place ? colours.place : colours.actor;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.ground;
  ctx.stroke();
  if (place && r > 5) {
    ctx.beginPath();
    ctx.arc(x, y - r * 0.2, r * 0.28, 0, 2 * Math.PI);
    ctx.fillStyle = colours.ground;
    ctx.fill();
  }
  if (chosen || hovered === node.id) {
    ctx.beginPath();
    ctx.arc(x, y, r + 4, 0, 2 * Math.PI);
    ctx.lineWidth = 2;
    ctx.strokeStyle = place ? colours.place : colours.actor;
    ctx.stroke();
  }
}

function drawLabel(ctx, node, { scale, faded }) {
  const { label } = placed.boxes.get(node.id);
  if (!label || node.kind === "event") return;
  const [x, text] = [(label.left + label.right) / 2, textGrowth(scale)];
  ctx.globalAlpha = faded ? 0.22 : 1;
  ctx.font = fontOf(node, 12.5 * text);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = colours.ground;
  ctx.fillStyle = node.kind === "place" ? colours["place-ink"] : colours.ink;
  node.label.split("\n").forEach((line, row) => {
    const y = label.top + (row + 0.5) * 15 * text;
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  });
  ctx.globalAlpha = 1;
}

// A map pin: a round head that runs to a point at the bottom.
function pinPath(ctx, x, y, r) {
  const head = r * 0.8;
  ctx.arc(x, y - r * 0.2, head, Math.PI * 0.86, Math.PI * 0.14);
  ctx.quadraticCurveTo(x + head * 0.7, y + r * 0.5, x, y + r);
  ctx.quadraticCurveTo(x - head * 0.7, y + r * 0.5, x + head * Math.cos(Math.PI * 0.86), y - r * 0.2 + head * Math.sin(Math.PI * 0.86));
  ctx.closePath();
}

const EDGE_LABEL = { actor: "does", target: "to whom", place: "where", instrument: "with", says: "says so" };
function drawEdgeLabels(ctx, { scale, bright }) {
  const chosen = visibleEdges.filter((edge) => edge.id === state.selected || edge.id === hovered || edge.from === state.selected || edge.to === state.selected);
  const wanted = chosen.length || bright ? chosen : scale > 1.6 && visibleEdges.length < 400 ? visibleEdges : [];
  if (!wanted.length) return;
  ctx.font = `500 11px ${colours.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  const own = makeGrid(96);
  for (const edge of wanted) {
    const line = segmentOf(edge, scale);
    if (!line || Math.hypot(line.x2 - line.x1, line.y2 - line.y1) < 46) continue;
    const [x, y] = [(line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2];
    const box = boxAround(x, y, ctx.measureText(EDGE_LABEL[edge.role]).width + 4, 13);
    box.id = edge.id;
    if (!own.isFree(box) || !placed.grid.isFree(box)) continue;
    own.add(box);
    ctx.strokeStyle = colours.ground;
    ctx.fillStyle = colours["ink-soft"];
    ctx.strokeText(EDGE_LABEL[edge.role], x, y);
    ctx.fillText(EDGE_LABEL[edge.role], x, y);
  }
}

// ---- what is under the pointer: a node or its label first, then an edge

function hitAt(dom) {
  const scale = network.getScale();
  const point = network.DOMtoCanvas(dom);
  const [x, y] = [point.x * scale, point.y * scale];
  const inside = (box) => box && x >= box.left - 3 && x <= box.right + 3 && y >= box.top - 3 && y <= box.bottom + 3;
  let best = null;
  for (const [id, { mark, label }] of placed.boxes) {
    if (!visible.has(id) || !(inside(mark) || inside(label))) continue;
    const distance = Math.hypot((mark.left + mark.right) / 2 - x, (mark.top + mark.bottom) / 2 - y);
    if (!best || distance < best.distance) best = { id, distance };
  }
  return best ? best.id : edgeAt(x, y, scale);
}

function edgeAt(x, y, scale) {
  let best = { id: null, distance: 7 };
  for (const edge of visibleEdges) {
    const line = segmentOf(edge, scale);
    if (!line) continue;
    const length = Math.hypot(line.x2 - line.x1, line.y2 - line.y1);
    const along = Math.max(0, Math.min(length, (x - line.x1) * line.ux + (y - line.y1) * line.uy));
    const distance = Math.hypot(line.x1 + line.ux * along - x, line.y1 + line.uy * along - y);
    if (distance < best.distance) best = { id: edge.id, distance };
  }
  return best.id;
}

const tip = byId("tip");
function hover(id, dom) {
  if (id !== hovered) {
    hovered = id;
    placed.key = "";
    canvas.style.cursor = id ? "pointer" : "";
    network.redraw();
  }
  tip.hidden = !id;
  if (!id) return;
  tip.replaceChildren(...tipLines(id));
  const [width, height] = [tip.offsetWidth, tip.offsetHeight];
  tip.style.left = `${Math.max(8, Math.min(dom.x + 14, canvas.clientWidth - width - 8))}px`;
  tip.style.top = `${dom.y + 18 + height > canvas.clientHeight ? Math.max(4, dom.y - height - 12) : dom.y + 18}px`;
}

function tipLines(id) {
  const edge = edgesById.get(id);
  if (edge) {
    const other = edge.from === edge.event ? edge.to : edge.from;
    return [entities.get(other).label, el("small", {}, `${edge.role} of: ${events.get(edge.event).label}`)];
  }
  const event = events.get(id);
  if (event) return [event.label, el("small", {}, [STATUS[event.status], categoryName(event.category), whenOf(event)].filter(Boolean).join(" · "))];
  const entity = entities.get(id);
  return [entity.label, el("small", {}, `${entity.type} · ${plural(eventsOf(id).length, "event")}`)];
}

canvas.addEventListener("pointermove", (pointer) => {
  if (pointer.pointerType === "touch" || pointer.buttons) return hover(null);
  const frame = canvas.getBoundingClientRect();
  const dom = { x: pointer.clientX - frame.left, y: pointer.clientY - frame.top };
  return hover(hitAt(dom), dom);
});
canvas.addEventListener("pointerleave", () => hover(null));
network.on("click", (click) => {
  hover(null);
  choose(hitAt(click.pointer.DOM), { from: "graph" });
});
network.on("dragging", (drag) => {
  for (const id of drag.nodes) Object.assign(nodes.get(id), network.getPosition(id));
  if (drag.nodes.length) placed.key = "";
});

// Bring a node into the picture, with what it is joined to, if it is not there yet.
function reveal(id) {
  if (!nodes.has(id)) return;
  if (!visible.has(id)) {
    state.added.add(id);
    if (!events.has(id)) for (const event of eventsOf(id).slice(0, 12)) state.added.add(event);
    redrawGraph();
  }
  const { x, y } = network.canvasToDOM(nodes.get(id));
  const margin = 60;
  if (x < margin || y < margin || x > canvas.clientWidth - margin || y > canvas.clientHeight - margin) {
    fitGraph({ ids: [id, ...neighboursOf(id)], most: Math.max(1, Math.min(1.5, network.getScale())), animate: true });
  }
}

function showNeighbours(id) {
  for (const event of eventsOf(id)) state.added.add(event);
  state.added.add(id);
  redrawGraph();
  fitGraph({ ids: [id, ...neighboursOf(id)], most: 1.3, animate: true });
}
