"""The first page, and the answer of a live process to a machine."""

from flask import Response

from app.core.permits import Permission, anyone
from app.web.frame.params import single_param
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me, read_as_public
from app.web.site import own_home, public_home
from app.web.site.bp import bp
from app.web.site.parts import draw_parts

VISIT = Permission("site:visit", [anyone])


@bp.get("/")
@public(VISIT)
def home() -> str | Response:
    """Show a member their own page; `public=1` shows them that of the public."""
    is_public = single_param("public", ("1",))
    if me().is_someone and not is_public:
        return own_home.render_own()
    with read_as_public():
        parts = draw_parts(public_home.PARTS)
    return render("site/home/public.html", parts=parts)


@bp.get("/healthz")
@public(VISIT)
def healthz() -> tuple[str, dict[str, str]]:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
