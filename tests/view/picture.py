"""Draws the README's picture: python -m tests.view.picture build/demo/graph.html docs/graph.png"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.view.conftest import ARGUMENTS


def draw_picture(page_path: Path, picture_path: Path) -> None:
    """Photograph the page as it opens, 1280 x 800, light."""
    chromium_path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        page = chromium.new_page(
            viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(page_path.resolve().as_uri())
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(300)
        page.screenshot(path=picture_path)
        chromium.close()


if __name__ == "__main__":
    draw_picture(Path(sys.argv[1]), Path(sys.argv[2]))
