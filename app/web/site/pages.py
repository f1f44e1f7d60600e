"""The texts of the site: about, privacy, accessibility."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app
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
    return _page("privacy", _("Confidentialité"), backups=_describe_backups(current_app.config))


def _describe_backups(config: Mapping[str, Any]) -> str:
    """Say how long backups live: those that the worker makes, or those of whoever hosts the site."""
    if not config["BACKUP_DIR"]:
        return _(
            "Ce site ne fait pas lui-même ses copies de sauvegarde : l'organisme qui le porte, ou son hébergeur, les "
            "fait. La personne responsable, nommée au bas de cette page, vous dit combien de temps elles sont gardées."
        )
    here = _("Une copie de sauvegarde est faite chaque jour, et effacée après quatre semaines au plus.")
    elsewhere = _("Une autre en est gardée ailleurs, aussi longtemps.") if config["BACKUP_SEND"] else ""
    return f"{here} {elsewhere}".strip()


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
