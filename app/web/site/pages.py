"""The texts of the site: about, privacy, accessibility."""

from datetime import date

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.permits import Permission, anyone
from app.web.frame import locale, pictures
from app.web.frame.documents import load_document
from app.web.frame.filters import label
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import rooms
from app.web.site.bp import bp
from app.web.site.home import VISIT

READ = Permission("page:read", [anyone])


@bp.get("/about")
@public(READ)
def about() -> str:
    open_to_all = [label(room) for room in rooms().current if not room.is_private]
    return _page("about", _("À propos"), communities=", ".join(open_to_all) or "…")


@bp.get("/privacy")
@public(READ)
def privacy() -> str:
    return _page("privacy", _("Confidentialité"))


@bp.get("/accessibility")
@public(READ)
def accessibility() -> str:
    return _page("accessibility", _("Accessibilité"))


def _page(name: str, title: str, **names: str) -> str:
    version, html = load_document(name, locale.get_language(), **names)
    return render("site/document.html", name=name, title=title, day=date.fromisoformat(version), html=html)


@bp.get("/picture.png")
@pictures.limited
@public(VISIT)
def picture() -> Response:
    return pictures.render_picture(pictures.of_site())
