"""The pass of somebody without an account: a signed cookie, which names their place at the meeting of one forum.

It holds the number of the place and its code, as the address of its page does, and is sent with the pages of that forum
alone: what leads elsewhere never sees it. What it opens is asked again at each request.
"""

from dataclasses import dataclass

from flask import Response, after_this_request, current_app, request

from app.core import clock, keys
from app.core.actor import ANYONE
from app.core.errors import N_
from app.core.keys import Keys, Purpose
from app.events.models.registrations import CANCELLED, EventRegistration
from app.events.queries import registrations
from app.forum import policy
from app.forum.models import Forum
from app.web.forum.bp import bp

UNKNOWN = N_("Le laissez-passer de cet appareil n'est plus reconnu. Entrez de nouveau au forum.")
ERASED = N_(
    "La place de ce laissez-passer n'est plus là : ce qui y était écrit est effacé, ou elle a un autre code. Entrez de "
    "nouveau au forum."
)
GIVEN_BACK = N_("La place de ce laissez-passer a été rendue. Pour participer, entrez de nouveau au forum.")
OF_ACCOUNT = N_("La place de ce laissez-passer est maintenant celle d'un compte. Connectez-vous pour participer.")
OVER = N_(
    "Les laissez-passer de ce forum ont pris fin : la rencontre est finie depuis 24 heures, ou le forum est clos."
)


@dataclass(frozen=True)
class Pass:
    """What the pass of a request opens: a place, or nothing; `fault` says why nothing, "" where there is no pass."""

    registration: EventRegistration | None = None
    fault: str = ""


def read(forum: Forum) -> Pass:
    """Return what the pass of this request opens in a forum."""
    token = request.cookies.get(get_name(), "")
    if not token:
        return Pass()
    if forum.is_closed or not policy.gives_passes(ANYONE, forum):
        return Pass(fault=OVER)
    return _open(forum, token)


def read_after_close(forum: Forum) -> EventRegistration | None:
    """Return the place that the pass of this request opened while its forum was open: what it sent may come late."""
    token = request.cookies.get(get_name(), "")
    return _open(forum, token).registration if token else None


def _open(forum: Forum, token: str) -> Pass:
    named = _keys().read_token(Purpose.PASS, token)
    if named is None:
        return Pass(fault=UNKNOWN)
    found = registrations.find_by_key(*named)
    if found is None:
        return Pass(fault=ERASED)
    if found.event_id != forum.id:
        return Pass(fault=UNKNOWN)
    if found.registrant_id is None:
        return Pass(fault=OF_ACCOUNT)
    return Pass(fault=GIVEN_BACK) if found.state == CANCELLED else Pass(found)


def give(forum: Forum, registration: EventRegistration) -> None:
    """Have the answer give this browser the pass of a place, until a day after the meeting."""
    left = forum.event.ends_at + policy.PASS_LASTS - clock.now()
    token = _keys().write_token(Purpose.PASS, [registration.id, registration.code])
    _write(forum.id, token, int(left.total_seconds()))


def take_back(forum_id: int) -> None:
    """Have the answer take the pass of a forum out of this browser."""
    _write(forum_id, "", 0)


def _write(forum_id: int, token: str, seconds: int) -> None:
    @after_this_request
    def write(answer: Response) -> Response:
        answer.set_cookie(
            get_name(),
            token,
            max_age=seconds,
            path=f"/forums/{forum_id}",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return answer


@bp.after_app_request
def keep_apart(answer: Response) -> Response:
    """Have nothing keep what was answered to a pass: two people may share its browser."""
    if get_name() in request.cookies:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def get_name() -> str:
    return "__Secure-pass" if current_app.config["SESSION_COOKIE_SECURE"] else "pass"


def _keys() -> Keys:
    return keys.get_keys(current_app.config)
