"""The reference data, for coordinators: order, rename, describe, archive, merge."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_, Invalid
from app.core.paging import Page
from app.forms.reference import NAME_FORMS, IssueForm, MergeForm, MoveForm, TagForm, WordsForm
from app.ideas.queries import tags
from app.reference import near_names, policy, queries, service
from app.reference.models import Acronym, Issue, Tag
from app.web.frame import order, params
from app.web.frame.attempt import attempt
from app.web.frame.filters import label
from app.web.frame.overlaps import attempt_over, describe_edit
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.reference import finders
from app.web.reference.bp import bp

BOTH = ["GET", "POST"]
NOUNS = {model: noun for noun, model in finders.MODELS.items()} | {Tag: "tags"}
MERGED: dict[str, Any] = {
    "tags": queries.list_merged_tags,
    "organisations": queries.list_merged_organisations,
}
NO_SUCH_TAG = N_("Aucune étiquette ne porte ce nom.")


@bp.get("/reference")
@members(policy.EDIT)
def admin() -> str:
    return render("reference/hub.html")


@bp.get("/reference/communities")
@members(policy.EDIT)
def edit_communities() -> str:
    return render("reference/edit_communities.html", at=params.id_param("at"))


@bp.get("/reference/issues")
@members(policy.EDIT)
def edit_issues() -> str:
    return render("reference/edit_issues.html", at=params.id_param("at"))


@bp.get("/reference/territories")
@members(policy.EDIT)
def edit_territories() -> str:
    return render("reference/edit_territories.html", at=params.id_param("at"))


@bp.get("/reference/<any(tags, organisations, acronyms):noun>")
@members(policy.EDIT)
def edit_names(noun: str) -> str:
    is_tags, q, after = noun == "tags", params.single_param("q").strip(), params.id_param("after")
    listing: Page[Any] = (
        tags.list_by_name(me(), q=q, after=after)
        if is_tags
        else queries.list_by_name(finders.MODELS[noun], q=q, after=after)
    )
    return render(
        f"reference/edit_{noun}.html",
        listing=listing,
        q=q,
        at=params.id_param("at"),
        merged=MERGED[noun]() if noun in MERGED else (),
        doubles=_list_doubles(noun),
    )


def _list_doubles(noun: str) -> Sequence[tuple[Any, Any]]:
    """Return the tags or the organisations that may be one, two by two."""
    if noun == "tags":
        return near_names.list_doubles(tags.list_by_name(me(), size=near_names.COMPARED).items)
    return near_names.list_doubles(queries.list_organisations()) if noun == "organisations" else ()


@bp.route("/reference/issues/new", methods=BOTH)
@members(policy.EDIT, limit="team")
def new_issue() -> str | Response:
    form = WordsForm()
    if request.method != "POST":
        return render("reference/edit_issue.html", form=form, issue=None)
    outcome = attempt(form, lambda: service.create_issue(me(), form.words()))
    if outcome.code:
        return refuse("reference/edit_issue.html", code=outcome.code, form=form, issue=None)
    return done(url_for(".edit_issues"), _("L'enjeu est créé."))


@bp.route("/reference/issues/<id:issue_id>/edit", methods=BOTH)
@members(policy.EDIT, of=finders.ISSUE, limit="team")
def edit_issue(issue: Issue) -> str | Response:
    form = IssueForm(obj=issue)
    if request.method != "POST":
        return render("reference/edit_issue.html", form=form, issue=issue)
    outcome = attempt_over(
        form,
        issue,
        lambda: IssueForm(formdata=None, obj=issue),
        lambda: service.edit_issue(me(), issue, form.words(), slug=form.slug.data or ""),
    )
    if outcome.code:
        return refuse("reference/edit_issue.html", code=outcome.code, form=form, issue=issue)
    return done(
        url_for("reference.issue", slug=form.slug.data),
        *describe_edit(outcome, _("Vos changements sont enregistrés."), form),
    )


@bp.post("/reference/issues/<id:issue_id>/position")
@members(policy.EDIT, of=finders.ISSUE, limit="team")
def move_issue(issue: Issue) -> Response:
    form = MoveForm()
    if not form.validate():
        abort(400)
    service.move_issue(me(), issue, step=form.step())
    there = queries.get_catalogue()
    names = [label(one) for one in there.issues]
    return done(place_of(issue), order.describe_move(names, list(there.issue).index(issue.id), form.step()))


@bp.route("/reference/<any(territories, organisations):noun>/<id:row_id>/edit", methods=BOTH)
@members(policy.EDIT, of=finders.BY_NUMBER, limit="team")
def rename(row: Any) -> str | Response:
    noun = NOUNS[type(row)]
    form = NAME_FORMS[noun](obj=row)
    if request.method != "POST":
        return render("reference/rename.html", form=form, row=row, noun=noun)
    outcome = attempt_over(
        form, row, lambda: NAME_FORMS[noun](formdata=None, obj=row), lambda: service.rename(me(), row, form.name.data)
    )
    if outcome.code:
        return refuse("reference/rename.html", code=outcome.code, form=form, row=row, noun=noun)
    return done(place_of(row), *describe_edit(outcome, _("Vos changements sont enregistrés."), form))


@bp.post("/reference/<any(issues, territories, organisations, acronyms):noun>/<id:row_id>/archive")
@members(policy.EDIT, of=finders.BY_NUMBER, limit="team")
def archive(row: Any) -> Response:
    service.archive(me(), row)
    if isinstance(row, Acronym):
        return done(
            place_of(row), _("Archivage fait : la recherche ne sait plus ce que « %(name)s » veut dire.", name=row.name)
        )
    return done(
        place_of(row),
        _("Archivage fait : « %(name)s » garde ses pages, mais ne figure plus parmi les choix.", name=label(row)),
    )


@bp.post("/reference/<any(issues, territories, organisations, acronyms):noun>/<id:row_id>/restoration")
@members(policy.EDIT, of=finders.BY_NUMBER, limit="team")
def unarchive(row: Any) -> Response:
    service.unarchive(me(), row)
    if isinstance(row, Acronym):
        return done(place_of(row), _("La recherche sait de nouveau ce que « %(name)s » veut dire.", name=row.name))
    return done(place_of(row), _("On peut de nouveau choisir « %(name)s ».", name=label(row)))


@bp.route("/reference/tags/<id:tag_id>/edit", methods=BOTH)
@members(policy.EDIT, of=finders.TAG, limit="team")
def edit_tag(tag: Tag) -> str | Response:
    form = TagForm(obj=tag)
    if request.method != "POST":
        return render("reference/edit_tag.html", form=form, tag=tag)
    outcome = attempt_over(
        form, tag, lambda: TagForm(formdata=None, obj=tag), lambda: service.rename_tag(me(), tag, form.name.data or "")
    )
    if outcome.code:
        return refuse("reference/edit_tag.html", code=outcome.code, form=form, tag=tag)
    return done(place_of(tag), *describe_edit(outcome, _("Vos changements sont enregistrés."), form))


@bp.route("/reference/tags/<id:tag_id>/merge", methods=BOTH)
@members(policy.EDIT, of=finders.TAG, limit="team")
def merge_tag(tag: Tag) -> str | Response:
    form = MergeForm(into=params.single_param("into"))
    if request.method != "POST":
        return render("reference/merge_tag.html", form=form, tag=tag)
    outcome = attempt(form, lambda: _merge(tag, form))
    if outcome.code:
        return refuse("reference/merge_tag.html", code=outcome.code, form=form, tag=tag)
    return done(
        place_of(outcome.result),
        _(
            "« %(name)s » est fusionnée avec « %(into)s » : son adresse y mène.",
            name=tag.name,
            into=outcome.result.name,
        ),
    )


def _merge(tag: Tag, form: MergeForm) -> Tag:
    into = queries.find_tag(service.build_tag_slug(form.into.data or ""))
    if into is None:
        raise Invalid(NO_SUCH_TAG, "into")
    service.merge_tag(me(), tag, into)
    return into


@bp.post("/reference/tags/<id:tag_id>/parting")
@members(policy.EDIT, of=finders.TAG, limit="team")
def part_tag(tag: Tag) -> Response:
    service.part_tag(me(), tag)
    return done(url_for(".edit_names", noun="tags"), _("La fusion est défaite."))


def place_of(row: Any) -> str:
    """Return the address of a row in its list, where it takes the focus."""
    noun, here = NOUNS[type(row)], f"row-{row.id}"
    if noun in ("tags", "organisations", "acronyms"):
        return url_for(".edit_names", noun=noun, after=queries.find_start(row), at=row.id, _anchor=here)
    return url_for(f".edit_{noun}", at=row.id, _anchor=here)
