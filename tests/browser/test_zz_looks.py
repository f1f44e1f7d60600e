import os, re, pytest
from tests.browser import square as sq
pytestmark = pytest.mark.skipif(not os.environ.get("LOOKS"), reason="x")
from pathlib import Path
OUT = Path("/tmp/looks"); OUT.mkdir(exist_ok=True)
@pytest.mark.parametrize("role", list(sq.READERS))
def test_look(role, page_for, make):
    w = sq.build(make)
    paths = sq.READERS[role](w)
    only = os.environ.get("ONLY")
    pairs = [tuple(p.split("-")) for p in os.environ["LOOKS"].split(",")]
    page = page_for(w.people.get(role))
    for path in paths:
        if only and not re.search(only, path): continue
        page.goto(path)
        for width, theme in pairs:
            page.set_viewport_size({"width": int(width), "height": 900})
            page.evaluate("t => document.documentElement.dataset.theme = t", theme)
            name = re.sub(r"[^a-z0-9]+", "_", path.lower()).strip("_")[:50] or "home"
            page.screenshot(path=OUT / f"{role}-{name}-{width}-{theme}.png", full_page=True)
