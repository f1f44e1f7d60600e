"""Unsubscribing by the link of a mail: signed, for one person and one kind, without an account, in one press.

Reading the page changes nothing; a POST acts at once, wherever it comes from (RFC 8058). Nothing says whose mails
these are.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import queries as accounts
from app.comments.queries import reading as comments
from app.core import keys
from app.core.actor import Actor
from app.core.keys import Purpose
from app.notifications import policy
from app.notifications.models import SILENT
from app.notifications.queries import settings as queries
from app.notifications.service import settings as service
from app.notifications.topics import USUAL
from app.web.frame import locale, mail
from app.web.frame.form_limits import unlimited
from app.web.frame.responses import refuse, render
from app.web.frame.routes import public
from app.web.notices.bp import bp
from app.web.notices.preferences import WHAT

THREADS = {
    "idea": _l("ce qui s'écrit sous cette contribution"),
    "update": _l("ce qui s'écrit sous ces travaux"),
    "action": _l("ce qui s'écrit sous cette action"),
}
SUMMARIES = {"daily": _l("le résumé de chaque jour"), "weekly": _l("le résumé de chaque semaine")}
TITLES = {
    "before": _l("Ne plus recevoir par courriel %(what)s"),
    "stopped": _l("C'est fait : vous ne recevrez plus par courriel %(what)s"),
    "resumed": _l("C'est fait : vous recevrez de nouveau par courriel %(what)s"),
}
AGAIN = "again"
Choices = dict[str, str]


@dataclass(frozen=True)
class Subscription:
    """What a link stops for a person: the mails of a topic, the summary of a pace, or a thread (`kind`, `value`).

    `is_open` is whether the account is still there; without it there is nothing to stop.
    """

    user_id: int
    kind: str
    value: str | int
    is_open: bool

    @property
    def name(self) -> str:
        if self.kind == "thread":
            return str(THREADS.get(comments.get_subject_kind(int(self.value)), THREADS["idea"]))
        return str(WHAT[str(self.value)] if self.kind == "topic" else SUMMARIES[str(self.value)])

    def read(self) -> Choices:
        """Return what the person chose of what this stops: nothing once it is stopped."""
        if not self.is_open:
            return {}
        if self.kind == "thread":
            level = queries.get_thread_level(self.user_id, int(self.value))
            return {} if level == "none" else {"level": level}
        paces = queries.get_paces(Actor(self.user_id))
        if self.kind == "topic":
            return {topic: pace for topic, pace in paces.items() if topic == self.value and pace not in SILENT}
        return {topic: pace for topic, pace in paces.items() if pace == self.value}

    def guess(self) -> Choices:
        """Return what to put back where nobody knows what was chosen before."""
        if self.kind == "thread":
            return {"level": ""}
        if self.kind == "topic":
            return {str(self.value): "now"}
        return {topic: pace for topic, pace in USUAL.items() if pace == self.value}

    def write(self, choices: Choices) -> None:
        if self.kind == "thread" and choices:
            service.follow_thread(self.user_id, int(self.value), choices["level"])
        elif self.kind != "thread":
            service.set_paces(self.user_id, choices)


def unsubscribe_url(user_id: int, kind: str, value: str | int) -> str:
    """Return the address that stops the mails of a "topic", the summary of a "pace", or a "thread", for a person."""
    return mail.endpoint_url("notices.unsubscribe", token=sign(user_id, kind, value))


def sign(user_id: int, kind: str, value: str | int) -> str:
    return keys.get_keys(current_app.config).write_token(Purpose.UNSUBSCRIBING, [user_id, kind, value])


def _read(purpose: Purpose, token: str) -> Any:
    return keys.get_keys(current_app.config).read_token(purpose, token)


@bp.get("/unsubscribe/<token>")
@public(policy.UNSUBSCRIBE)
def unsubscribe(token: str) -> str | Response:
    subscription = _find(token)
    if subscription is None:
        return _refuse()
    choices = subscription.read()
    return _show(token, subscription, "before" if choices else "stopped", choices or subscription.guess())


@bp.post("/unsubscribe/<token>")
@public(
    policy.UNSUBSCRIBE,
    limit=unlimited("the link of a mail, good for one person; mail services send it for many, from one address"),
)
def stop(token: str) -> str | Response:
    """Stop what the link names, or put back what it stopped."""
    subscription, former = _find(token), _read(Purpose.RESUMING, request.form.get(AGAIN, ""))
    if subscription is None:
        return _refuse()
    choices = subscription.read()
    if former and former[0] == token and subscription.is_open:
        subscription.write(former[1])
        return _show(token, subscription, "resumed", {})
    subscription.write(dict.fromkeys(choices, "none" if subscription.kind == "thread" else "site"))
    return _show(token, subscription, "stopped", choices or subscription.guess())


def _find(token: str) -> Subscription | None:
    """Read a link, and answer in the language of its person; None if it was cut or made up."""
    g.holds_token = True
    found = _read(Purpose.UNSUBSCRIBING, token)
    if found is None:
        return None
    user_id, kind, value = found
    user = accounts.find_open_account(user_id)
    if user is not None:
        locale.prefer(user.locale)
    return Subscription(user_id, kind, value, is_open=user is not None)


def _refuse() -> Response:
    return refuse("notices/unknown_link.html", code=404)


def _show(token: str, subscription: Subscription, state: str, choices: Choices) -> str:
    """Show what a link stops; `state` is "before", "stopped" or "resumed", `choices` what a press would put back."""
    title = str(TITLES[state]) % {"what": subscription.name}
    can_resume = state == "stopped" and choices
    again = keys.get_keys(current_app.config).write_token(Purpose.RESUMING, [token, choices]) if can_resume else ""
    return render(
        "notices/unsubscribe.html", title=title, state=state, again=again, is_thread=subscription.kind == "thread"
    )
