"""Two ideas side by side: each page leads to the other."""
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.merging import CHOOSE, RelationForm
from app.ideas import policy as ideas
from app.ideas.queries import reading
from app.merges import policy, service
from app.merges.queries import likeness
from app.merges.queries import merges as queries
from app.web.frame import links
from app.web.frame.attempt import taken
from app.web.frame.params import single
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.ideas.bp import bp


@bp.get("/ideas/<id:idea_id>/relations")
@members(policy.CONSIDER)
def choose_related(idea_id: int) -> str:
    return render("ideas/relations.html", **_shown(idea_id, RelationForm(formdata=None)))


@bp.post("/ideas/<id:idea_id>/relations")
@members(policy.CONSIDER)
def relate(idea_id: int) -> str | Response:
    idea, form = reading.one(me(), idea_id, policy.CONSIDER), RelationForm()
    other = reading.find(me(), form.other.data or 0, ideas.READ)
    if other is None:
        form.say("other", str(CHOOSE))
    if other is None or not taken(form, lambda: service.relate(me(), idea, other)):
        return refused("ideas/relations.html", **_shown(idea_id, form))
    flash(_("Chacune des deux pages mène maintenant à l'autre."), "success")
    return redirect(links.idea(reading.one(me(), idea_id, ideas.READ), _anchor="kin"), 303)


@bp.post("/ideas/<id:idea_id>/relations/removal")
@members(policy.CONSIDER)
def unrelate(idea_id: int) -> Response:
    idea, form = reading.one(me(), idea_id, policy.CONSIDER), RelationForm()
    form.validate()
    service.unrelate(me(), idea, reading.one(me(), form.other.data or 0, ideas.READ))
    flash(_("Le lien est retiré des deux pages."), "success")
    return go(".choose_related", idea_id=idea_id)


def _shown(idea_id: int, form: RelationForm) -> dict[str, Any]:
    idea, kin = queries.with_kin(me(), idea_id, policy.CONSIDER)
    q = single("q").strip()
    near = {one.id for one in [*kin.related, *kin.origins, *kin.parts]}
    found = [one for one in likeness.to_relate(me(), idea, q) if one.id not in near]
    return {"idea": idea, "q": q, "found": found, "form": form, "kin": kin}
