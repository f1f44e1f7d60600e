"""The settings of the site: edit them, with their history, or put them all back to their defaults."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import administration, policy, queries
from app.core import settings
from app.forms.base import Form
from app.forms.people import SettingsForm
from app.web.accounts import freshness
from app.web.admin.bp import bp
from app.web.frame.attempt import attempt
from app.web.frame.overlaps import add_colleague_changes, attempt_over
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me


@bp.route("/settings", methods=["GET", "POST"])
@members(policy.SET, limit="administration")
def edit_settings() -> str | Response:
    is_sent = request.method == "POST"
    page, history = "admin/settings/edit.html", queries.get_setting_changes(me())
    form = SettingsForm() if is_sent else SettingsForm.of_now()
    question = freshness.ask_password(page, form, history=history)
    if question or not is_sent:
        return question or render(page, form=form, history=history)
    outcome = attempt_over(
        form, settings.KEY, SettingsForm.of_now, lambda: administration.change_settings(me(), **form.values())
    )
    if outcome.code:
        return refuse(page, code=outcome.code, form=form, history=queries.get_setting_changes(me()))
    return done(url_for(".edit_settings"), add_colleague_changes(_("Les réglages sont enregistrés."), form))


@bp.route("/settings/reset", methods=["GET", "POST"])
@members(policy.SET, limit="administration")
def reset_setting() -> str | Response:
    form, page = Form(), "admin/settings/reset.html"
    values: dict[str, Any] = {
        "now": {key: settings.get_value(key) for key in settings.DEFAULTS},
        "defaults": settings.DEFAULTS,
    }
    question = freshness.ask_password(page, form, **values)
    if question or request.method != "POST":
        return question or render(page, form=form, **values)
    outcome = attempt(form, lambda: administration.change_settings(me(), **settings.DEFAULTS))
    if outcome.code:
        return refuse(page, code=outcome.code, form=form, **values)
    return done(url_for(".edit_settings"), _("Les réglages d'origine sont revenus."))
