"""Related ideas: the page of each leads to the other."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.forms.moderation import CHOOSE, RelationForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.merges import policy, queries, service
from app.results import candidates
from app.web.frame import links, loaders
from app.web.frame.attempt import attempt
from app.web.frame.params import single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.ideas.bp import bp


@bp.get("/ideas/<id:idea_id>/relations")
@members(policy.CONSIDER, of=Loader(queries.get_idea_with_related, "idea_id"))
def choose_related(found: tuple[Idea, queries.RelatedIdeas]) -> str:
    return render("ideas/relations.html", **_context(*found, RelationForm(formdata=None)))


@bp.post("/ideas/<id:idea_id>/relations")
@members(policy.CONSIDER, of=loaders.IDEA, limit="team")
def relate(idea: Idea) -> Response:
    form = RelationForm()
    other = reading.find_idea(me(), form.other.data or 0, ideas.READ)
    if other is None:
        form.say("other", str(CHOOSE))
        return _refuse(422, idea.id, form)
    outcome = attempt(form, lambda: service.relate(me(), idea, other))
    if outcome.code:
        return _refuse(outcome.code, idea.id, form)
    return done(
        links.idea_url(reading.get_idea(me(), idea.id, ideas.READ), _anchor="kin"),
        _("Chacune des deux pages mène maintenant à l'autre."),
    )


@bp.post("/ideas/<id:idea_id>/relations/removal")
@members(policy.CONSIDER, of=loaders.IDEA, limit="team")
def unrelate(idea: Idea) -> Response:
    form = RelationForm()
    form.validate()
    service.unrelate(me(), idea, reading.get_idea(me(), form.other.data or 0, ideas.READ))
    return done(url_for(".choose_related", idea_id=idea.id), _("Le lien est retiré des deux pages."))


def _refuse(code: int, idea_id: int, form: RelationForm) -> Response:
    found = queries.get_idea_with_related(me(), idea_id, policy.CONSIDER)
    return refuse("ideas/relations.html", code=code, **_context(*found, form))


def _context(idea: Idea, related: queries.RelatedIdeas, form: RelationForm) -> dict[str, Any]:
    """Return what the page shows: the ideas that are related, and those that may be, by the words searched."""
    q = single_param("q").strip()
    shown_ids = {one.id for one in [*related.neighbours, *related.origins, *related.parts]}
    found = [one for one in candidates.list_relatable(me(), idea, q) if one.id not in shown_ids]
    return {"idea": idea, "q": q, "found": found, "form": form, "related": related}
