"""The charter: the version in force, those before it, its writing by coordinators, and its acceptance."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import charter as service
from app.accounts import policy, queries
from app.accounts.models.documents import CHARTER, Document
from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission
from app.forms.base import parse_number
from app.forms.charter import AcceptanceForm, CharterForm
from app.forms.ideas import PreviewForm
from app.web.frame import destination, documents, loaders
from app.web.frame.form_limits import unlimited
from app.web.frame.overlaps import add_colleague_changes, attempt_over, refresh
from app.web.frame.params import single_param
from app.web.frame.responses import done, lead_on, refuse, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me
from app.web.site import consent
from app.web.site.bp import bp

BOTH, PAGE = ["GET", "POST"], "site/charter/edit.html"


@bp.get("/charter")
@public(policy.READ_CHARTER)
def charter() -> str:
    document = documents.get_charter()
    return render("site/charter/show.html", document=document, **consent.render_version(document))


@bp.get("/charter/versions")
@public(policy.READ_CHARTER)
def charter_versions() -> str:
    return render(
        "site/charter/versions.html", documents=queries.list_charter_versions() or [documents.load_shipped_charter()]
    )


def get_version(actor: Actor, number: int, permission: Permission) -> tuple[Document, Document | None]:
    """Return a version of the charter, and the one before it. Raise NotFound."""
    document, before = documents.get_charter_version(number)
    if not permission.permits(actor, document):
        raise NotFound()
    return document, before


@bp.get("/charter/versions/<id:number>")
@public(policy.READ_CHARTER, of=Loader(get_version, "number"))
def charter_version(versions: tuple[Document, Document | None]) -> str:
    document, before = versions
    following = document.number + 1 if document.number < documents.get_charter().number else None
    return render(
        "site/charter/version.html",
        document=document,
        before=before,
        following=following,
        changes=consent.list_changes(before, document),
        **consent.render_version(document),
    )


@bp.get("/charter/edit")
@members(policy.EDIT_CHARTER)
def edit_charter() -> str:
    return render(PAGE, form=_fill(), preview=None)


@bp.post("/charter/edit")
@members(policy.EDIT_CHARTER, limit="team")
def publish_charter() -> Response:
    form = CharterForm()
    if request.form.get("act") == "preview":
        texts = [documents.render_html(text or "") for text in (form.body.data, form.body_en.data)]
        refresh(form, _fill())
        return refuse(PAGE, code=200, form=form, preview=texts)
    outcome = attempt_over(
        form,
        CHARTER,
        _fill,
        lambda: service.publish(
            me(), form.words(), base=documents.get_charter().number, default=documents.load_shipped_charter()
        ),
    )
    if outcome.code:
        return refuse(PAGE, code=outcome.code, form=form, preview=None)
    return done(
        url_for(".charter_version", number=outcome.result),
        add_colleague_changes(_("La nouvelle version de la charte est en vigueur."), form),
    )


def _fill() -> CharterForm:
    """Return the form with the version in force."""
    return CharterForm.of(documents.get_charter())


@bp.post("/charter/preview")
@members(
    policy.EDIT_CHARTER,
    form_on="site.edit_charter",
    limit=unlimited("it shows how a text will look, and keeps nothing"),
    without_message="it shows how a text will look, and changes nothing",
)
def preview_charter() -> str | Response:
    """Show how a text will look, for the editor."""
    form = PreviewForm()
    if not form.validate():
        return refuse("ideas/_preview.html", code=422, html="", errors=form.text.errors)
    return render("ideas/_preview.html", html=documents.render_html(form.text.data or ""), errors=())


@bp.route("/charter/acceptance", methods=BOTH)
@members(policy.MANAGE, of=loaders.OWN_ACCOUNT, limit="standing")
def accept_charter(user: User) -> str | Response:
    """Show what changed to a person who owes consent, and record it; send anybody else on."""
    form = AcceptanceForm()
    target = form.next.data if request.method == "POST" else single_param("next", longest=destination.LONGEST)
    next_url = target if target and destination.is_ours(target) else url_for(".charter")
    if not me().owes_charter:
        already = _("Vous avez déjà accepté la charte en vigueur.")
        return done(next_url, already, "info") if request.method == "POST" else lead_on(next_url, 303)
    if request.method != "POST":
        return consent.render_page(user, url_for(".accept_charter"), [("next", next_url)], code=200)
    if not form.validate() or not service.accept(me(), user, parse_number(form.charter_accepted.data)):
        return consent.render_page(user, url_for(".accept_charter"), [("next", next_url)], code=422)
    return done(next_url, _("Merci. Vous avez accepté la charte."))
