"""What an administrator sets while the site runs, with what each setting means and who changed it last."""
from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import administration, policy, queries
from app.core import settings
from app.core.permits import require
from app.forms.people import PressForm, SettingsForm
from app.web.admin.bp import bp
from app.web.frame.attempt import taken
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render


@bp.route("/settings", methods=["GET", "POST"])
@members(policy.SET)
def edit_settings() -> str | Response:
    require(me(), policy.SET)
    if request.method == "GET":
        return render("admin/settings/edit.html", form=SettingsForm.of_now(), history=queries.settings_kept(me()))
    form = SettingsForm()
    if not taken(form, lambda: administration.change_settings(me(), **form.typed())):
        return refused("admin/settings/edit.html", form=form, history=queries.settings_kept(me()))
    flash(_("Les réglages sont enregistrés."), "success")
    return go(".edit_settings")


@bp.route("/settings/reset", methods=["GET", "POST"])
@members(policy.SET)
def reset_setting() -> str | Response:
    require(me(), policy.SET)
    form = PressForm()
    now = {key: settings.value(key) for key in settings.DEFAULTS}
    if request.method == "GET":
        return render("admin/settings/reset.html", form=form, now=now, defaults=settings.DEFAULTS)
    if not taken(form, lambda: administration.change_settings(me(), **settings.DEFAULTS)):
        return refused("admin/settings/reset.html", form=form, now=now, defaults=settings.DEFAULTS)
    flash(_("Les réglages d'origine sont revenus."), "success")
    return go(".edit_settings")
