"""Whether everybody can use a page: axe-core, the size of letters and targets, nothing cut off."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CARE = "localStorage.setItem('kongchuo-care', '1')"
DOUBLE = (
    "addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
)

# What a finger is asked to hit: a tick or a choice by its label; a link in a sentence is text.
_TARGETS = """() => {
    const seen = (one) => one.getClientRects().length > 0;
    const label = (one) => one.closest("label") || document.querySelector(`label[for="${one.id}"]`);
    const hit = (one) => (/radio|checkbox/.test(one.type) ? label(one) : one);
    const all = "main button, main summary, main .btn, main .tabs a, main input:not([type=hidden])";
    const targets = new Set([...document.querySelectorAll(all)].map(hit).filter(seen));
    return [...targets].map((one) => ({
        words: one.textContent.trim() || one.id,
        height: one.getBoundingClientRect().height,
    }));
}"""
_LETTERS = """() => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const small = [];
    while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        const words = texts.currentNode.textContent.trim();
        if (!words || !parent.getClientRects().length || parent.closest(".sr-only")) continue;
        small.push({ words, size: parseFloat(getComputedStyle(parent).fontSize) });
    }
    return small;
}"""
_CUT_OFF = """() => {
    const wide = document.documentElement.clientWidth;
    const out = (one) => {
        const box = one.getBoundingClientRect();
        const hides = getComputedStyle(one).overflowX !== "visible";
        const spills = hides && one.scrollWidth > one.clientWidth + 1;
        return box.width > 1 && (box.right > wide + 1 || box.left < -1 || spills);
    };
    const skipped = ".sr-only, .skip, input, option";
    return [...document.querySelectorAll("body *")]
        .filter((one) => one.checkVisibility() && !one.closest(skipped) && out(one))
        .map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 20)}`);
}"""
_COLUMNS = """() => [...document.querySelectorAll("main .roll-grid, main .roll-kinds, main .grid")]
    .filter((one) => one.getClientRects().length)
    .map((one) => getComputedStyle(one).gridTemplateColumns.split(" ").length)"""
_FOCUS = """() => {
    const one = document.activeElement;
    const shown = one.closest("label") || document.querySelector(`label[for="${one.id}"]`) || one;
    const box = (/radio|checkbox/.test(one.type) ? shown : one).getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return Boolean(top) && (one.contains(top) || shown.contains(top) || top.contains(one));
}"""


_GRAVE = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
        .filter((one) => ["serious", "critical"].includes(one.impact))
        .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html}`));
}"""


def grave(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands.

    The page keeps axe-core for the next look, in another scheme or width.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_GRAVE)
    return found


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def small_targets(page: Page, least: int) -> list[Any]:
    """What is lower than ``least`` pixels and asks to be hit."""
    return [one for one in page.evaluate(_TARGETS) if one["height"] < least - 0.5]


def small_letters(page: Page, least: int) -> list[Any]:
    """Words on the page in letters of less than ``least`` pixels."""
    return [one for one in page.evaluate(_LETTERS) if one["size"] < least]


def cut_off(page: Page) -> list[str]:
    """What stands out of the window or hides a part of itself."""
    found: list[str] = page.evaluate(_CUT_OFF)
    return found


def columns(page: Page) -> list[int]:
    """How many columns each grid of the page has."""
    found: list[int] = page.evaluate(_COLUMNS)
    return found


def focus_is_seen(page: Page) -> bool:
    """Whether what has the focus is covered by nothing (WCAG 2.4.11)."""
    return bool(page.evaluate(_FOCUS))
