// What all parts of the page use: the data, the filters' state, and making elements.

const data = JSON.parse(document.getElementById("kg-data").textContent);
const articles = new Map(Object.entries(data.articles));
const entities = new Map(Object.entries(data.entities));
const events = new Map(Object.entries(data.events));
const nodes = new Map(data.nodes.map((node, rank) => [node.id, { ...node, rank }]));

const STATUS = { denied: "Denied", planned: "Planned", hypothetical: "Possible", habitual: "Repeated" };
const ROLE = { actor: "Who", target: "To whom", place: "Where", instrument: "With what" };
const COUNTED = {
  actor: "of those who did it", target: "of those affected", dead: "dead", injured: "injured",
  displaced: "displaced", other: "",
};
const COMPARED = {
  exactly: "", about: "about ", at_least: "at least ", at_most: "at most ", more_than: "more than ",
  less_than: "less than ", range: "",
};

const filters = { action: "", actor: "", article: "", unrealised: true };
const state = { view: "graph", selected: null, showAll: false, added: new Set() };

const byId = (id) => document.getElementById(id);
const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const readable = (name) => sentenceCase(name.replace(/[_-]+/g, " ").toLowerCase());
const categoryName = (category) => (category ? readable(category) : "Other actions");
const isPlace = (id) => (nodes.get(id)?.kind ?? guessKind(id)) === "place";
const guessKind = (id) => (["Place", "Facility", "Country"].includes(entities.get(id).type) ? "place" : "entity");
const kindClass = (id) => (events.has(id) ? "event" : isPlace(id) ? "place" : "actor");

// An element; children are elements or plain text, which is never read as HTML.
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Offsets count code points, as in kg, where JavaScript counts UTF-16 units.
const codePoints = new Map();
function textOf(article, start, end) {
  if (!codePoints.has(article)) {
    const text = articles.get(article).text;
    codePoints.set(article, /[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
  }
  const points = codePoints.get(article);
  const piece = points.slice(start, end);
  return typeof piece === "string" ? piece : piece.join("");
}
const lengthOf = (article) => (textOf(article, 0, 0), codePoints.get(article).length);

// All that is told of an event, the first report before the others.
const reportsOf = (event) => [event, ...event.reports];
const articlesOf = (event) => [...new Set(reportsOf(event).map(({ article }) => article))];

// Who says so in a report: an entity's id, or the words for one that is none.
const sayerOf = ({ article, says }) => says.entity ?? textOf(article, ...says.span);
const sayerLink = (sayer) => (entities.has(sayer) ? linkTo(sayer) : sayer);

function partnersOf(event) {
  const ids = reportsOf(event).flatMap(({ roles, says }) => [...roles.map((role) => role.entity), says?.entity]);
  return new Set(ids.filter(Boolean));
}

const eventsByEntity = new Map();
for (const [id, event] of events) {
  for (const partner of partnersOf(event)) {
    if (!eventsByEntity.has(partner)) eventsByEntity.set(partner, []);
    eventsByEntity.get(partner).push(id);
  }
}
const eventsOf = (entity) => eventsByEntity.get(entity) ?? [];

function passes(event) {
  if (!filters.unrealised && !event.realised) return false;
  if (filters.article && !articlesOf(event).includes(filters.article)) return false;
  if (filters.actor && !partnersOf(event).has(filters.actor)) return false;
  if (!filters.action) return true;
  const [kind, ...rest] = filters.action.split(":");
  const wanted = rest.join(":");
  return kind === "action" ? event.action === wanted : (event.category ?? "") === wanted;
}
const isFiltered = () => Boolean(filters.action || filters.actor || filters.article);
const passingEvents = () => [...events].filter(([, event]) => passes(event));

function whenOf(event) {
  if (!event.time) return "";
  const { first, last, span } = event.time;
  if (!first) return `“${textOf(event.article, ...span)}”`;
  return first === last ? dayName(first) : `${dayName(first)} – ${dayName(last)}`;
}

function dayName(iso) {
  const day = new Date(`${iso}T00:00:00Z`);
  return day.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

function linkTo(id, text, { extra = null } = {}) {
  const label = text ?? entities.get(id)?.label ?? events.get(id)?.label ?? id;
  return el("button", { type: "button", class: `link ${kindClass(id)}`, "data-id": id, title: extra, onclick: () => choose(id) }, label);
}
