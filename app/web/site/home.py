"""The first page, and the answer of a live process to a machine."""

from app.core.permits import Permission, anyone
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.site import public_home
from app.web.site.bp import bp
from app.web.site.parts import draw_parts

VISIT = Permission("site:visit", [anyone])


@bp.get("/")
@public(VISIT)
def home() -> str:
    return render("site/home/public.html", parts=draw_parts(public_home.PARTS))


@bp.get("/healthz")
@public(VISIT)
def healthz() -> tuple[str, dict[str, str]]:
    return "ok\n", {"Content-Type": "text/plain; charset=utf-8"}
