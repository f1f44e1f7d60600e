"""The charter: the version in force, those before it, its writing by coordinators, and its acceptance."""
from functools import partial

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import charter as service
from app.accounts import policy, queries
from app.core.permits import require
from app.forms.base import number_of
from app.forms.charter import AcceptanceForm, CharterForm, PreviewForm
from app.web.accounts.account import mine
from app.web.frame import destination, documents
from app.web.frame.attempt import taken
from app.web.frame.params import single
from app.web.frame.session import me
from app.web.frame.support import go, members, public, refused, render
from app.web.site import consent
from app.web.site.bp import bp

BOTH = ["GET", "POST"]


@bp.get("/charter")
@public(policy.READ_CHARTER)
def charter() -> str:
    return render("site/charter/show.html", document=documents.charter(), **consent.reading(documents.charter()))


@bp.get("/charter/versions")
@public(policy.READ_CHARTER)
def charter_versions() -> str:
    return render("site/charter/versions.html", documents=queries.documents() or [documents.shipped_charter()])


@bp.get("/charter/versions/<id:number>")
@public(policy.READ_CHARTER)
def charter_version(number: int) -> str:
    document, before = documents.charter_numbered(number)
    following = number + 1 if number < documents.charter().number else None
    return render("site/charter/version.html", document=document, before=before, following=following,
                  changes=consent.changes(before, document), **consent.reading(document))


@bp.route("/charter/edit", methods=BOTH)
@members(policy.EDIT_CHARTER)
def edit_charter() -> str | Response:
    require(me(), policy.EDIT_CHARTER)
    if request.method == "GET":
        now = documents.charter()
        return render("site/charter/edit.html", form=CharterForm.of(now), now=now, is_overtaken=False, preview=None)
    form = CharterForm()
    if request.form.get("act") == "preview":
        texts = [documents.html(text or "") for text in (form.body.data, form.body_en.data)]
        return _again(form, code=200, preview=texts)
    found: list[int] = []
    if not taken(form, partial(_publish, form, found)):
        return _again(form)
    flash(_("La nouvelle version de la charte est en vigueur."), "success")
    return go(".charter_version", number=found[0])


def _publish(form: CharterForm, found: list[int]) -> None:
    words, shipped = form.typed(), documents.shipped_charter()
    found.append(service.publish(me(), words, base=form.base_number(), shipped=shipped))


def _again(form: CharterForm, *, code: int = 0, preview: list[str] | None = None) -> Response:
    """Give back what was typed; whoever is told that another version appeared may publish over it."""
    now = documents.charter()
    is_overtaken = form.base_number() != now.number
    form.base.data = str(now.number)
    return refused("site/charter/edit.html", code=code, form=form, now=now, is_overtaken=is_overtaken, preview=preview)


@bp.post("/charter/preview")
@members(policy.EDIT_CHARTER)
def preview_charter() -> str | Response:
    """Show how a text will look, for the editor."""
    require(me(), policy.EDIT_CHARTER)
    form = PreviewForm()
    if not form.validate():
        return refused("ideas/_preview.html", html="", errors=form.text.errors)
    return render("ideas/_preview.html", html=documents.html(form.text.data or ""), errors=())


@bp.route("/charter/acceptance", methods=BOTH)
@members(policy.SIGNED_IN)
def accept_charter() -> str | Response:
    """Show what changed to whoever has yet to accept it; nobody else has anything to do here."""
    form = AcceptanceForm()
    wanted = form.next.data if request.method == "POST" else single("next")
    onward = wanted if wanted and destination.is_ours(wanted) else url_for(".charter")
    if not me().owes_charter:
        return redirect(onward, 303)
    if request.method == "GET":
        return consent.page(url_for(".accept_charter"), {"next": onward}, code=200)
    if not form.validate() or not service.accept(me(), mine(), number_of(form.charter_accepted.data)):
        return consent.page(url_for(".accept_charter"), {"next": onward}, code=422)
    flash(_("Merci. Vous avez accepté la charte."), "success")
    return redirect(onward, 303)
