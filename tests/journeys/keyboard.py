"""Going through a page with the keyboard alone, looking at the focus at every stop."""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 400
MOST_LOOKS = 2000

# A check box is drawn by its label, which carries the ring; text over several lines is seen if
# one line is.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const inView = (line) => line.bottom > 0 && line.top < innerHeight && line.right > 0
    && line.left < innerWidth;
  const onTop = (line) => {
    // The middle of what is on the screen: the caret of a tall field may be all of it that is.
    const x = (Math.max(line.left, 0) + Math.min(line.right, innerWidth)) / 2;
    const y = (Math.max(line.top, 0) + Math.min(line.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(x, y);
    return top && [at, ...at.labels ?? []].some((own) => own.contains(top) || top.contains(own));
  };
  const lines = [...at.getClientRects()];
  const drawn = getComputedStyle(at).opacity === "0";
  const ring = drawn ? getComputedStyle(at.nextElementSibling, "::before") : getComputedStyle(at);
  const kind = [at.tagName.toLowerCase(), at.id && "#" + at.id, at.className && "." + at.className];
  return {
    name: `${kind.filter(Boolean).join("")} “${at.textContent.trim().slice(0, 30)}”`,
    ring: ring.outlineStyle === "none" ? 0 : parseFloat(ring.outlineWidth),
    on_screen: lines.some(inView),
    in_front: lines.some(onTop),
  };
}"""

# What one can get to with Tab: seen, enabled, and not within a closed box. Of radio buttons with
# one name Tab reaches one; the arrow keys reach the others.
TABBABLE = """() => new Set([...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((element) =>
      !element.disabled && element.tabIndex >= 0
      && element.checkVisibility({visibilityProperty: true}))
    .map((element) => (element.type === "radio" ? element.name : element))).size"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is: what it is on, how wide its ring, whether one can see it."""

    name: str
    ring: float
    on_screen: bool
    in_front: bool

    @property
    def fault(self) -> str:
        """Say what a sighted person would miss here; empty when nothing."""
        if self.ring < 2:
            return f"no ring: {self.name}"
        if not self.on_screen:
            return f"off the screen: {self.name}"
        return "" if self.in_front else f"beneath something else: {self.name}"


def stop(page: Page) -> Stop | None:
    """Return the present stop, None when nothing has the focus.

    The browser scrolls to it a few frames after the key, hence looks again before it complains.
    (Without scripts no page can wait for a frame itself.)
    """
    found = page.evaluate(STOP)
    for _ in range(MOST_LOOKS):
        if not found or not Stop(**found).fault:
            break
        found = page.evaluate(STOP)
    return Stop(**found) if found else None


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element of a selector.

    Raises:
        AssertionError: none is reached, or a stop on the way cannot be seen.
    """
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = stop(page)
        assert here, f"left the page before {selector}"
        assert not here.fault, here.fault
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached in {MOST_STOPS} stops")


def walk_through(page: Page) -> list[Stop]:
    """Press Tab from the top of the page until the focus leaves it at its end."""
    stops: list[Stop] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None or (stops and here.name == stops[0].name):
            return stops
        stops.append(here)
    raise AssertionError(f"the focus never leaves: {[at.name for at in stops[-5:]]}")


def tabbable_count(page: Page) -> int:
    """Count what can have the focus by Tab."""
    return int(page.evaluate(TABBABLE))
