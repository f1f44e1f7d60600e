"""What says nearly the same: while a title is typed, on the preview of a form, on the page of an idea."""

from dataclasses import replace

from werkzeug.wrappers import Response

from app.forms.ideas import IdeaForm, NearForm
from app.ideas import policy
from app.ideas.models import Idea
from app.moderation.merges import queries
from app.moderation.merges.queries import RelatedIdeas
from app.results import similar
from app.results.similar import Similar, SimilarityQuery
from app.web.frame import params
from app.web.frame.responses import refuse, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me
from app.web.ideas.bp import bp


@bp.post("/ideas/near")
@members(
    policy.WRITE,
    form_on="ideas.new",
    limit="near",
    without_message="it is asked while a title is typed, and changes nothing",
)
def near() -> str | Response:
    """Answer a title that is being typed with what is near it; `idea` is the one that has it already."""
    form = NearForm()
    if not form.title.validate(form):
        return refuse("ideas/_similar.html", similar=())
    subject = SimilarityQuery(form.title.data or "", params.id_param("idea") or 0, form.community.data, form.places())
    return render("ideas/_similar.html", similar=_find(subject))


@bp.get("/ideas/<id:idea_id>/near")
@public(policy.READ, of=Loader(queries.get_idea_with_related, "idea_id"))
def near_idea(found: tuple[Idea, RelatedIdeas]) -> str:
    """Show what is similar to an idea, but for what its page shows already; that page asks for it in time."""
    idea, related = found
    shown_ids = {one.id for one in (*related.neighbours, *related.origins, *related.parts)}
    others = [one for one in similar.list_near_idea(idea) if one.noun != "idea" or one.id not in shown_ids]
    return render("ideas/similar.html", "ideas/_similar_beside.html", idea=idea, similar=others)


def of_form(form: IdeaForm, idea: Idea | None) -> list[Similar]:
    """Return what is similar to a form as it was typed."""
    number = idea.id if idea else 0
    return _find(SimilarityQuery(form.title.data or "", number, form.lead(), form.territories.data or ()))


def _find(subject: SimilarityQuery) -> list[Similar]:
    return similar.list_near(me(), replace(subject, only_twins=not subject.says_enough))
