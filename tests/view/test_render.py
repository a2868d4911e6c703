"""The page as text: nothing fetched, nothing run that is not its own, the same bytes each time."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreError
from kg.records import Article, ArticleResult
from kg.view.render import render_html
from tests.view.stories import flood, with_labels

HOSTILE = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    '<a href="javascript:window.hit=1">href</a>',
    "\"><img src=x onerror='window.hit=1'>",
    "<!--<script>",
    "it's \u2028 broken \u2029 \\",
    "{{ 7 * 7 }}",
    "__proto__",
)


def data_of(page: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/json" id="kg-data">(.*?)</script>', page, re.S)
    assert match is not None
    data: dict[str, Any] = json.loads(match[1])
    return data


def without_scripts(page: str) -> str:
    return re.sub(r"<script.*?</script>", "", page, flags=re.S)


def policy_of(page: str) -> str:
    match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert match is not None
    return match[1].replace("&#39;", "'")


def test_nothing_is_fetched(story: ArticleResult) -> None:
    page = without_scripts(render_html([story]))
    sources = re.findall(r"""\s(?:src|href|action|srcset)\s*=\s*["']?([^"'\s>]*)""", page)
    assert sources
    assert all(source.startswith(("#", "data:")) for source in sources)
    assert "@import" not in page
    assert "url(" not in page


def test_the_policy_names_the_two_scripts_and_nothing_else(story: ArticleResult) -> None:
    page = render_html([story])
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    hashes = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    policy = policy_of(page)
    assert policy.startswith("default-src 'none';")
    assert re.findall(r"script-src ([^;]*);", policy) == [
        " ".join(f"'sha256-{value}'" for value in hashes)
    ]
    assert "unsafe" not in policy
    assert len(hashes) == 2


def test_no_attribute_holds_script_or_style(story: ArticleResult) -> None:
    page = without_scripts(render_html([story]))
    assert not re.search(r"\s(on\w+|style)\s*=", page)


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_text_stays_data(label: str) -> None:
    page = render_html([with_labels([label])], title=label)
    data = data_of(page)
    assert data["entities"][f"id {label}"]["label"] == label
    assert data["events"][f"event {label}"]["action"] == label
    assert page.count("<script") == render_html([flood()]).count("<script")
    assert "<img" not in without_scripts(page)
    assert 'href="javascript' not in page


def test_two_renders_are_equal_byte_for_byte(story: ArticleResult) -> None:
    results = [story, flood("later")]
    assert render_html(results) == render_html(reversed(results))


def test_another_process_renders_the_same_bytes(story: ArticleResult, tmp_path: Path) -> None:
    code = (
        "import sys; from kg.view.render import render_html; "
        "from tests.view.stories import flood; render_html([flood()], sys.argv[1])"
    )
    path = tmp_path / "graph.html"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=environment)
    assert path.read_bytes() == render_html([story]).encode()


def test_the_page_holds_every_event_with_its_sentence(story: ArticleResult) -> None:
    data = data_of(render_html([story]))
    text = data["articles"]["flood"]["text"]
    assert text == story.article.text
    assert list(data["events"]) == ["e-burst", "e-rescue", "e-loot", "e-house"]
    start, end = data["events"]["e-rescue"]["sentence"]
    assert text[start:end].startswith("Soldiers rescued 30 villagers")


def test_first_report_of_an_event_is_the_earliest_and_holds_the_others(
    story: ArticleResult,
) -> None:
    day = story.article.published
    assert day is not None
    earlier = flood("later id, earlier day")
    earlier = replace(earlier, article=replace(earlier.article, published=day - timedelta(days=1)))
    event = data_of(render_html([story, earlier]))["events"]["e-rescue"]
    assert event["article"] == earlier.article.id
    assert [report["article"] for report in event["reports"]] == [story.article.id]


@pytest.mark.parametrize(
    ("event", "status", "realised", "label"),
    [
        ("e-rescue", "actual", True, "rescued"),
        ("e-loot", "denied", False, "looted · denied"),
        ("e-house", "planned", False, "house · planned"),
    ],
)
def test_what_did_not_happen_is_marked(
    story: ArticleResult, event: str, status: str, realised: bool, label: str
) -> None:
    data = data_of(render_html([story]))
    assert data["events"][event]["status"] == status
    assert data["events"][event]["realised"] is realised
    assert next(n["label"] for n in data["nodes"] if n["id"] == event) == label


def test_an_actor_points_at_its_event_and_the_event_at_its_target(story: ArticleResult) -> None:
    edges = data_of(render_html([story]))["edges"]
    ends = {(edge["from"], edge["role"], edge["to"]) for edge in edges}
    assert ("soldiers", "actor", "e-rescue") in ends
    assert ("e-rescue", "target", "villagers") in ends
    assert ("mayor", "says", "e-rescue") in ends


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("Save the Children", "Save the Children"),
        ("Islamic Relief Worldwide", "Islamic Relief\nWorldwide"),
        ("the committee for the defence of old bridges", "the committee for\nthe defence of ol…"),
        ("Llanfairpwllgwyngyllgogerychwyrndrobwll", "Llanfairpwllgwyngyllg…"),
    ],
)
def test_long_names_take_two_lines_at_most(label: str, written: str) -> None:
    nodes = data_of(render_html([with_labels([label])]))["nodes"]
    assert next(n["label"] for n in nodes if n["id"] == f"id {label}") == written


def test_the_heading_is_the_title_or_the_number_of_articles(story: ArticleResult) -> None:
    assert "<h1>Soldiers rescue villagers after flood</h1>" in render_html([story])
    assert "<h1>2 articles</h1>" in render_html([story, flood("b")])
    assert "<h1>A &amp; B</h1>" in render_html([story], title="A & B")


def test_an_article_without_events_has_a_page() -> None:
    page = render_html([ArticleResult(article=Article(id="a", text="Nothing."))])
    assert data_of(page)["nodes"] == []


def test_characters_that_html_cannot_hold_are_replaced(
    story: ArticleResult, tmp_path: Path
) -> None:
    article = replace(story.article, title="lone \ud800 surrogate \x01")
    render_html([replace(story, article=article)], tmp_path / "page.html")
    assert "<h1>lone \ufffd surrogate \ufffd</h1>" in (tmp_path / "page.html").read_text("utf-8")


def test_the_file_holds_what_is_returned(story: ArticleResult, tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.html"
    page = render_html([story], path)
    assert path.read_bytes() == page.encode()
    assert [p.name for p in path.parent.iterdir()] == ["graph.html"]


def test_a_place_that_cannot_be_written_is_named(story: ArticleResult, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="file"):
        render_html([story], tmp_path / "file" / "graph.html")
