"""Merging duplicates and parting them again, splitting an idea and joining its parts back."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.actor import Actor
from app.core.errors import N_, NotFound
from app.core.permits import Permission
from app.forms.moderation import CHOOSE, MeasureForm, MergeForm, SplitForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.merges import policy, queries, service
from app.moderation.merges.models import IdeaPair
from app.results import candidates
from app.votes import queries as votes
from app.web.frame import links, loaders
from app.web.frame.attempt import LATE, attempt
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.ideas.bp import bp
from app.web.moderation import saved_replies

CHOICE, CHECK = "ideas/merge/choose.html", "ideas/merge/check.html"
GONE = N_("Cette contribution n'existe pas, ou n'est plus lisible.")
DONE = {
    "part": _l("La contribution est de nouveau séparée : tout est comme avant."),
    "join_back": _l("Les deux contributions sont jointes; rien n'est effacé."),
}


def get_part(actor: Actor, idea_id: int, permission: Permission) -> tuple[Idea, queries.RelatedIdeas]:
    """Return an idea that was split off another, with its related ideas. Raise NotFound."""
    idea, related = queries.get_idea_with_related(actor, idea_id, permission)
    if not related.origins:
        raise NotFound()
    return idea, related


@bp.get("/ideas/<id:idea_id>/merge")
@members(policy.MERGE, of=loaders.IDEA, back_to_desk=True)
def choose_merge(idea: Idea) -> str:
    """Show the choice of the other idea or, once it is chosen, what the merge will do."""
    into_id = id_param("into")
    if into_id is None:
        return render(CHOICE, **_list_choices(idea))
    into = reading.find_idea(me(), into_id, ideas.READ)
    error = service.explain_refusal(me(), IdeaPair(idea, into)) if into else GONE
    if into is None or error:
        return render(CHOICE, **_list_choices(idea, _(error)))
    return render(CHECK, **_preview(idea, into, MergeForm(formdata=None, data={"into": into.id})))


@bp.post("/ideas/<id:idea_id>/merge")
@members(policy.MERGE, of=loaders.IDEA, late=[policy.is_open], limit="team", back_to_desk=True)
def merge_into(idea: Idea) -> str | Response:
    form = MergeForm()
    into = reading.find_idea(me(), form.into.data, ideas.READ)
    if into is None:
        return refuse(CHOICE, code=422, **_list_choices(idea, str(CHOOSE)))
    if saved_replies.insert(form.reason, idea.community_id):
        return render(CHECK, **_preview(idea, into, form))
    outcome = attempt(form, lambda: service.merge(me(), idea, into, reason=form.reason.data), late=LATE)
    if outcome.code:
        present = reading.get_idea(me(), idea.id, policy.MERGE.whatever(policy.is_open))
        return refuse(CHECK, code=outcome.code, **_preview(present, into, form))
    return done(
        links.idea_url(reading.get_idea(me(), idea.id, ideas.READ)),
        _("Les deux contributions sont jointes. Les personnes concernées sont avisées."),
    )


def _list_choices(idea: Idea, error: str = "") -> dict[str, Any]:
    """Return what the page of the choice shows: the ideas that this one may join, for the words `q` of the search."""
    q = single_param("q").strip()
    return {
        "idea": idea,
        "q": q,
        "found": candidates.list_joinable(me(), idea, q),
        "error": error,
        "holds_others": queries.holds_others(idea),
    }


def _preview(idea: Idea, into: Idea, form: MergeForm) -> dict[str, Any]:
    """Return what the page shows before the merge: the supports that would be carried, and those that would not."""
    carried_votes = votes.count_to_carry(idea, into)
    return {
        "idea": idea,
        "into": into,
        "form": form,
        "carried_votes": carried_votes,
        "other_votes": idea.votes_count - carried_votes,
    }


@bp.route("/ideas/<id:idea_id>/parting", methods=["GET", "POST"])
@members(
    policy.PART,
    of=Loader(queries.get_idea_with_related, "idea_id"),
    late=[policy.is_merged],
    limit="team",
    back_to_desk=True,
)
def part_merged(found: tuple[Idea, queries.RelatedIdeas]) -> str | Response:
    return _undo("part", *found, service.part)


@bp.route("/ideas/<id:idea_id>/rejoining", methods=["GET", "POST"])
@members(policy.JOIN_BACK, of=Loader(get_part, "idea_id"), late=[policy.is_open], limit="team", back_to_desk=True)
def join_back(found: tuple[Idea, queries.RelatedIdeas]) -> str | Response:
    """Undo a split."""
    return _undo("join_back", *found, service.join_back)


def _undo(kind: str, idea: Idea, related: queries.RelatedIdeas, act: Callable[..., None]) -> str | Response:
    """Say what will happen, ask why, then do it."""
    form = MeasureForm()
    if request.method != "POST" or saved_replies.insert(form.reason, idea.community_id):
        return render("ideas/merge/undo.html", kind=kind, idea=idea, form=form, related=related)
    outcome = attempt(form, lambda: act(me(), idea, reason=form.reason.data), late=LATE)
    if outcome.code:
        return refuse("ideas/merge/undo.html", code=outcome.code, kind=kind, idea=idea, form=form, related=related)
    return done(links.idea_url(reading.get_idea(me(), idea.id, ideas.READ)), DONE[kind])


@bp.route("/ideas/<id:idea_id>/split", methods=["GET", "POST"])
@members(policy.SPLIT, of=loaders.IDEA, late=[policy.is_open], limit="team", back_to_desk=True)
def split_off(idea: Idea) -> str | Response:
    """Split a new idea off this one, in the name of the same author."""
    if request.method != "POST":
        form = SplitForm(formdata=None, data={"part": idea.body})
        return render("ideas/merge/split.html", idea=idea, form=form)
    form = SplitForm()
    if saved_replies.insert(form.reason, idea.community_id):
        return render("ideas/merge/split.html", idea=idea, form=form)
    outcome = attempt(
        form,
        lambda: service.split(
            me(), idea, title=form.title.data, body=form.part.data, reason=form.reason.data, form_key=form.form_key.data
        ),
        late=LATE,
    )
    if outcome.code:
        present = reading.get_idea(me(), idea.id, policy.SPLIT.whatever(policy.is_open))
        return refuse("ideas/merge/split.html", code=outcome.code, idea=present, form=form)
    return done(
        links.idea_url(outcome.result),
        _("La nouvelle contribution est publiée, au nom de la même personne, qui en est avisée."),
    )
