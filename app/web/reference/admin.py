"""Where coordinators keep the reference data: order, rename, describe, archive, merge."""
from functools import partial
from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_, Invalid
from app.core.permits import require
from app.forms.reference import NAMED, IssueForm, MergeForm, MoveForm, NewIssueForm, TagForm
from app.ideas.queries import tags
from app.reference import policy, queries, service
from app.reference.models import Issue, Organisation, Tag, Territory
from app.web.frame import params
from app.web.frame.attempt import taken
from app.web.frame.filters import label
from app.web.frame.session import me
from app.web.frame.support import go, members, refused, render
from app.web.reference.bp import bp

MODELS: dict[str, Any] = {"issues": Issue, "territories": Territory, "organisations": Organisation}
NO_SUCH_TAG = N_("Aucune étiquette ne porte ce nom.")


@bp.get("/reference")
@members(policy.EDIT)
def admin() -> str:
    require(me(), policy.EDIT)
    return render("reference/hub.html")


@bp.get("/reference/communities")
@members(policy.EDIT)
def edit_communities() -> str:
    require(me(), policy.EDIT)
    return render("reference/edit_communities.html", at=params.number("at"))


@bp.get("/reference/issues")
@members(policy.EDIT)
def edit_issues() -> str:
    require(me(), policy.EDIT)
    return render("reference/edit_issues.html", at=params.number("at"))


@bp.get("/reference/territories")
@members(policy.EDIT)
def edit_territories() -> str:
    require(me(), policy.EDIT)
    return render("reference/edit_territories.html", at=params.number("at"))


@bp.get("/reference/<any(tags, organisations):noun>")
@members(policy.EDIT)
def edit_names(noun: str) -> str:
    require(me(), policy.EDIT)
    q = params.single("q").strip()
    asked: dict[str, Any] = {"q": q, "after": params.number("after")}
    page = tags.by_name(me(), **asked) if noun == "tags" else queries.by_name(Organisation, **asked)
    merged = queries.merged_tags() if noun == "tags" else ()
    return render(f"reference/edit_{noun}.html", listing=page, q=q, merged=merged, at=params.number("at"))


@bp.route("/reference/issues/new", methods=["GET", "POST"])
@members(policy.EDIT)
def new_issue() -> str | Response:
    require(me(), policy.EDIT)
    form = NewIssueForm()
    if request.method == "GET":
        return render("reference/edit_issue.html", form=form, issue=None)
    if not taken(form, lambda: service.create_issue(me(), form.words())):
        return refused("reference/edit_issue.html", form=form, issue=None)
    flash(_("L'enjeu est créé."), "success")
    return go(".edit_issues")


@bp.route("/reference/issues/<id:issue_id>/edit", methods=["GET", "POST"])
@members(policy.EDIT)
def edit_issue(issue_id: int) -> str | Response:
    issue = queries.one(me(), Issue, issue_id, policy.EDIT)
    form = IssueForm(obj=issue)
    if request.method == "GET":
        return render("reference/edit_issue.html", form=form, issue=issue)
    if not taken(form, lambda: service.edit_issue(me(), issue, form.words(), slug=form.slug.data or "")):
        return refused("reference/edit_issue.html", form=form, issue=issue)
    flash(_("Vos changements sont enregistrés."), "success")
    return go("reference.issue", slug=form.slug.data)


@bp.post("/reference/issues/<id:issue_id>/position")
@members(policy.EDIT)
def move_issue(issue_id: int) -> Response:
    issue, form = queries.one(me(), Issue, issue_id, policy.EDIT), MoveForm()
    if not form.validate():
        abort(400)
    service.move_issue(me(), issue, step=form.step())
    return _back("issues", issue_id)


@bp.route("/reference/<any(territories, organisations):noun>/<id:row_id>/edit", methods=["GET", "POST"])
@members(policy.EDIT)
def rename(noun: str, row_id: int) -> str | Response:
    row = queries.one(me(), MODELS[noun], row_id, policy.EDIT)
    form = NAMED[noun](obj=row)
    if request.method == "GET":
        return render("reference/rename.html", form=form, row=row, noun=noun)
    if not taken(form, lambda: service.rename(me(), row, form.name.data)):
        return refused("reference/rename.html", form=form, row=row, noun=noun)
    flash(_("Vos changements sont enregistrés."), "success")
    return _back(noun, row_id)


@bp.post("/reference/<any(issues, territories, organisations):noun>/<id:row_id>/archive")
@members(policy.EDIT)
def archive(noun: str, row_id: int) -> Response:
    row = queries.one(me(), MODELS[noun], row_id, policy.EDIT)
    service.archive(me(), row)
    flash(_("Archivage fait : « %(name)s » garde ses pages, mais on ne peut plus le choisir.", name=label(row)),
          "success")
    return _back(noun, row_id)


@bp.post("/reference/<any(issues, territories, organisations):noun>/<id:row_id>/restoration")
@members(policy.EDIT)
def unarchive(noun: str, row_id: int) -> Response:
    row = queries.one(me(), MODELS[noun], row_id, policy.EDIT)
    service.unarchive(me(), row)
    flash(_("On peut de nouveau choisir « %(name)s ».", name=label(row)), "success")
    return _back(noun, row_id)


@bp.route("/reference/tags/<id:tag_id>/edit", methods=["GET", "POST"])
@members(policy.EDIT)
def edit_tag(tag_id: int) -> str | Response:
    tag = tags.one(me(), tag_id, policy.EDIT)
    form, merge = TagForm(obj=tag), MergeForm(formdata=None)
    if request.method == "GET":
        return render("reference/edit_tag.html", form=form, merge=merge, tag=tag)
    if not taken(form, lambda: service.rename_tag(me(), tag, form.name.data or "")):
        return refused("reference/edit_tag.html", form=form, merge=merge, tag=tag)
    flash(_("Vos changements sont enregistrés."), "success")
    return _back("tags", tag_id)


@bp.post("/reference/tags/<id:tag_id>/merge")
@members(policy.EDIT)
def merge_tag(tag_id: int) -> Response:
    tag, merge = tags.one(me(), tag_id, policy.EDIT), MergeForm()
    if not taken(merge, partial(_merge, tag, merge)):
        form = TagForm(formdata=None, obj=tag)
        return refused("reference/edit_tag.html", code=merge.refusal_code, form=form, merge=merge, tag=tag)
    flash(_("Les étiquettes sont fusionnées. Les anciennes adresses mènent à la nouvelle."), "success")
    return go(".edit_names", noun="tags")


def _merge(tag: Tag, form: MergeForm) -> None:
    into = queries.tag_at(service.tag_address(form.into.data or ""))
    if into is None:
        raise Invalid(NO_SUCH_TAG, "into")
    service.merge_tag(me(), tag, into)


@bp.post("/reference/tags/<id:tag_id>/merge/withdrawal")
@members(policy.EDIT)
def part_tag(tag_id: int) -> Response:
    tag = tags.one(me(), tag_id, policy.EDIT)
    service.part_tag(me(), tag)
    flash(_("La fusion est défaite."), "success")
    return _back("tags", tag_id)


def _back(noun: str, row_id: int) -> Response:
    """Return to the list, where the row that changed takes the focus."""
    places: dict[str, Any] = {"issues": (".edit_issues", {}), "territories": (".edit_territories", {})}
    endpoint, values = places.get(noun, (".edit_names", {"noun": noun}))
    return go(endpoint, at=row_id, anchor=f"row-{row_id}", **values)
