"""What is wrong with how a page looks, as far as a program sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FAULTS = """
() => {
  const found = [];
  const root = document.documentElement;
  const width = root.clientWidth;
  const tooMuch = root.scrollWidth - width;
  if (tooMuch > 1) found.push(`the page is ${tooMuch} px too wide`);
  const named = (one) =>
    `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ""}` +
    [...one.classList].slice(0, 2).map((name) => `.${name}`).join("") +
    ` "${(one.innerText || one.value || "").trim().slice(0, 40)}"`;
  const style = (one) => getComputedStyle(one);
  const isShown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // Said to those who do not see: cut on purpose.
  const isUnseen = (one) => {
    for (let at = one; at; at = at.parentElement)
      if (style(at).clipPath !== "none" || style(at).clip !== "auto") return true;
    return false;
  };
  const scrolls = (one, axis) => ["auto", "scroll"].includes(style(one)[`overflow${axis}`]);
  const cuts = (one, axis) => ["hidden", "clip"].includes(style(one)[`overflow${axis}`]);
  const hasText = (one) =>
    [...one.childNodes].some((each) => each.nodeType === 3 && each.textContent.trim());
  const REACHED = "a[href], button, input, [tabindex='0']";
  const hasEdge = (one) => {
    const { backgroundImage, boxShadow, borderTopWidth, borderLeftWidth } = style(one);
    const lines = [borderTopWidth, borderLeftWidth].some((each) => each !== "0px");
    return backgroundImage !== "none" || boxShadow !== "none" || lines;
  };
  const isInRegion = (one) => {
    for (let at = one.parentElement; at && at !== document.body; at = at.parentElement)
      if (scrolls(at, "X")) return true;
    return false;
  };
  for (const one of document.body.querySelectorAll("*")) {
    if (!isShown(one) || one.closest("svg, script, style, .skip") || isUnseen(one)) continue;
    const tooWide = one.scrollWidth > one.clientWidth + 1;
    const tooTall = one.scrollHeight > one.clientHeight + 3;
    // A text that somebody writes scrolls along; what is chosen from a list is to be seen whole.
    const isChosen = one.matches("input[role=listbox], input[readonly]");
    if (isChosen && tooWide) found.push(`cut field: ${named(one)}`);
    if (hasText(one)) {
      if (tooWide && cuts(one, "X")) found.push(`cut at the side: ${named(one)}`);
      if (tooTall && cuts(one, "Y")) found.push(`cut below: ${named(one)}`);
      const box = one.getBoundingClientRect();
      const isOut = box.right > width + 1 || box.left < -1;
      if (isOut && box.width && !isInRegion(one)) found.push(`beside the window: ${named(one)}`);
    }
    const goesOn = (tooWide && scrolls(one, "X")) || (tooTall && scrolls(one, "Y"));
    if (!goesOn || one.tagName === "TEXTAREA") continue;
    const isReached = one.tabIndex >= 0 || one.querySelector(REACHED);
    if (!isReached) found.push(`scrolls, and no key reaches it: ${named(one)}`);
    if (!hasEdge(one) && !hasEdge(one.parentElement))
      found.push(`scrolls, and nothing tells: ${named(one)}`);
  }
  return [...new Set(found)];
}
"""
_IN_WINDOW = """
() => {
  const { top, bottom, height } = document.getElementById("question").getBoundingClientRect();
  return height > 0 && top >= 0 && bottom <= window.innerHeight + 1;
}
"""


def look_faults(page: Page) -> list[str]:
    """Return what is cut, too wide, beside the window, or scrolls without showing that it does."""
    found: list[str] = page.evaluate(_FAULTS)
    return found


def has_composer_in_window(page: Page) -> bool:
    """Tell whether the field for a question is in the window."""
    told: bool = page.evaluate(_IN_WINDOW)
    return told
