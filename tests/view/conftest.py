"""A small result made by hand, a hostile one, and a page of it in a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.records import ArticleResult
from kg.view.render import render_html
from tests.view.stories import flood

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class OpenPage:
    """A page in the browser, with what it asked for and complained of."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))
        page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and self.complaints.append(message.text)
            ),
        )

    def point_of(self, node_id: str) -> tuple[float, float]:
        """Where a node is drawn in the window."""
        point = self.page.evaluate("id => kgView.position(id)", node_id)
        box = self.page.locator("#canvas").bounding_box()
        assert box is not None
        return box["x"] + point["x"], box["y"] + point["y"]

    def click_node(self, node_id: str) -> None:
        self.page.mouse.click(*self.point_of(node_id))

    def visible(self) -> set[str]:
        return set(self.page.evaluate("kgView.visible()"))

    def overlapping_labels(self) -> list[tuple[str, str]]:
        labels: list[dict[str, Any]] = self.page.evaluate("kgView.labels()")
        return [
            (a["id"], b["id"])
            for row, a in enumerate(labels)
            for b in labels[:row]
            if a["left"] < b["right"]
            and b["left"] < a["right"]
            and a["top"] < b["bottom"]
            and b["top"] < a["bottom"]
        ]


@pytest.fixture
def story() -> ArticleResult:
    return flood()


@pytest.fixture(scope="session")
def context() -> Iterator["BrowserContext"]:
    """A window of Chromium; without one the tests of the page are skipped, or fail if required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no chromium on the PATH: install Debian's package chromium"
        if os.environ.get("KG_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield chromium.new_context(reduced_motion="reduce")
        chromium.close()


@pytest.fixture
def open_page(context: "BrowserContext", tmp_path: Path) -> Iterator[Callable[..., OpenPage]]:
    """A function that renders results and opens the page from its file."""

    def open_results(*results: ArticleResult, width: int = 1280, height: int = 800) -> OpenPage:
        path = tmp_path / "graph.html"
        render_html(results, path)
        opened = OpenPage(context.new_page())
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.goto(path.as_uri())
        opened.page.wait_for_selector("html[data-ready]", timeout=10_000)
        return opened

    yield open_results
    for page in context.pages:
        page.close()
