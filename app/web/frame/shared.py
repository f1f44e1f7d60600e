"""What the public and most members read alike: made once, as for the public, and kept while the content stays."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import g
from markupsafe import Markup

from app.communities.queries import reads_as_public
from app.core import clock, versions
from app.core.actor import ANYONE
from app.web.frame import locale, refusals
from app.web.frame.drawings import draw, fill
from app.web.frame.session import me
from app.web.frame.support import is_htmx, render

T = TypeVar("T")
Read = Callable[[], dict[str, Any]]
# Between the blocks of a page in what is kept.
CUT = "\0"
# In seconds: what is kept may show what changes with the clock alone, such as a charge that ends.
LONGEST = 30


def page(
    template: str,
    fragment: str | None,
    name: Hashable,
    read: Read,
    own: Callable[[], Mapping[str, Markup]] = dict,
    *,
    is_personal: bool = False,
) -> str:
    """Render a page in which nothing between its header and its footer is one person's, or the fragment for htmx.

    `read` finds what it shows, and `name` tells that apart from what another address shows. `own` draws what is one
    person's, for the holes that the template leaves. A page that `is_personal` is made for its reader and not kept.
    """
    shown = fragment if fragment and is_htmx() else template
    if is_personal or not _reads_alike():
        return fill(draw(shown, **read()), own())
    if shown == fragment:
        return part(shown, name, read)
    title, description, feed, page_class, main = part(template, name, read, layout="layout/parts.html").split(CUT)
    return render(
        "layout/shared.html",
        title=title,
        description=description,
        feed=feed,
        page_class=page_class,
        main=fill(main, own()),
    )


def part(template: str, name: Hashable, read: Read, **more: Any) -> Markup:
    """Return a part of a page in which nothing is one person's, for a page that also shows what is theirs.

    The template has no `page`, which knows the person, and whatever asks who reads is told that nobody does.
    """

    def make() -> Markup:
        return draw(template, page=None, cut=CUT, **more, **read())

    return kept((template, name, is_htmx()), make) if _reads_alike() else make()


def _reads_alike() -> bool:
    """Tell whether this person is shown what the public is: whoever may not take part for now is not offered to."""
    return reads_as_public(me()) and not refusals.is_out()


def kept(name: Hashable, make: Callable[[], T]) -> T:
    """Return what was made for the public under this name and language, for a moment and while the content stays."""
    moment = int(clock.now().timestamp()) // LONGEST
    with as_public():
        return versions.keep((name, locale.language(), moment), make)


@contextmanager
def as_public() -> Iterator[None]:
    """Read as the public does meanwhile."""
    mine = {name: g.pop(name) for name in ("actor", "rooms", "member") if name in g}
    g.actor, g.member = ANYONE, None
    try:
        yield
    finally:
        g.pop("rooms", None)
        for name in ("actor", "member"):
            g.pop(name)
        for name, value in mine.items():
            setattr(g, name, value)
