// How large marks and labels are on the screen at the present zoom, and which labels fit: a label is
// left out where it would cover another or somebody's mark.

let placed = { scale: 0, key: "", boxes: new Map() };

const textGrowth = (scale) => Math.min(1.5, Math.max(0.88, scale ** 0.4));
const markGrowth = (scale) => Math.min(1.7, Math.max(0.5, scale ** 0.6));
const fontOf = (node, size) =>
  `${node.kind === "event" ? (events.get(node.id).realised ? "500" : "italic 500") : node.size > 14 ? "600" : "500"} ${size}px ${colours.font}`;
const widths = new Map();
function labelWidth(ctx, node) {
  if (!widths.has(node.id)) {
    ctx.font = fontOf(node, 100);
    const lines = node.label.split("\n");
    widths.set(node.id, Math.max(...lines.map((line) => ctx.measureText(line).width)) / 100);
  }
  return widths.get(node.id);
}

function placeLabels(ctx, scale) {
  const chosen = state.selected && (edgesById.has(state.selected) ? edgesById.get(state.selected).event : state.selected);
  const key = `${visible.size}|${chosen}|${hovered}`;
  if (placed.scale === scale && placed.key === key) return;
  const near = new Set(chosen ? neighboursOf(chosen) : []);
  const order = [...visible].map((id) => nodes.get(id)).sort((a, b) => weight(b) - weight(a) || a.rank - b.rank);
  function weight(node) {
    if (node.id === chosen || node.id === hovered) return 4000;
    return (near.has(node.id) ? 1000 : 0) + (node.kind === "event" ? 0 : node.size);
  }
  const grid = makeGrid(96);
  const text = textGrowth(scale);
  const marks = markGrowth(scale);
  const boxes = new Map();
  for (const node of order) {
    const r = node.kind === "event" ? 4 * marks : node.size * marks;
    const mark = boxAround(node.x * scale, node.y * scale, r * 2, r * 2);
    mark.id = node.id;
    boxes.set(node.id, { mark, label: null });
    if (node.kind !== "event") grid.add(mark);
  }
  for (const node of order) {
    const entry = boxes.get(node.id);
    const lines = node.label.split("\n").length;
    const [x, y] = [node.x * scale, node.y * scale];
    const size = (node.kind === "event" ? 12 : 12.5) * text;
    const width = labelWidth(ctx, node) * size;
    const fits = labelPlaces(node, { x, y, r: (entry.mark.bottom - entry.mark.top) / 2, width, height: lines * 15 * text, text }).find((box) => grid.isFree(box));
    if (fits) {
      grid.add(fits);
      entry.label = fits;
    }
  }
  placed = { scale, key, boxes, grid };
  canvas.dataset.marks = String(boxes.size);
  canvas.dataset.labels = String([...boxes.values()].filter(({ label }) => label).length);
}

// How far an event's label may move aside to fit, in steps of its height.
const ASIDE = [[0, 0], [0, 0.5], [0, -0.5], [0.6, 0], [-0.6, 0], [0.6, 0.5], [-0.6, 0.5], [0.6, -0.5], [-0.6, -0.5]];

// Where a label may stand, best first: an event's around its middle or a little aside, an entity's
// below its mark, or above it, or at a side.
function labelPlaces(node, { x, y, r, width, height, text }) {
  const boxes = node.kind === "event" ? ASIDE.map(([dx, dy]) => boxAround(x + 22 * text * dx, y + 22 * text * dy, width + 18 * text, 22 * text)) : [
    boxAround(x, y + r + height / 2 + 2, width + 4, height),
    boxAround(x, y - r - height / 2 - 2, width + 4, height),
    boxAround(x + r + width / 2 + 5, y, width + 4, height),
    boxAround(x - r - width / 2 - 5, y, width + 4, height),
  ];
  for (const box of boxes) box.id = node.id;
  return boxes;
}

const boxAround = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

// Boxes by the square cells that they touch, so that each is compared with the near ones only.
function makeGrid(cell) {
  const cells = new Map();
  const keysOf = (box) => {
    const keys = [];
    for (let i = Math.floor(box.left / cell); i <= Math.floor(box.right / cell); i += 1)
      for (let j = Math.floor(box.top / cell); j <= Math.floor(box.bottom / cell); j += 1) keys.push(`${i},${j}`);
    return keys;
  };
  return {
    add(box) {
      for (const key of keysOf(box)) cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
    },
    isFree(box) {
      const meets = (other) => other.id !== box.id && box.left < other.right + 2 && box.right > other.left - 2 && box.top < other.bottom + 1 && box.bottom > other.top - 1;
      return keysOf(box).every((key) => !(cells.get(key) ?? []).some(meets));
    },
  };
}
