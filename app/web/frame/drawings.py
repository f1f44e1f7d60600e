"""Drawings: HTML that everybody is shown alike, with holes for what is one person's own.

One is kept under the content version that was read before it was drawn, for those who are signed in and read what the
public reads. The public's pages are kept whole, by the front.
"""
import secrets
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.core import content_version
from app.web.frame import locale
from app.web.frame.session import me, rooms

# In seconds: a drawing may show what changes with the clock alone, such as a charge that ends.
LONGEST = 60
# What a drawing takes beside its texts, and each of these beside its characters, about.
OVERHEAD, OVERHEAD_OF_TEXT = 500, 100
# Nobody outside this process knows them, so that no text that somebody wrote holds one: where a hole is, and where the
# token of a form goes.
MARK, TOKEN = secrets.token_hex(16), secrets.token_hex(16)


@dataclass(frozen=True)
class Drawing:
    """The texts around the holes, one more than there are of these; `at` is when it was drawn, in seconds."""

    texts: tuple[str, ...]
    holes: tuple[str, ...] = ()
    at: float = field(default_factory=time.time)

    @property
    def size(self) -> int:
        return OVERHEAD + sum(len(text) + OVERHEAD_OF_TEXT for text in self.texts)

    @property
    def html(self) -> Markup:
        """Return a drawing without holes."""
        [text] = self.texts
        return Markup(text)

    @property
    def by_hole(self) -> dict[str, str]:
        """Return the text that follows each hole."""
        return dict(zip(self.holes, self.texts[1:], strict=True))

    def fill(self, contents: Mapping[str, str]) -> str:
        parts = [self.texts[0]]
        for hole, text in zip(self.holes, self.texts[1:], strict=True):
            parts += contents[hole], text
        return "".join(parts)


def draw(template: str, **values: Any) -> Drawing:
    """Draw a fragment, which shows nothing that depends on who reads it, but where it leaves a hole."""
    parts = render_template(template, **values).split(MARK)
    return Drawing(tuple(parts[::2]), tuple(parts[1::2]))


def hole(name: object) -> Markup:
    """Leave a hole in a fragment."""
    return Markup(f"{MARK}{name}{MARK}")


def reads_as_public() -> bool:
    """Tell whether somebody signed in reads what the public reads, but for what they wrote: they have no charge, and
    see no private community.
    """
    actor = me()
    has_charge = actor.is_coordinator or bool(actor.facilitates)
    return actor.is_someone and not has_charge and not any(room.is_private for room in rooms().all)


def kept(key: Hashable, draw_it: Callable[[], Drawing]) -> Drawing:
    """Return what is kept under this key, for a minute at most and while the content stays, else draw it."""
    return find(key) or put(key, draw_it)


def find(key: Hashable) -> Drawing | None:
    found: Drawing | None = content_version.find((locale.language(), key))
    return found if found and abs(time.time() - found.at) <= LONGEST else None


def put(key: Hashable, draw_it: Callable[[], Drawing]) -> Drawing:
    n, drawing = content_version.number(), draw_it()
    content_version.put((locale.language(), key), drawing, n)
    return drawing


def with_token(html: str) -> Markup:
    """Put the token of this person's forms where it goes; whoever reads no form gets none."""
    return Markup(html.replace(TOKEN, generate_csrf()) if TOKEN in html else html)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["hole"] = hole
