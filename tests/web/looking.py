"""What axe finds wrong with a page: what people with screen readers or poor sight would stumble over."""

from pathlib import Path

import pytest
from playwright.async_api import Page

AXE = Path(__file__).parent / "audits" / "node_modules" / "axe-core" / "axe.min.js"

needs_axe = pytest.mark.skipif(not AXE.exists(), reason="`make clients` has not installed axe")


async def axe_finds(page: Page) -> list[tuple[str, str]]:
    """Each rule that is broken, or may be for all that axe can tell, and where."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate("axe.run()")
    assert len(found["passes"]) >= 10, "axe has not looked"
    return [
        (each["id"], str(node["target"]))
        for kind in ("violations", "incomplete")
        for each in found[kind]
        for node in each["nodes"]
    ]
