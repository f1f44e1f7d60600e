"""Invitations to a private community: its team invites an address, and the person who has it accepts."""

from flask import Response, g, make_response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.accounts import limits, mail_budget
from app.accounts import queries as accounts
from app.accounts.limits import AccountAndPlace
from app.accounts.service import as_one
from app.communities import invitations as service
from app.communities import policy, queries
from app.communities.models import Invitation
from app.communities.queries import Room
from app.core.permits import may_take_part
from app.forms.base import Form
from app.forms.communities import InvitationForm
from app.web.accounts.attempts import of_email
from app.web.accounts.security_mail import normalise
from app.web.communities.bp import bp
from app.web.frame import invitation_link, loaders, locale, mail
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.form_limits import counted_by_service
from app.web.frame.responses import done, go, refuse, render
from app.web.frame.routes import members, public
from app.web.frame.session import forget_me, me

CODES = {"over": 404, "anonymous": 200, "other": 403, "paused": 403, "open": 200}


@bp.route("/communities/<slug>/invitations", methods=["GET", "POST"])
@members(policy.INVITE, of=loaders.COMMUNITY, limit=counted_by_service("invite", "invited"))
def list_invitations(room: Room) -> str | AnyResponse:
    form = InvitationForm()
    if request.method != "POST":
        return render(
            "communities/invitations/index.html", room=room, form=form, invitations=service.list_sent(room.id)
        )
    outcome = attempt(form, lambda: _invite(room, normalise(form.email.data or "")))
    if outcome.code:
        return _refuse(room, form, outcome.code)
    return done(
        url_for(".list_invitations", slug=room.slug),
        _("L'invitation est partie. Elle vaut quatorze jours et ne sert qu'une fois."),
    )


def _invite(room: Room, email: str) -> None:
    """Write the invitation and its mail, both or neither. Raise TooMany.

    An address with an account and one without are the same work; only the language of the mail differs.
    """
    as_one(lambda: _count(room, email))
    own_language = locale.get_language()

    def write() -> None:
        token = service.invite(me(), queries.get_community(room.id), email)
        guest = accounts.find_by_email(email)
        lang = guest.locale if guest else own_language
        name = room.name_en if lang == "en" and room.name_en else room.name
        url = mail.endpoint_url(".show_invitation", token=token)
        mail.send(
            "invitation", recipient=email, locale=lang, user_id=guest.id if guest else None, community=name, url=url
        )

    as_one(write)


def _count(room: Room, email: str) -> None:
    """Count an invitation for the person, for the pair of the community and the address, and for the address."""
    limits.take("invite", me())
    limits.take("invited", AccountAndPlace(of_email(email), f"community:{room.id}"))
    mail_budget.take("invitation", email)


@bp.post("/communities/<slug>/invitations/<id:invitation_id>/withdrawal")
@members(policy.INVITE, of=loaders.COMMUNITY, limit="standing")
def revoke_invitation(room: Room, invitation_id: int) -> str | AnyResponse:
    form = InvitationForm(formdata=None)
    outcome = attempt(
        form, lambda: service.revoke(me(), queries.get_community(room.id), invitation_id), check=lambda: True
    )
    if outcome.code:
        return _refuse(room, form, outcome.code)
    return done(
        url_for(".list_invitations", slug=room.slug), _("L'invitation est annulée : son lien ne mène plus nulle part.")
    )


def _refuse(room: Room, form: InvitationForm, code: int) -> Response:
    return refuse(
        "communities/invitations/index.html", code=code, room=room, form=form, invitations=service.list_sent(room.id)
    )


@bp.get("/invitations/<token>")
@public(policy.OPEN_INVITATION)
def show_invitation(token: str) -> AnyResponse:
    """Take the token out of the address, then show the invitation."""
    g.holds_token = True
    if token != invitation_link.HERE:
        invitation_link.keep_token(token)
        return go(".show_invitation", token=invitation_link.HERE)
    return _page(invitation_link.get_token())


@bp.post("/invitations/<token>")
@members(policy.ACCEPT, late=[may_take_part], limit="standing")
def accept_invitation(token: str) -> AnyResponse:
    """Accept an invitation; a person who is paused sees why, and keeps it for later."""
    g.holds_token = True
    secret = invitation_link.get_token() if token == invitation_link.HERE else token
    if _state(service.find_invitation(secret)) != "open":
        return _page(secret)
    community_id = service.accept(me(), secret)
    invitation_link.forget()
    forget_me()
    room = queries.get_visible_rooms(me()).by_id[community_id]
    return done(
        url_for("communities.show", slug=room.slug),
        _("Bienvenue! Vous êtes membre de la communauté %(name)s.", name=label(room)),
    )


def _page(token: str) -> Response:
    """Return the page of an invitation, which names its community to the person whom it is for, and to nobody else."""
    found = service.find_invitation(token)
    state = _state(found)
    if state == "over":
        invitation_link.forget()
    room = queries.get_rooms().by_id[found.community_id] if found and state == "open" else None
    here = url_for(".show_invitation", token=invitation_link.HERE)
    page = render("communities/invitations/show.html", state=state, room=room, here=here, form=Form())
    answer = make_response(page, CODES[state])
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _state(found: Invitation | None) -> str:
    """Return the state of an invitation for the reader; "over" if it is absent, used, revoked or expired."""
    if found is None:
        return "over"
    if not me().is_someone:
        return "anonymous"
    if not service.is_for(me(), found):
        return "other"
    return "open" if policy.ACCEPT.permits(me()) else "paused"
