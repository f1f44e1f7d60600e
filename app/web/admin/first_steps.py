"""The first steps of a site, for its administrators: each is computed; one press says that the texts were read."""

from typing import Any, NamedTuple

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.accounts import administration, policy, queries
from app.core import settings
from app.core.errors import N_, Conflict
from app.core.unit import command
from app.operations import first_steps
from app.web.admin import step_words
from app.web.admin.bp import bp
from app.web.frame import documents, mail
from app.web.frame.dawn import view_dawn
from app.web.frame.drawings import draw
from app.web.frame.responses import done, render
from app.web.frame.routes import members
from app.web.frame.session import me

PAGE, AWAY, READ = "/admin/first-steps", "first_steps_away", "texts_read"
RISES = ("sent", "published", "published", "under_review", "under_review", "retained", "planned", "achieved")
"""Where the sun stands, by how many steps are done."""
CHANGED = N_("L'un des deux textes vient de changer. Relisez-le d'abord.")


class Step(NamedTuple):
    """A step as it is shown; `look` is done, now (the first that is not) or next."""

    name: str
    title: str
    look: str
    text: str
    acts: list[tuple[str, str]]


def name_texts(number: int) -> str:
    """Name the charter and the page on privacy, as they are now, by their versions."""
    return " ".join(f"{name}-{version}" for name, version in sorted(documents.name_versions(number).items()))


def draw_invitation() -> Markup:
    """Lead an administrator to the steps from their first page, until all are done or they were put away."""
    if not policy.SET.permits(me()) or settings.get_value(AWAY):
        return Markup()
    facts = first_steps.load_facts()
    is_done = first_steps.find_done(facts, current_app.config, name_texts(facts.charter))
    following = next((name for name, holds in is_done.items() if not holds), "")
    if not following:
        return Markup()
    title = str(step_words.TITLES[following])
    return draw("site/home/_first_steps.html", count=sum(is_done.values()), most=len(is_done), title=title)


@bp.get(PAGE)
@members(policy.SET)
def show_first_steps() -> str:
    facts, changes = first_steps.load_facts(), queries.get_setting_changes(me())
    texts = name_texts(facts.charter)
    is_done = first_steps.find_done(facts, current_app.config, texts)
    steps = list_steps(facts, is_done, changes.get(READ))
    count = sum(is_done.values())
    return render(
        "admin/first_steps.html",
        steps=steps,
        count=count,
        texts=texts,
        following=next((step for step in steps if step.look == "now"), None),
        away=changes.get(AWAY) if settings.get_value(AWAY) else None,
        drawn=view_dawn(RISES[count]),
        can_test=bool(current_app.config["MAIL_URL"]),
    )


def list_steps(facts: first_steps.Facts, is_done: dict[str, bool], read: Any) -> list[Step]:
    following = next((name for name, holds in is_done.items() if not holds), "")
    return [
        Step(
            name,
            str(step_words.TITLES[name]),
            "done" if holds else "now" if name == following else "next",
            step_words.tell(name, step_words.Told(facts, holds, read)),
            step_words.list_acts(name),
        )
        for name, holds in is_done.items()
    ]


@bp.post(f"{PAGE}/reading")
@members(policy.SET, limit="administration")
def read_texts() -> Response:
    """Keep who read the charter and the page on privacy, and in which versions."""
    texts = name_texts(documents.get_charter().number)
    if request.form.get("texts") != texts:
        raise Conflict(CHANGED)
    administration.change_settings(me(), **{READ: texts})
    return done(_step_url("texts"), _("C'est noté : vous avez lu la charte et la page Confidentialité."))


@bp.post(f"{PAGE}/mail")
@members(policy.SET, limit="administration")
def send_test_mail() -> Response:
    """Write to whoever asks, as the site writes to everybody: by the outbox."""
    _queue_test()
    return done(_step_url("mail"), _("Un essai part vers votre adresse. Cette page dira quand un serveur l'aura pris."))


@command
def _queue_test() -> None:
    user = current_user
    mail.send("test", recipient=str(user.email), locale=user.locale, user_id=user.id)


@bp.post(f"{PAGE}/putting-away")
@members(policy.SET, limit="administration")
def put_first_steps_away() -> Response:
    administration.change_settings(me(), **{AWAY: True})
    return done(url_for(".show_first_steps"), _("Les premiers pas sont rangés : votre accueil n'en parle plus."))


@bp.post(f"{PAGE}/putting-away/withdrawal")
@members(policy.SET, limit="administration")
def take_first_steps_back() -> Response:
    administration.change_settings(me(), **{AWAY: False})
    return done(url_for(".show_first_steps"), _("Les premiers pas sont de retour à l'accueil."))


def _step_url(name: str) -> str:
    return url_for(".show_first_steps", _anchor=f"step-{name}")
