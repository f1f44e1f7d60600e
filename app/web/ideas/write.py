"""Writing an idea: the form is shown; what was typed is previewed, saved as a draft, published, or refused."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.communities import sittings
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, may_take_part
from app.core.unit import under_lock
from app.forms.ideas import IdeaForm
from app.ideas import policy, publishing, service
from app.ideas.models import KINDS, Idea
from app.ideas.queries import facets, reading, tags
from app.ideas.queries.lists import Filters
from app.reference.queries import get_catalogue
from app.web.frame import links, loaders, local_drafts, locale, posting
from app.web.frame.attempt import Outcome
from app.web.frame.form_limits import counted_by_service
from app.web.frame.params import single_param
from app.web.frame.responses import done, go, refuse
from app.web.frame.routes import Loader, members
from app.web.frame.session import me, rooms
from app.web.ideas import idea_form, similar
from app.web.ideas.bp import bp
from app.web.ideas.sent import is_sent


def get_idea_to_write(actor: Actor, idea_id: int, permission: Permission) -> Idea:
    """Return an idea to edit; an author who is paused still finds theirs, to get their text back. Raise NotFound."""
    if not actor.is_suspended and not actor.barred_ids:
        return reading.get_idea(actor, idea_id, permission)
    idea = reading.get_idea(actor, idea_id, policy.READ_OWN)
    if not posting.is_out(idea.community_id):
        return reading.get_idea(actor, idea_id, permission)
    if not policy.is_living(actor, idea):
        raise NotFound()
    return idea


TO_WRITE = Loader(get_idea_to_write, "idea_id")
# Enough tags for the list of a field to find what somebody begins to type, on the largest sites too.
KNOWN_TAGS = 300
SHOWN = "the page that comes next begins with what became of it, and takes the focus there"
# What stands around the form, where a page has none of it.
ABSENT = {
    "held_revision": None,
    "preview": None,
    "similar": (),
    "draft": None,
    "other_url": "",
    "placed": (),
    "wait": "",
}


@bp.get("/ideas/new")
@members(policy.WRITE)
def new() -> Response:
    """Show an empty form, below the draft that the person began, if any, unless they asked for `other` words.

    The address may choose the community, the kind and the territory.
    """
    form = idea_form.read_typed(None)
    form.lang.data = locale.get_language()
    return _show(
        form,
        other_url=url_for(".new", other=1, **_choose(form)),
        placed=form.territories.data,
        draft=None if single_param("other", ("1",)) else reading.find_last_draft(me()),
        wait=posting.explain_wait(),
    )


def _choose(form: IdeaForm) -> dict[str, Any]:
    """Put in a form what its address chooses, and return that; what can't be chosen any more is left out."""
    places = {place.code: place.id for place in get_catalogue().places}
    room, kind = rooms().by_slug.get(single_param("community")), single_param("kind", KINDS)
    code = single_param("territory", places)
    form.community.data = room.id if room else None
    form.kind.data = kind or form.kind.data
    form.territories.data = [places[code]] if places.get(code) in form.offered_places() else []
    chosen = {"community": room.slug if room else "", "kind": kind, "territory": code}
    return {name: value for name, value in chosen.items() if value}


@bp.get("/ideas/<id:idea_id>/edit")
@members(policy.EDIT, of=loaders.IDEA)
def edit(idea: Idea) -> Response:
    held_revision = changes.find_own_revision(me(), idea_id=idea.id)
    form = idea_form.read_last_words(idea, held_revision)
    _set_versions(form, idea, held_revision)
    return _show(form, idea, held_revision=held_revision)


@bp.post("/ideas/new")
@members(
    policy.WRITE,
    late=[may_take_part],
    limit=counted_by_service("draft", "idea", "sitting", "sitting_draft"),
    without_message=SHOWN,
)
def create() -> Response:
    return _answer(None)


@bp.post("/ideas/<id:idea_id>/edit")
@members(policy.EDIT, of=TO_WRITE, limit="text", without_message=SHOWN)
def change(idea: Idea) -> Response:
    return _answer(idea)


@bp.post("/ideas/<id:idea_id>/publication")
@members(policy.PUBLISH, of=TO_WRITE, limit="text", without_message=SHOWN)
def publish(idea: Idea) -> Response:
    """Publish a draft as it is stored; one that is not finished opens in its form, with what is missing."""
    form = idea_form.read_stored(idea)
    del form.csrf_token
    return _publish(form, idea)


def _answer(idea: Idea | None) -> Response:
    """Do what the button asks with what was typed, of an idea or of a new one."""
    form, button = idea_form.read_typed(idea), request.form.get("act", "publish")
    if button == "preview":
        return _preview(form, idea)
    if idea is not None and not idea.is_draft:
        return _revise(form, idea)
    return _save(form, idea) if button == "save" else _publish(form, idea)


def _preview(form: IdeaForm, idea: Idea | None) -> Response:
    """Show how it will look, without a word about what is still missing."""
    if not form.can_be_kept():
        return _refuse(form, idea, 422)
    typed = idea_form.read_typed(idea)
    _compare(typed, idea)
    return _show(typed, idea, preview=idea_form.build_preview(typed), similar=similar.of_form(typed, idea))


def _publish(form: IdeaForm, idea: Idea | None) -> Response:
    """Publish a new idea or a draft, as one act."""

    def submit() -> Idea:
        signs = form.signs(since=idea.created_at if idea else None)
        return publishing.submit(me(), idea, form.words(), form_key=form.form_key.data, signs=signs)

    outcome = posting.attempt_post(form, submit, {"body": form.whole_text()}, places=form.places())
    if outcome.code:
        return _refuse(form, idea, outcome.code)
    local_drafts.mark_received(local_drafts.name_of_idea(idea.id if idea else None))
    return _lead_on(outcome.result)


def _lead_on(idea: Idea) -> Response:
    """Lead to what was posted; whoever types what was said at a meeting, to the form of what comes next there."""
    room = rooms().by_id.get(idea.community_id or 0)
    if room and not idea.suspect and sittings.runs_in(me(), room.id):
        message = _("C'est publié : « %(title)s ». Voici une page vide pour la suite.", title=idea.title)
        return done(url_for(".new", community=room.slug), message)
    if is_sent(idea) or not idea.suspect:
        return go("ideas.show", idea_id=idea.id, slug=idea.slug or "-", anchor="moment")
    return done(links.idea_url(idea), *posting.post_message(idea.kind, idea.suspect, ""))


def _save(form: IdeaForm, idea: Idea | None) -> Response:
    outcome = save_draft(form, idea)
    if outcome.code:
        return _refuse(form, idea, outcome.code)
    address = url_for("ideas.edit", idea_id=outcome.result.id)
    return done(address, _("Votre brouillon est gardé; il n'est montré qu'à vous."))


def save_draft(form: IdeaForm, idea: Idea | None) -> Outcome[Idea]:
    """Save what was typed as a draft, finished or not."""

    def save() -> Idea:
        if idea:
            return publishing.save(me(), idea, form.words())
        return publishing.draft(me(), form.words(), form_key=form.form_key.data)

    return posting.attempt_post(form, save, {}, check=form.can_be_kept)


def _revise(form: IdeaForm, idea: Idea) -> Response:
    """Change what was submitted, over what is stored by now."""
    summary, success = form.summary.data or "", posting.pending_message(idea) or _("Vos changements sont publiés.")

    def revise() -> Idea:
        form.reconcile(idea_form.read_stored(idea))
        more = {"summary": summary, "version": form.version.data, "waiting": form.waiting.data}
        return service.revise(me(), idea, form.words(), signs=form.signs(), **more)

    texts, places = {"body": form.whole_text(), "summary": summary}, [idea.community_id, *form.places()]
    outcome = posting.attempt_post(form, lambda: under_lock(idea, revise), texts, places=places)
    if outcome.code:
        return _refuse(form, idea, outcome.code)
    local_drafts.mark_received(local_drafts.name_of_idea(idea.id))
    return done(links.idea_url(outcome.result), *outcome.describe(*posting.change_message(success, idea_id=idea.id)))


def _refuse(form: IdeaForm, idea: Idea | None, code: int) -> Response:
    """Show what was typed, with what is wrong."""
    present = _find_present(form, idea) if code == 409 else None
    if present is not None:
        return _refuse_over(present, form, is_new=idea is None)
    _compare(form, idea)
    return _show(form, idea, code=code)


def _find_present(form: IdeaForm, idea: Idea | None) -> Idea | None:
    """Return the idea as it is now, or what the form of a new one made already; None where it is not theirs to edit."""
    idea_id = idea.id if idea else publishing.find_id_of_form(me(), form.form_key.data)
    return reading.find_idea(me(), idea_id or 0, policy.EDIT)


def _refuse_over(present: Idea, form: IdeaForm, *, is_new: bool) -> Response:
    """Show what was typed over the idea as it is now: it changed meanwhile, or the form had made it already."""
    typed = idea_form.read_typed(present)
    typed.say(None, form.form_errors[0])
    _set_versions(typed, present, changes.find_own_revision(me(), idea_id=present.id))
    if is_new:
        typed.seen.data = idea_form.read_stored(present).write_seen()
    else:
        _compare(typed, present)
    return _show(typed, present, code=409)


def _show(form: IdeaForm, idea: Idea | None = None, *, code: int = 200, **more: Any) -> Response:
    """Show the form; `more` is what stands around it: a preview, the draft that was begun, why to wait."""
    if idea and "held_revision" not in more:
        more["held_revision"] = changes.find_own_revision(me(), idea_id=idea.id)
    return refuse(
        "ideas/edit.html" if idea else "ideas/new.html",
        code=code,
        form=form,
        idea=idea,
        action=url_for(".change", idea_id=idea.id) if idea else url_for(".create"),
        sittings=sittings.list_running(me()) if idea is None or idea.is_draft else (),
        known_tags=[tag.name for tag in tags.list_by_name(me(), size=KNOWN_TAGS).items],
        used_tags=[name for _slug, name, _count in facets.get_counts(me(), Filters()).tags],
        **(ABSENT | more),
    )


def _set_versions(form: IdeaForm, idea: Idea, held_revision: HeldRevision | None) -> None:
    """Note on the form the versions that it begins with."""
    form.version.data = idea.version
    form.show(held_revision)


def _compare(form: IdeaForm, idea: Idea | None) -> None:
    """Put in the form what changed meanwhile of an idea that was submitted; a draft is written by one person."""
    if idea is not None and not idea.is_draft:
        form.compare(idea_form.read_stored(idea))
