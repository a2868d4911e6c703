// The side panel: an overview at first, then what was chosen, with the sentence that says it.

const panel = byId("panel");

function showPanel(title, ...children) {
  panel.replaceChildren(...children.filter(Boolean));
  byId("grip-title").textContent = title;
  byId("side").scrollTop = 0;
}

const backButton = () => el("button", { type: "button", class: "link back", onclick: () => choose(null) }, "Overview");

function badge(text, kind) {
  return el("span", { class: `badge ${kind}` }, text);
}

// ---- overview

function showOverview() {
  const passing = passingEvents();
  const actors = topEntities(passing, (id) => !isPlace(id), 8);
  const places = topEntities(passing, isPlace, 5);
  const unrealised = passing.filter(([, event]) => !event.realised).length;
  const told = `${plural(passing.length, "event")}${unrealised ? `, ${unrealised} of them denied, planned or only possible` : ""}.`;
  showPanel(
    "Overview",
    el("h2", {}, "Who did what to whom"),
    el("p", { class: "note" }, `${told} Choose a mark, a line or a name to see the sentence that says it.`),
    actors.length ? el("h3", {}, "Main actors") : null,
    bars(actors, "actor"),
    places.length ? el("h3", {}, "Where") : null,
    bars(places, "place"),
    el("h3", {}, "What happened"),
    categoryChips(passing),
  );
}

function topEntities(passing, wanted, most) {
  const counts = new Map();
  for (const [, event] of passing)
    for (const id of partnersOf(event)) if (wanted(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
}

function bars(counts, kind) {
  if (!counts.length) return null;
  const most = counts[0][1];
  return el("ul", { class: "list bars" }, ...counts.map(([id, n]) => {
    const fill = el("span", { class: `fill ${kind}` });
    fill.style.width = `${(100 * n) / most}%`;
    return el("li", {}, linkTo(id), el("span", { class: "n", "aria-label": plural(n, "event") }, String(n)), el("span", { class: "track" }, fill));
  }));
}

function categoryChips(passing) {
  const counts = new Map();
  for (const [, event] of passing) counts.set(event.category ?? "", (counts.get(event.category ?? "") ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => (a[0] === "") - (b[0] === "") || b[1] - a[1]);
  return el("ul", { class: "chips" }, ...sorted.map(([category, n]) => {
    const value = `category:${category}`;
    const pressed = filters.action === value;
    return el("li", {}, el("button", {
      type: "button", "aria-pressed": String(pressed), onclick: () => setFilter("action", pressed ? "" : value),
    }, `${categoryName(category)} ${n}`));
  }));
}

// ---- an event

function showEvent(id, { edge = null } = {}) {
  const event = events.get(id);
  showPanel(
    event.label,
    el("p", { class: "kicker" },
      badge("Event", "event"),
      STATUS[event.status] ? badge(STATUS[event.status], event.realised ? "" : "unrealised") : null,
      el("span", {}, [categoryName(event.category), event.category ? readable(event.action) : null, event.mode ? readable(event.mode) : null].filter(Boolean).join(" · ")), backButton()),
    el("h2", {}, event.label),
    edge ? el("p", { class: "note" }, edgeSentence(edge)) : null,
    eventFacts(event),
    el("h3", {}, articlesOf(event).length > 1 ? `What ${articlesOf(event).length} articles say` : "What the article says"),
    ...reportsOf(event).map(evidence),
    provenance(event),
    el("p", { class: "deeds" }, ...deeds(id)),
  );
}

function edgeSentence(edge) {
  const other = edge.from === edge.event ? edge.to : edge.from;
  const name = entities.get(other).label;
  return edge.role === "says" ? `${name} says so.` : `${name} is the ${edge.role} here.`;
}

// What all reports tell, each value once, with the words of the report that first has it.
function eventFacts(event) {
  const facts = el("dl", { class: "facts" });
  const add = (name, ...values) => values.length && facts.append(el("dt", {}, name), ...values.map((value) => el("dd", {}, ...[value].flat())));
  const told = (valuesOf) => {
    const pairs = reportsOf(event).flatMap((report) => valuesOf(report).map((value) => [report, value]));
    return pairs.filter(([, value], at) => pairs.findIndex(([, other]) => other.key === value.key) === at);
  };
  for (const name of Object.keys(ROLE)) {
    const roles = told((report) => report.roles.filter((role) => role.name === name).map((role) => ({ ...role, key: role.entity })));
    add(ROLE[name], ...roles.map(([report, role]) => roleValue(report, role)));
  }
  const times = told((report) => (report.time ? [{ key: whenOf(report) }] : []));
  const words = (report) => el("span", { class: "soft" }, `  “${textOf(report.article, ...report.time.span)}”`);
  add("When", ...times.map(([report, { key }]) => (report.time.first ? [key, words(report)] : [key])));
  const quantities = told((report) => report.quantities.map((quantity) => ({ ...quantity, key: quantityValue(report, quantity)[0] })));
  add("How many", ...quantities.map(([, { key }]) => [key]));
  const sources = told((report) => (report.says ? [{ key: sayerOf(report) }] : []));
  add("Who says so", ...sources.map(([report, { key }]) => [sayerLink(key), el("span", { class: "soft" }, `  “${textOf(report.article, ...report.says.cue)}”`)]));
  return facts;
}

function roleValue(event, role) {
  const said = textOf(event.article, ...role.span).trim();
  const label = entities.get(role.entity).label;
  const notes = [];
  if (said && said.toLowerCase() !== label.toLowerCase()) notes.push(`“${said}”`);
  if (role.inferred) notes.push("inferred");
  return [linkTo(role.entity), notes.length ? el("span", { class: "soft" }, `  ${notes.join(", ")}`) : null].filter(Boolean);
}

function quantityValue(event, quantity) {
  const numbers = [quantity.value, quantity.maximum].filter((n) => n !== null).map((n) => n.toLocaleString("en"));
  const words = [COMPARED[quantity.comparator] + numbers.join("–"), quantity.unit, COUNTED[quantity.role]].filter(Boolean);
  return [words.join(" ") || textOf(event.article, ...quantity.span)];
}

function evidence(event) {
  const spans = highlights(event);
  const [from, to] = contextOf(event);
  const quote = el("blockquote", {});
  const [start, end] = event.sentence;
  if (from < start) quote.append(el("span", { class: "around" }, textOf(event.article, from, start)));
  quote.append(...marked(event.article, [start, end], spans));
  if (end < to) quote.append(el("span", { class: "around" }, textOf(event.article, end, to)));
  const article = articles.get(event.article);
  const where = [titleOf(event.article), article.date ? dayName(article.date) : null, article.source].filter(Boolean).join(" · ");
  const link = /^https?:\/\//i.test(article.url ?? "")
    ? el("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, "Open the article") : null;
  return el("div", {}, quote, el("p", { class: "soft" }, where, link ? " · " : null, link));
}

const titleOf = (id) => articles.get(id).title || id;

function highlights(event) {
  const spans = event.roles.map((role) => ({ span: role.span, kind: role.name }));
  if (event.says) spans.push({ span: event.says.span, kind: "says" }, { span: event.says.cue, kind: "cue" });
  if (event.time) spans.push({ span: event.time.span, kind: "time" });
  for (const quantity of event.quantities) spans.push({ span: quantity.span, kind: "quantity" });
  spans.push({ span: event.trigger, kind: "trigger" });
  return spans;
}

const KIND_TITLE = { actor: "who", target: "to whom", place: "where", instrument: "with what", says: "who says so", cue: "who says so", time: "when", quantity: "how many", trigger: "the word for the event" };

// The text between two offsets, each piece marked with the kinds of all spans that cover it.
function marked(article, [start, end], spans) {
  const inside = spans.filter(({ span }) => span[0] < end && span[1] > start);
  const cuts = [...new Set([start, end, ...inside.flatMap(({ span }) => span)])].filter((at) => at >= start && at <= end).sort((a, b) => a - b);
  const pieces = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const covering = inside.filter(({ span }) => span[0] <= cuts[i] && span[1] >= cuts[i + 1]);
    const kinds = [...new Set(covering.map(({ kind }) => kind))];
    const text = textOf(article, cuts[i], cuts[i + 1]);
    pieces.push(kinds.length ? el("mark", { class: kinds.join(" "), title: kinds.map((kind) => KIND_TITLE[kind]).join("; ") }, text) : text);
  }
  return pieces;
}

// The sentence's paragraph, at most some 300 characters more on each side.
function contextOf(event) {
  const [start, end] = event.sentence;
  const reach = 300;
  const before = textOf(event.article, Math.max(0, start - reach), start);
  const after = textOf(event.article, end, end + reach);
  const back = before.lastIndexOf("\n");
  const ahead = after.indexOf("\n");
  const whole = (text) => Array.from(text).length;
  const left = back >= 0 ? whole(before.slice(back + 1)) : start > reach ? whole(before.slice(before.search(/\s/) + 1)) : whole(before);
  const right = ahead >= 0 ? whole(after.slice(0, ahead)) : whole(after);
  return [start - left, Math.min(end + right, lengthOf(event.article))];
}

function provenance(event) {
  const reports = reportsOf(event);
  const lines = reports.flatMap((report) => [
    `event: rule ${report.rule}, score ${report.score}`,
    ...report.roles.map((role) => `${role.name} ${entities.get(role.entity).label}: rule ${role.rule}, score ${role.score}${role.inferred ? ", inferred" : ""}`),
    ...(report.says ? [`who says so: rule ${report.says.rule}`] : []),
    `characters ${report.sentence.join("–")} of ${reports.length > 1 ? titleOf(report.article) : "the article"}; model ${report.model || "none"}`,
  ]);
  return el("details", {}, el("summary", {}, "How this was found"), el("ul", {}, ...lines.map((line) => el("li", {}, line))));
}

// ---- an actor or a place

function showEntity(id) {
  const entity = entities.get(id);
  const kind = kindClass(id);
  const place = entity.gazetteer && entity.gazetteer !== entity.label ? entity.gazetteer : null;
  const facts = el("dl", { class: "facts" });
  const add = (name, value) => value && facts.append(el("dt", {}, name), el("dd", {}, value));
  add("Also called", entity.aliases.filter((alias) => alias !== entity.label).join(", "));
  add("Gazetteer", place);
  add("Country", entity.country);
  add("Position", entity.lat === null ? "" : `${entity.lat.toFixed(2)}, ${entity.lon.toFixed(2)}`);
  add("Mentioned", entity.mentions ? `${entity.mentions} time${entity.mentions === 1 ? "" : "s"}` : "");
  facts.append(
    ...members("Belongs to", "member", id, "member", "body"),
    ...members("Has members", "member", id, "body", "member"),
    ...members("Supported by", "supported", id, "member", "body"),
    ...members("Supports", "supported", id, "body", "member"),
  );
  showPanel(
    entity.label,
    el("p", { class: "kicker" }, badge(kind === "place" ? "Place" : "Actor", kind), el("span", {}, entity.type + (entity.named ? "" : ", not named")), backButton()),
    el("h2", {}, entity.label),
    facts.childElementCount ? facts : null,
    ...parts(id),
    eventsOf(id).length ? null : el("p", { class: "note" }, "Mentioned, but in no event that was found."),
    el("p", { class: "deeds" }, ...deeds(id)),
  );
}

// Whom it belongs to or is supported by, or the other way round, each once with the words that say so.
function members(name, relation, id, own, other) {
  const told = data.memberships.filter((one) => one.relation === relation && one[own] === id);
  const once = told.filter((one, at) => told.findIndex((same) => same[other] === one[other]) === at);
  const words = (one) => el("span", { class: "soft" }, `  “${textOf(one.article, ...one.span)}”`);
  return once.length ? [el("dt", {}, name), ...once.map((one) => el("dd", {}, linkTo(one[other]), words(one)))] : [];
}

const PART = { actor: "What it does", target: "What is done to it", place: "What happens there", instrument: "What it is used for", says: "What it says" };
function parts(id) {
  const sections = [];
  for (const part of Object.keys(PART)) {
    const found = eventsOf(id).filter((key) => {
      return reportsOf(events.get(key)).some(({ says, roles }) => (part === "says" ? says?.entity === id : roles.some((role) => role.name === part && role.entity === id)));
    });
    if (!found.length) continue;
    sections.push(el("h3", {}, `${PART[part]} (${found.length})`), el("ul", { class: "list" }, ...found.map(eventItem)));
  }
  return sections;
}

function eventItem(id) {
  const event = events.get(id);
  const notes = [STATUS[event.status], whenOf(event), articles.size > 1 ? articlesOf(event).map(titleOf).join("; ") : null].filter(Boolean);
  return el("li", {}, linkTo(id), notes.length ? el("span", { class: "soft" }, notes.join(" · ")) : null);
}

function deeds(id) {
  const joined = events.has(id) ? partnersOf(events.get(id)) : new Set(eventsOf(id).flatMap((event) => [event]));
  const more = nodes.has(id) && !events.has(id) && [...joined].some((other) => nodes.has(other) && !visible.has(other));
  return [
    more ? el("button", { type: "button", class: "quiet", onclick: () => { showView("graph"); showNeighbours(id); } }, "Show neighbours") : null,
    entities.has(id) && eventsOf(id).length && filters.actor !== id ? el("button", { type: "button", class: "quiet", onclick: () => setFilter("actor", id) }, "Only this") : null,
    events.has(id) && state.view !== "text" ? el("button", { type: "button", class: "quiet", onclick: () => showView("text") }, "Read in the text") : null,
  ];
}
