"""The page in a real browser, opened from its file."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.records import ArticleResult
from tests.view.conftest import OpenPage
from tests.view.stories import crowd, flood, with_labels
from tests.view.test_render import HOSTILE

Opener = Callable[..., OpenPage]
# How many pixels below an event's middle a mark covers some of its label, but not all.
HALF_COVERED = 20


def test_it_opens_without_a_request_or_a_complaint(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    assert [url.split("/")[-1] for url in opened.requests] == ["graph.html"]
    assert opened.complaints == []
    assert opened.page.inner_text("h1") == "Soldiers rescue villagers after flood"


def test_nodes_are_drawn(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    assert {"soldiers", "e-rescue", "bridge"} <= opened.visible()
    painted = """() => {
        const canvas = document.querySelector("#canvas canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
    }"""
    assert opened.page.evaluate(painted) > 2000


def test_a_click_on_an_event_shows_its_sentence(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    opened.click_node("e-rescue")
    panel = opened.page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Soldiers rescued 30 villagers in Oldham Bridge"
    assert (
        "Soldiers rescued 30 villagers from Oldham Bridge"
        in panel.locator("blockquote").inner_text()
    )
    assert panel.locator("mark.trigger").inner_text() == "rescued"
    assert panel.locator("mark.actor").inner_text() == "Soldiers"
    facts = panel.locator("dl").inner_text()
    for fact in ("Ada Quist", "7 May 2024", "30 villagers", "Oldham Bridge"):
        assert fact in facts


def test_a_click_on_an_actor_shows_what_it_does(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    opened.click_node("soldiers")
    panel = opened.page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Soldiers"
    assert "What it does (2)" in panel.inner_text()
    assert "troops" in panel.inner_text()


def test_a_click_on_an_edge_shows_its_event(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    (x1, y1), (x2, y2) = opened.point_of("council"), opened.point_of("e-house")
    opened.page.mouse.click((x1 * 0.55 + x2 * 0.45), (y1 * 0.55 + y2 * 0.45))
    assert "The council is the actor here." in opened.page.inner_text("#panel")


def test_the_switch_hides_what_did_not_happen(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    assert {"e-loot", "e-house"} <= opened.visible()
    opened.page.uncheck("#filter-unrealised")
    assert "e-rescue" in opened.visible()
    assert not {"e-loot", "e-house", "council"} & opened.visible()


def test_filters_by_category_and_actor(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    opened.page.select_option("#filter-action", "category:COERCE")
    assert {n for n in opened.visible() if n.startswith("e-")} == {"e-loot"}
    opened.page.click("#reset")
    opened.page.select_option("#filter-actor", "villagers")
    assert {n for n in opened.visible() if n.startswith("e-")} == {"e-rescue", "e-house"}


def test_search_by_keyboard_finds_and_shows(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("quist")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "Ada Quist"
    opened.page.keyboard.press("Escape")
    assert opened.page.inner_text("#panel h2") == "Who did what to whom"


def test_the_table_can_be_read_and_used_by_keyboard(
    open_page: Opener, story: ArticleResult
) -> None:
    opened = open_page(story)
    opened.page.focus("#tab-graph")
    opened.page.keyboard.press("ArrowRight")
    rows = opened.page.locator("#view-table tbody tr")
    assert rows.count() == 4
    assert "Denied" in rows.nth(2).inner_text()
    rows.nth(1).locator("button.event").focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "Soldiers rescued 30 villagers in Oldham Bridge"
    assert rows.nth(1).get_attribute("aria-current") == "true"


def test_the_text_marks_each_event(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    opened.page.click("#tab-text")
    spots = opened.page.locator("#view-text .spot")
    assert spots.all_inner_texts() == ["burst", "rescued", "looted", "house"]
    spots.nth(2).click()
    assert "Denied" in opened.page.inner_text("#panel")


def test_hostile_labels_are_inert(open_page: Opener) -> None:
    result = with_labels(HOSTILE)
    article = replace(result.article, url="javascript:window.hit=1")
    opened = open_page(replace(result, article=article))
    for label in HOSTILE:
        for node in (f"id {label}", f"event {label}"):
            opened.page.evaluate("id => kgView.choose(id)", node)
            opened.page.mouse.move(*opened.point_of(node))
    for tab in ("table", "text", "graph"):
        opened.page.click(f"#tab-{tab}")
    opened.page.fill("#search", "<")
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.locator("img, #panel script, #panel a").count() == 0
    assert opened.complaints == []
    assert len(opened.requests) == 1


def test_offsets_count_code_points(open_page: Opener) -> None:
    result = with_labels(["\N{GRINNING FACE}\N{GRINNING FACE} smiled", "walked"])
    opened = open_page(result)
    opened.page.evaluate("kgView.choose('event walked')")
    assert opened.page.inner_text("#panel mark.trigger") == "walked"


def test_articles_can_be_told_apart(open_page: Opener) -> None:
    later = flood("later")
    events = tuple(replace(event, id=f"{event.id}-2") for event in later.events)
    later = replace(later, article=replace(later.article, title="A second report"), events=events)
    opened = open_page(flood(), later)
    opened.page.select_option("#filter-article", "later")
    assert all(n.endswith("-2") for n in opened.visible() if n.startswith("e-"))
    opened.page.evaluate("kgView.choose('e-rescue-2')")
    assert "A second report" in opened.page.inner_text("#panel")


def test_each_article_of_one_event_is_quoted(open_page: Opener) -> None:
    later = flood("later")
    text = later.article.text.replace("30 villagers", "45 villagers")
    later = replace(later, article=replace(later.article, title="A second report", text=text))
    opened = open_page(flood(), later)
    opened.page.evaluate("kgView.choose('e-rescue')")
    panel = opened.page.inner_text("#panel")
    assert "WHAT 2 ARTICLES SAY" in panel.upper()
    quotes = opened.page.locator("#panel blockquote")
    assert "rescued 30 villagers" in quotes.nth(0).inner_text()
    assert "rescued 45 villagers" in quotes.nth(1).inner_text()
    assert "A second report" in panel
    opened.page.select_option("#filter-article", "later")
    assert "e-rescue" in opened.visible()
    opened.page.click("#tab-text")
    assert opened.page.locator("#view-text .spot[data-id='e-rescue']").count() == 1
    assert opened.complaints == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080), (390, 844)])
def test_no_labels_overlap_when_it_opens(open_page: Opener, width: int, height: int) -> None:
    opened = open_page(crowd(60), width=width, height=height)
    assert opened.overlapping_labels() == []
    labelled, marks = (
        int(opened.page.get_attribute("#canvas", f"data-{name}") or 0)
        for name in ("labels", "marks")
    )
    assert labelled >= 0.9 * marks >= 9
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_event_moves_aside_for_a_mark_beside_it(open_page: Opener, story: ArticleResult) -> None:
    opened = open_page(story)
    before = {label["id"]: label for label in opened.page.evaluate("kgView.labels()")}
    x, y = opened.point_of("e-rescue")
    opened.page.mouse.move(*opened.point_of("mayor"))
    opened.page.mouse.down()
    opened.page.mouse.move(x, y + HALF_COVERED, steps=60)
    opened.page.mouse.up()
    opened.page.mouse.move(5, 5)
    opened.page.wait_for_timeout(100)
    assert opened.point_of("e-rescue") == (x, y)
    assert opened.point_of("mayor") == pytest.approx((x, y + HALF_COVERED), abs=4)
    after = {label["id"]: label for label in opened.page.evaluate("kgView.labels()")}
    assert after["e-rescue"]["top"] < before["e-rescue"]["top"]


def test_it_opens_on_part_of_many_and_shows_all_on_request(open_page: Opener) -> None:
    opened = open_page(crowd(300))
    assert len(opened.visible()) <= 150
    opened.page.click("#extent")
    assert len(opened.visible()) == 330


@pytest.mark.slow
def test_two_thousand_nodes_are_usable_in_three_seconds(open_page: Opener) -> None:
    opened = open_page(crowd(1820))
    timing = "performance.getEntriesByType('navigation')[0].domComplete"
    assert opened.page.evaluate(timing) < 3000
    spent = """() => new Promise((done) => {
        const start = performance.now();
        document.getElementById("extent").click();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
    })"""
    assert opened.page.evaluate(spent) < 3000
    assert len(opened.visible()) >= 2000
