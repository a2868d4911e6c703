// The events as a table and in the articles' text: the same content without the picture.

const ROWS_AT_ONCE = 250;
const COLUMNS = ["When", "Who", "What", "To whom", "Where", "Who says so"];

function redrawTable() {
  const passing = passingEvents();
  const body = el("tbody");
  const more = el("button", { type: "button", class: "quiet more" }, "Show more events");
  let shown = 0;
  const extend = () => {
    body.append(...passing.slice(shown, shown + ROWS_AT_ONCE).map(([id, event]) => tableRow(id, event)));
    shown += ROWS_AT_ONCE;
    more.hidden = shown >= passing.length;
  };
  more.addEventListener("click", extend);
  extend();
  byId("view-table").replaceChildren(
    el("table", {},
      el("caption", {}, `${plural(passing.length, "event")}, in the order of the text`),
      el("thead", {}, el("tr", {}, ...COLUMNS.map((name) => el("th", { scope: "col" }, name)))),
      body),
    more);
}

function tableRow(id, event) {
  const reports = reportsOf(event);
  const names = (role) => joined([...new Set(reports.flatMap(({ roles }) => roles.filter(({ name }) => name === role).map(({ entity }) => entity)))].map((entity) => linkTo(entity)));
  const sources = new Set(reports.filter(({ says }) => says).map(sayerOf));
  const says = joined([...sources].map(sayerLink));
  const status = STATUS[event.status];
  const what = [linkTo(id, textOf(event.article, ...event.trigger), { extra: event.label })];
  if (status) what.push(" ", badge(status, event.realised ? "" : "unrealised"));
  const cells = [[whenOf(event)], names("actor"), what, names("target"), names("place"), says];
  const row = el("tr", { class: event.realised ? null : "unrealised", "data-id": id, "aria-current": state.selected === id ? "true" : null },
    ...cells.map((cell, column) => el("td", { "data-name": COLUMNS[column] }, ...cell)));
  row.addEventListener("click", (click) => {
    if (!click.target.closest("button")) choose(id);
  });
  return row;
}

const joined = (links) => links.map((link) => el("div", {}, link));

// ---- the text, each event's word a button

function redrawText() {
  const chosen = events.get(state.selected)?.article;
  const shown = filters.article ? [filters.article] : articles.size > 12 ? [chosen ?? articles.keys().next().value] : [...articles.keys()];
  const byArticle = new Map();
  for (const [id, event] of passingEvents()) {
    for (const report of reportsOf(event)) {
      if (!byArticle.has(report.article)) byArticle.set(report.article, []);
      byArticle.get(report.article).push([id, report]);
    }
  }
  byId("view-text").replaceChildren(...shown.map((id) => articleText(id, byArticle.get(id) ?? [])));
}

function articleText(id, found) {
  const article = articles.get(id);
  const body = el("article", { "data-article": id });
  if (article.title) body.append(el("h2", {}, article.title));
  const meta = [article.date ? dayName(article.date) : null, article.source].filter(Boolean).join(" · ");
  if (meta) body.append(el("p", { class: "soft" }, meta));
  let at = 0;
  for (const [key, event] of found.sort((a, b) => a[1].trigger[0] - b[1].trigger[0])) {
    const [start, end] = event.trigger;
    if (start < at) continue;
    body.append(textOf(id, at, start), spot(key, event));
    at = end;
  }
  body.append(textOf(id, at, lengthOf(id)));
  return body;
}

function spot(id, event) {
  return el("button", {
    type: "button", class: `spot${event.realised ? "" : " unrealised"}`, "data-id": id, title: event.label,
    "aria-current": state.selected === id ? "true" : null, onclick: () => choose(id),
  }, textOf(event.article, ...event.trigger));
}

function markCurrent() {
  for (const element of document.querySelectorAll("#view-table tr[data-id], #view-text .spot")) {
    if (element.dataset.id === state.selected) element.setAttribute("aria-current", "true");
    else element.removeAttribute("aria-current");
  }
  if (state.view !== "graph") document.querySelector(`#view-${state.view} [aria-current="true"]`)?.scrollIntoView({ block: "nearest" });
}
