"""What a reader's browser says of a page: when its largest part was painted, and how much the page moved meanwhile."""

from typing import Any, NamedTuple

# Everything that was noted since the page began, once its fonts are there and it was painted with them.
NOTED = """async () => {
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const noted = type => new Promise(done => {
        const observer = new PerformanceObserver(list => done(list.getEntries()));
        observer.observe({type, buffered: true});
        setTimeout(() => done([]), 300);
    });
    const paints = await noted("largest-contentful-paint"), shifts = await noted("layout-shift");
    return [
        Math.max(0, ...paints.map(entry => entry.startTime)),
        shifts.filter(entry => !entry.hadRecentInput).reduce((sum, entry) => sum + entry.value, 0)];
}"""


class Vitals(NamedTuple):
    """Largest Contentful Paint, in milliseconds, and Cumulative Layout Shift, without unit (web.dev/vitals)."""

    lcp: float
    cls: float


def measure(page: Any, address: str) -> Vitals:
    """Open an address in a page of Playwright, and return what its browser noted."""
    page.goto(address, wait_until="load")
    return Vitals(*page.evaluate(NOTED))
