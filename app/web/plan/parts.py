"""The forms of the parts of a draft: an orientation, an objective, an action, new or there already."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.forms.plan import ObjectiveForm, OrientationForm, parse_signed_id
from app.forms.plan_action import ActionForm, build_axes
from app.forms.rows import read_act
from app.plan import editing, policy
from app.plan.editing import Position
from app.plan.models.structure import Plan
from app.plan.queries import plans as queries
from app.plan.queries.plans import WorkingCopy
from app.plan.service import drafting
from app.reference.queries import get_catalogue, list_organisations
from app.web.frame import loaders
from app.web.frame.filters import label
from app.web.frame.overlaps import add_colleague_changes, attempt_over, refresh
from app.web.frame.params import single_param
from app.web.frame.responses import done, refuse
from app.web.frame.routes import members
from app.web.frame.session import me, rooms
from app.web.plan.bp import bp

LEVEL_RULE = "<any(orientations, objectives, actions):level>"
NEW = f"/plan/<id:plan_id>/draft/{LEVEL_RULE}/new"
ONE = f"/plan/<id:plan_id>/draft/{LEVEL_RULE}/<part:part_id>/edit"
FORMS: dict[str, Any] = {"orientations": OrientationForm, "objectives": ObjectiveForm, "actions": ActionForm}
NAMES = {
    "orientations": (_l("Ajouter une orientation"), _l("Modifier l'orientation")),
    "objectives": (_l("Ajouter un objectif"), _l("Modifier l'objectif")),
    "actions": (_l("Ajouter une action"), _l("Modifier l'action")),
}
# The labels of the cells of a row, beside its number.
CELLS = {
    "name": _l("Nom"),
    "title": _l("Titre"),
    "due_on": _l("Date prévue"),
    "weight": _l("Poids"),
    "unit": _l("Unité"),
    "baseline": _l("Départ"),
    "target": _l("Cible"),
    "source": _l("Source"),
    "amount": _l("Montant, en dollars"),
    "first_year": _l("Première année"),
    "last_year": _l("Dernière année"),
    "url": _l("Adresse"),
}


@bp.get(NEW)
@members(policy.CHANGE, of=loaders.PLAN)
def new_part(plan: Plan, level: str) -> Response:
    form = FORMS[level].blank()
    if "under" in form:
        form["under"].data = parse_signed_id(single_param("under"))
    return _show(form, plan, level, None, queries.get_working_copy(plan))


@bp.post(NEW)
@members(policy.CHANGE, of=loaders.PLAN, limit="team")
def add_part(plan: Plan, level: str) -> Response:
    return _answer(plan, level, None)


@bp.get(ONE)
@members(policy.CHANGE, of=loaders.PLAN, back_to_desk=True)
def edit_part(plan: Plan, level: str, part_id: int) -> Response:
    working = queries.get_working_copy(plan)
    position = get_position(working, level, part_id)
    return _show(_fill(level, position), plan, level, position, working)


@bp.post(ONE)
@members(policy.CHANGE, of=loaders.PLAN, limit="team", back_to_desk=True)
def change_part(plan: Plan, level: str, part_id: int) -> Response:
    return _answer(plan, level, part_id)


def get_position(working: WorkingCopy, level: str, part_id: int) -> Position:
    """Find the part of an address. Raise NotFound where the working copy has none."""
    position = editing.find_position(working.outline, level, part_id)
    if position is None:
        raise NotFound()
    return position


def _answer(plan: Plan, level: str, part_id: int | None) -> Response:
    """Write what was typed over the part as it is now, or show the form with a row more or less.

    A part that a colleague removed meanwhile becomes a new one at the next press (409): nothing typed is lost.
    """
    working, position = _find(plan, level, part_id)
    form = _offer(FORMS[level].read(), level, position, working)
    if read_act():
        refresh(form, _read_stored(plan, level, part_id))
        return _show(form, plan, level, position, working)
    outcome = attempt_over(
        form, plan, lambda: _read_stored(plan, level, part_id), lambda: _write(form, plan, level, part_id)
    )
    if outcome.code:
        working, position = _find(plan, level, part_id)
        return _show(form, plan, level, position, working, outcome.code)
    place = f"{level}{outcome.result}"
    return done(
        url_for(".draft", plan_id=plan.id, at=place, _anchor=place),
        add_colleague_changes(_("C'est dans le brouillon."), form),
    )


def _find(plan: Plan, level: str, part_id: int | None) -> tuple[WorkingCopy, Position | None]:
    """Read the working copy, and where a part stands in it (None: nowhere, or it is new)."""
    working = queries.get_working_copy(plan)
    return working, editing.find_position(working.outline, level, part_id) if part_id is not None else None


def _read_stored(plan: Plan, level: str, part_id: int | None) -> Any:
    """Return the form of a part as it is written now; None where there is none to write over."""
    working, position = _find(plan, level, part_id)
    return _offer(_fill(level, position), level, position, working) if position else None


def _fill(level: str, position: Position) -> Any:
    """Return the form with a part as it is written."""
    more = [build_axes(rooms(), get_catalogue())] if level == "actions" else []
    return FORMS[level].of(position.part, position.parent_id, *more)


def _write(form: Any, plan: Plan, level: str, part_id: int | None) -> int:
    """Write the part that was typed. Return its id in the draft."""
    _working, position = _find(plan, level, part_id)
    part = form.part(position.part if position else None)
    part.id = part_id or 0
    return drafting.write_part(me(), plan, level, part, under=form.parent_id(), form_key=form.form_key.data)


def _offer(form: Any, level: str, position: Position | None, working: WorkingCopy) -> Any:
    """Fill the choices of the form."""
    form.offer(working.outline, level)
    if level == "actions":
        form.offer_places(rooms(), get_catalogue(), label, position.part if position else None)
    return form


def _show(
    form: Any, plan: Plan, level: str, position: Position | None, working: WorkingCopy, code: int = 200
) -> Response:
    action = (
        url_for(".change_part", plan_id=plan.id, level=level, part_id=position.part.id)
        if position
        else url_for(".add_part", plan_id=plan.id, level=level)
    )
    return refuse(
        "plan/part.html",
        code=code,
        form=_offer(form, level, position, working),
        plan=plan,
        level=level,
        action=action,
        part=position.part if position else None,
        name=NAMES[level][position is not None],
        cell_names=CELLS,
        organisations=list_organisations() if level == "actions" else (),
    )
