"""Writing an idea: the form is shown; what was typed is previewed, saved as a draft, published, or refused."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.communities import sittings
from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission, may_take_part
from app.forms.ideas import IdeaForm
from app.ideas import policy, publishing, service
from app.ideas.models import Idea
from app.ideas.queries import facets, reading, tags
from app.ideas.queries.lists import Filters
from app.reference.queries import catalogue
from app.web.frame import links, loaders, local_drafts, locale, posting, words
from app.web.frame.attempt import Outcome
from app.web.frame.filters import label
from app.web.frame.form_limits import counted_by_service
from app.web.frame.overlaps import over, refresh
from app.web.frame.params import single
from app.web.frame.routes import Loader, members
from app.web.frame.session import me, rooms
from app.web.frame.support import done, refuse
from app.web.ideas import nearby, preview
from app.web.ideas.bp import bp
from app.web.ideas.preview import Preview


def find_to_write(actor: Actor, idea_id: int, permission: Permission) -> Idea:
    """Return an idea to edit; an author who is paused still finds theirs, to get their text back. Raise NotFound."""
    if not actor.is_suspended and not actor.barred_ids:
        return reading.one(actor, idea_id, permission)
    idea = reading.one(actor, idea_id, policy.READ_OWN)
    if not posting.is_out(idea.community_id):
        return reading.one(actor, idea_id, permission)
    if not policy.is_living(actor, idea):
        raise NotFound()
    return idea


TO_WRITE = Loader(find_to_write, "idea_id")
# Enough tags for the list of a field to find what somebody begins to type, on the largest sites too.
KNOWN_TAGS = 300


@bp.get("/ideas/new")
@members(policy.WRITE)
def new() -> Response:
    """Show an empty form, below the draft that the person began, if any, unless they asked for `other` words."""
    form, room = read_form(), rooms().by_slug.get(single("community"))
    form.lang.data, form.community.data = locale.language(), room.id if room else None
    return _show(form, draft=None if single("other", ("1",)) else reading.last_draft(me()), wait=posting.why_wait())


@bp.get("/ideas/<id:idea_id>/edit")
@members(policy.EDIT, of=loaders.IDEA)
def edit(idea: Idea) -> Response:
    held_revision, form = _find_held_revision(idea), _read_stored(idea)
    _set_versions(form, idea, held_revision)
    return _show(form, idea, held_revision)


@bp.post("/ideas/new")
@members(policy.WRITE, late=[may_take_part], limit=counted_by_service("draft", "idea", "sitting", "sitting_draft"))
def create() -> Response:
    return _answer(read_form())


@bp.post("/ideas/<id:idea_id>/edit")
@members(policy.EDIT, of=TO_WRITE, limit="text")
def change(idea: Idea) -> Response:
    return _answer(read_form(idea), idea)


@bp.post("/ideas/<id:idea_id>/publication")
@members(policy.PUBLISH, of=TO_WRITE, limit="text")
def publish(idea: Idea) -> Response:
    """Publish a draft as it is stored; one that is not finished opens in its form, with what is missing."""
    form = _fill_form(idea)
    del form.csrf_token
    return _submit(form, idea)


def read_form(idea: Idea | None = None) -> IdeaForm:
    """Return the form of an idea (None: a new one) with what was typed."""
    return _offer(IdeaForm(), idea)


def _fill_form(idea: Idea) -> IdeaForm:
    """Return the form with an idea as it is stored."""
    return _offer(IdeaForm.of(idea, facets.placings([idea])[idea.id]), idea)


def _read_stored(idea: Idea) -> IdeaForm:
    """Return the form with what its author wrote last, published or not yet."""
    held_revision = _find_held_revision(idea)
    return _offer(IdeaForm.of_words(held_revision.words), idea) if held_revision else _fill_form(idea)


def _offer(form: IdeaForm, idea: Idea | None) -> IdeaForm:
    """Fill the choices of the form; those of the idea stay among them, even archived."""
    if idea is None:
        return form.offer(rooms(), catalogue(), words, label)
    present = IdeaForm.of(idea, facets.placings([idea])[idea.id]).selection()
    return form.offer(rooms(), catalogue(), words, label, present=present, lead=None if idea.is_draft else idea)


def _set_versions(form: IdeaForm, idea: Idea, held_revision: HeldRevision | None) -> None:
    """Note on the form the versions that it begins with; a draft, which saves itself, has a fixed one."""
    form.version.data = "draft" if idea.is_draft else idea.version
    form.show(held_revision)


def _answer(form: IdeaForm, idea: Idea | None = None) -> Response:
    """Do what the button asks: preview what was typed, save a draft, publish it or change what is public."""
    act = request.form.get("act", "publish")
    if act == "preview":
        return _preview(form, idea)
    if idea is not None and not idea.is_draft:
        return _revise(form, idea)
    return _save(form, idea) if act == "save" else _submit(form, idea)


def _preview(form: IdeaForm, idea: Idea | None) -> Response:
    """Show how it will look, without a word about what is still missing."""
    if not form.can_be_kept():
        return _refuse(form, idea, 422)
    form = read_form(idea)
    _refresh(form, idea)
    return _show(form, idea, _find_held_revision(idea), shown=preview.of(form))


def _submit(form: IdeaForm, idea: Idea | None) -> Response:
    """Publish a new idea or a draft, as one act."""
    since = idea.created_at if idea else None
    outcome = posting.attempt_post(
        form,
        lambda: publishing.submit(me(), idea, form.words(), form_key=form.form_key.data, signs=form.signs(since=since)),
        {"body": form.whole_text()},
        places=form.places(),
    )
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
    return done(links.idea(idea), *posting.post_message(idea.suspect, _("Votre contribution est publiée. Merci!")))


def _save(form: IdeaForm, idea: Idea | None) -> Response:
    outcome = save_draft(form, idea)
    if outcome.code:
        return _refuse(form, idea, outcome.code)
    return done(
        url_for("ideas.edit", idea_id=outcome.result.id), _("Votre brouillon est gardé; il n'est montré qu'à vous.")
    )


def save_draft(form: IdeaForm, idea: Idea | None) -> Outcome[Idea]:
    """Save what was typed as a draft, finished or not."""
    return posting.attempt_post(
        form,
        lambda: (
            publishing.save(me(), idea, form.words())
            if idea
            else publishing.draft(me(), form.words(), form_key=form.form_key.data)
        ),
        {},
        check=form.can_be_kept,
    )


def _revise(form: IdeaForm, idea: Idea) -> Response:
    """Change what was submitted."""
    summary = form.summary.data or ""
    message = posting.pending_message(idea) or _("Vos changements sont publiés.")
    outcome = posting.attempt_post(
        form,
        over(
            form,
            idea,
            lambda: _read_stored(idea),
            lambda: service.revise(
                me(),
                idea,
                form.words(),
                summary=summary,
                waiting=form.waiting.data,
                signs=form.signs(),
                is_older=form.version.data != idea.version,
                version=form.version.data if idea.is_hidden or form.version.data == "draft" else idea.version,
            ),
        ),
        {"body": form.whole_text(), "summary": summary},
        places=[idea.community_id, *form.places()],
    )
    if outcome.code:
        return _refuse(form, idea, outcome.code)
    local_drafts.mark_received(local_drafts.name_of_idea(idea.id))
    return done(links.idea(outcome.result), *outcome.describe(*posting.change_message(message, idea_id=idea.id)))


def _refuse(form: IdeaForm, idea: Idea | None, code: int) -> Response:
    """Show what was typed, with what is wrong, over the idea as it is now if it changed meanwhile (409)."""
    held_revision, is_new = _find_held_revision(idea), idea is None
    if code == 409:
        idea_id = idea.id if idea else publishing.id_of_form(me(), form.form_key.data)
        present = reading.find(me(), idea_id or 0, policy.EDIT)
        if present:
            message, idea, held_revision = form.form_errors[0], present, _find_held_revision(present)
            form = read_form(present)
            form.say(None, message)
            _set_versions(form, present, held_revision)
    if is_new and idea is not None:
        form.seen.data = _read_stored(idea).write_seen()
    else:
        _refresh(form, idea)
    return _show(form, idea, held_revision, code=code)


def _show(
    form: IdeaForm,
    idea: Idea | None = None,
    held_revision: HeldRevision | None = None,
    *,
    code: int = 200,
    shown: Preview | None = None,
    draft: Idea | None = None,
    wait: str = "",
) -> Response:
    action = url_for(".change", idea_id=idea.id) if idea else url_for(".create")
    page = "ideas/edit.html" if idea else "ideas/new.html"
    near = nearby.of_form(form, idea) if shown else []
    running = sittings.list_running(me()) if idea is None or idea.is_draft else ()
    return refuse(
        page,
        code=code,
        form=form,
        idea=idea,
        action=action,
        preview=shown,
        near=near,
        held_revision=held_revision,
        draft=draft,
        sittings=running,
        wait=wait,
        known_tags=[tag.name for tag in tags.by_name(me(), size=KNOWN_TAGS).items],
        used_tags=[name for _slug, name, _count in facets.counts(me(), Filters()).tags],
    )


def _refresh(form: IdeaForm, idea: Idea | None) -> None:
    """Put in the form what changed meanwhile of an idea that was submitted; a draft is written by one person."""
    if idea is not None and not idea.is_draft:
        refresh(form, _read_stored(idea))


def _find_held_revision(idea: Idea | None) -> HeldRevision | None:
    return changes.current(me(), idea_id=idea.id) if idea else None
