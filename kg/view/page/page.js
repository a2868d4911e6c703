// Putting it together: choosing, filtering, searching, and the three ways to look.

const VIEWS = ["graph", "table", "text"];

// Select an event, an actor, a place or an edge, or nothing; the panel and all views follow.
function choose(id, { from = null } = {}) {
  const edge = edgesById.get(id);
  state.selected = edge || entities.has(id) || events.has(id) ? id : null;
  network.unselectAll();
  if (edge) showEvent(edge.event, { edge });
  else if (events.has(id)) showEvent(id);
  else if (entities.has(id)) showEntity(id);
  else showOverview();
  if (state.selected && !edge && from !== "graph" && state.view === "graph") reveal(id);
  openSheet(Boolean(state.selected));
  if (state.view === "text" && articles.size > 12) redrawText();
  markCurrent();
  placed.key = "";
  network.redraw();
}

function showView(view) {
  state.view = view;
  for (const name of VIEWS) {
    const tab = byId(`tab-${name}`);
    tab.setAttribute("aria-selected", String(name === view));
    tab.tabIndex = name === view ? 0 : -1;
    byId(`view-${name}`).hidden = name !== view;
  }
  document.body.dataset.view = view;
  if (view === "table") redrawTable();
  if (view === "text") redrawText();
  if (view === "graph" && state.selected && !edgesById.has(state.selected)) reveal(state.selected);
  markCurrent();
}

// ---- filters

function setFilter(name, value) {
  filters[name] = value;
  state.added.clear();
  for (const key of ["action", "actor", "article"]) byId(`filter-${key}`).value = filters[key];
  byId("filter-unrealised").checked = filters.unrealised;
  byId("reset").hidden = !isFiltered() && filters.unrealised;
  redrawGraph({ fit: true });
  if (state.view === "table") redrawTable();
  if (state.view === "text") redrawText();
  if (!state.selected || !visible.has(state.selected)) choose(name === "actor" && value ? value : null);
}

function fillFilters() {
  const categories = new Map();
  for (const event of events.values()) {
    const category = event.category ?? "";
    if (!categories.has(category)) categories.set(category, new Map());
    const actions = categories.get(category);
    actions.set(event.action, (actions.get(event.action) ?? 0) + 1);
  }
  const sum = (actions) => [...actions.values()].reduce((a, b) => a + b, 0);
  const sorted = [...categories].sort((a, b) => (a[0] === "") - (b[0] === "") || a[0].localeCompare(b[0], "en"));
  byId("filter-action").append(el("option", { value: "" }, "All actions"), ...sorted.map(([category, actions]) => el(
    "optgroup", { label: categoryName(category) },
    el("option", { value: `category:${category}` }, `${categoryName(category)}: all (${sum(actions)})`),
    ...[...actions].sort((a, b) => b[1] - a[1]).map(([action, n]) => el("option", { value: `action:${action}` }, `${readable(action)} (${n})`)))));
  const involved = [...entities.keys()].filter((id) => eventsOf(id).length).sort((a, b) => eventsOf(b).length - eventsOf(a).length);
  byId("filter-actor").append(el("option", { value: "" }, "All actors and places"),
    ...involved.slice(0, 400).map((id) => el("option", { value: id }, `${entities.get(id).label} (${eventsOf(id).length})`)));
  byId("article-choice").hidden = articles.size < 2;
  byId("filter-article").append(el("option", { value: "" }, "All articles"), ...[...articles].map(([id, { title }]) => el("option", { value: id }, title || id)));
  for (const key of ["action", "actor", "article"]) byId(`filter-${key}`).addEventListener("change", (change) => setFilter(key, change.target.value));
  byId("filter-unrealised").addEventListener("change", (change) => setFilter("unrealised", change.target.checked));
  byId("reset").addEventListener("click", () => {
    Object.assign(filters, { action: "", actor: "", article: "", unrealised: true });
    setFilter("action", "");
  });
  byId("extent").addEventListener("click", () => {
    state.showAll = !state.showAll;
    if (!state.showAll) state.added.clear();
    redrawGraph({ fit: true });
  });
}

// ---- search: a text field with a list of what it finds, used by keyboard or pointer

const search = byId("search");
const suggestions = byId("suggestions");
let suggested = [];
let marker = -1;

function findMatches(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const score = (names) => {
    const text = names.join(" ").toLowerCase();
    if (!words.every((word) => text.includes(word))) return 0;
    return text.startsWith(words[0]) ? 3 : text.includes(` ${words[0]}`) ? 2 : 1;
  };
  const found = [];
  for (const [id, entity] of entities) found.push([id, score([entity.label, ...entity.aliases]) * 1000 + (1 + eventsOf(id).length)]);
  for (const [id, event] of events) found.push([id, score([event.label, event.action]) * 1000]);
  return found.filter(([, points]) => points >= 1000).sort((a, b) => b[1] - a[1]).slice(0, 12).map(([id]) => id);
}

function suggest() {
  suggested = search.value.trim() ? findMatches(search.value.trim()) : [];
  marker = suggested.length ? 0 : -1;
  suggestions.replaceChildren(...suggested.map((id, i) => {
    const what = events.has(id) ? "Event" : entities.get(id).type;
    const item = el("li", { role: "option", id: `found-${i}` }, el("span", {}, (entities.get(id) ?? events.get(id)).label), el("span", { class: "what" }, what));
    item.addEventListener("pointerdown", (press) => { press.preventDefault(); accept(i); });
    return item;
  }));
  if (search.value.trim() && !suggested.length) suggestions.append(el("li", { class: "none" }, "Nothing found."));
  suggestions.hidden = !search.value.trim();
  search.setAttribute("aria-expanded", String(!suggestions.hidden));
  markSuggestion();
}

function markSuggestion() {
  [...suggestions.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === marker)));
  if (marker >= 0) {
    search.setAttribute("aria-activedescendant", `found-${marker}`);
    suggestions.children[marker].scrollIntoView({ block: "nearest" });
  } else search.removeAttribute("aria-activedescendant");
}

function accept(i) {
  const id = suggested[i];
  search.value = "";
  suggest();
  if (id) choose(id);
}

search.addEventListener("input", suggest);
search.addEventListener("blur", () => { suggestions.hidden = true; search.setAttribute("aria-expanded", "false"); });
search.addEventListener("focus", suggest);
search.addEventListener("keydown", (key) => {
  if (key.key === "ArrowDown" || key.key === "ArrowUp") {
    key.preventDefault();
    const step = key.key === "ArrowDown" ? 1 : -1;
    if (suggested.length) marker = (marker + step + suggested.length) % suggested.length;
    markSuggestion();
  } else if (key.key === "Enter" && marker >= 0) accept(marker);
});

// ---- keyboard, tabs, the sheet of narrow screens

document.addEventListener("keydown", (key) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (key.key === "Escape") {
    if (document.activeElement === search && search.value) { search.value = ""; suggest(); }
    else choose(null);
  } else if (key.key === "/" && !typing) {
    key.preventDefault();
    search.focus();
  }
});
for (const view of VIEWS) {
  const tab = byId(`tab-${view}`);
  tab.addEventListener("click", () => showView(view));
  tab.addEventListener("keydown", (key) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key.key];
    if (!step) return;
    const next = VIEWS[(VIEWS.indexOf(view) + step + VIEWS.length) % VIEWS.length];
    showView(next);
    byId(`tab-${next}`).focus();
  });
}

const PAN = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)) });
}
canvas.addEventListener("keydown", (key) => {
  if (PAN[key.key]) {
    key.preventDefault();
    const [x, y] = PAN[key.key];
    network.moveTo({ offset: { x: -x, y: -y } });
  } else if (key.key === "+" || key.key === "=") zoomBy(1.25);
  else if (key.key === "-") zoomBy(0.8);
  else if (key.key === "0") fitGraph();
});
byId("zoom-in").addEventListener("click", () => zoomBy(1.25));
byId("zoom-out").addEventListener("click", () => zoomBy(0.8));
byId("zoom-fit").addEventListener("click", () => fitGraph({ animate: true }));

const grip = byId("grip");
function openSheet(open) {
  grip.setAttribute("aria-expanded", String(open));
}
grip.addEventListener("click", () => openSheet(grip.getAttribute("aria-expanded") !== "true"));

// ---- start

function describePage() {
  const only = articles.size === 1 ? [...articles.values()][0] : null;
  const actors = [...nodes.values()].filter(({ kind }) => kind === "entity").length;
  const places = [...nodes.values()].filter(({ kind }) => kind === "place").length;
  const counts = [plural(events.size, "event"), plural(actors, "actor"), plural(places, "place")].join(", ");
  byId("meta").textContent = [only?.date ? dayName(only.date) : null, only?.source, counts].filter(Boolean).join("  ·  ");
}

readColours();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); network.redraw(); });
canvas.querySelector(".vis-network")?.setAttribute("aria-label", "Network; arrow keys move it, plus and minus zoom, 0 fits it");
fillFilters();
describePage();
redrawGraph({ fit: true });
showOverview();

let size = "";
new ResizeObserver(() => {
  const now = `${canvas.clientWidth} ${canvas.clientHeight}`;
  if (!canvas.clientWidth || now === size) return;
  size = now;
  redrawGraph({ fit: true });
  const near = state.selected && visible.has(state.selected) ? [state.selected, ...neighboursOf(state.selected)] : [];
  // The sheet of a narrow window leaves little of the graph: show what was chosen.
  if (canvas.clientWidth < NARROW && near.length) fitGraph({ ids: near, most: 1 });
}).observe(canvas);

// For whoever puts the page into another, and for the tests.
window.kgView = {
  choose,
  visible: () => [...visible],
  labels: () => [...placed.boxes].filter(([, box]) => box.label).map(([id, { label }]) => ({ id, ...label })),
  position: (id) => network.canvasToDOM(nodes.get(id)),
  scale: () => network.getScale(),
};
document.documentElement.dataset.ready = "true";
