"""Joining duplicates and parting them again: choose the other idea, see what will happen, say why."""
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.forms.merging import CHOOSE, MergeForm, SplitForm
from app.forms.moderation import MeasureForm
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.merges import policy, service
from app.merges.models import Pair
from app.merges.queries import likeness
from app.merges.queries import merges as queries
from app.votes import queries as votes
from app.web.frame import links
from app.web.frame.attempt import asked, kept_late
from app.web.frame.params import number, single
from app.web.frame.session import me
from app.web.frame.support import members, refused, render
from app.web.ideas.bp import bp

CHOICE, CHECK = "ideas/merge/choose.html", "ideas/merge/check.html"
DONE = {
    "part": _l("La contribution est de nouveau séparée : tout est comme avant."),
    "join_back": _l("Les deux contributions sont réunies; rien n'est effacé."),
}


@bp.get("/ideas/<id:idea_id>/merge")
@members(policy.MERGE)
def choose_merge(idea_id: int) -> str:
    """Choose the other idea, then see what will happen."""
    idea, wanted = reading.one(me(), idea_id, policy.MERGE), number("into")
    into = reading.find(me(), wanted, ideas.READ) if wanted else None
    if into is None:
        return render(CHOICE, **_choice(idea, str(_l("Cette contribution n'existe pas, ou n'est plus lisible."))
                                        if wanted else ""))
    refusal = service.why_not(me(), Pair(idea, into))
    if refusal:
        return render(CHOICE, **_choice(idea, _(refusal)))
    return render(CHECK, **_shown(idea, into, MergeForm(formdata=None, data={"into": into.id})))


@bp.post("/ideas/<id:idea_id>/merge")
@members(policy.MERGE)
def merge_into(idea_id: int) -> str | Response:
    wanted, form = asked(policy.MERGE, policy.is_open), MergeForm()
    idea = reading.one(me(), idea_id, wanted)
    into = reading.find(me(), form.into.data, ideas.READ)
    if into is None:
        return refused(CHOICE, **_choice(idea, str(CHOOSE)))
    code = kept_late(form, lambda: service.merge(me(), idea, into, reason=form.reason.data))
    if code:
        return refused(CHECK, code=code, **_shown(reading.one(me(), idea_id, wanted), into, form))
    flash(_("Les deux contributions sont réunies. Les personnes concernées sont avisées."), "success")
    return redirect(links.idea(reading.one(me(), idea_id, ideas.READ)), 303)


def _choice(idea: Idea, error: str = "") -> dict[str, Any]:
    q = single("q").strip()
    return {"idea": idea, "q": q, "found": likeness.to_join(me(), idea, q), "error": error,
            "holds_others": queries.holds_others(idea)}


def _shown(idea: Idea, into: Idea, form: MergeForm) -> dict[str, Any]:
    coming = votes.to_carry(idea, into)
    return {"idea": idea, "into": into, "form": form, "coming": coming, "others": idea.votes_count - coming}


@bp.route("/ideas/<id:idea_id>/parting", methods=["GET", "POST"])
@members(policy.PART)
def part_merged(idea_id: int) -> str | Response:
    return _undo("part", *queries.with_kin(me(), idea_id, asked(policy.PART, policy.is_merged)), service.part)


@bp.route("/ideas/<id:idea_id>/rejoining", methods=["GET", "POST"])
@members(policy.JOIN_BACK)
def join_back(idea_id: int) -> str | Response:
    """Undo a split."""
    wanted = asked(policy.JOIN_BACK, policy.is_open)
    return _undo("join_back", *queries.with_kin(me(), idea_id, wanted), service.join_back)


def _undo(kind: str, idea: Idea, kin: queries.Kin, act: Callable[..., None]) -> str | Response:
    """Say what will happen, ask why, then do it."""
    form = MeasureForm()
    if kind == "join_back" and not kin.origins:
        raise NotFound()
    shown: dict[str, Any] = {"kind": kind, "idea": idea, "form": form, "kin": kin}
    if request.method == "GET":
        return render("ideas/merge/undo.html", **shown)
    code = kept_late(form, lambda: act(me(), idea, reason=form.reason.data))
    if code:
        return refused("ideas/merge/undo.html", code=code, **shown)
    flash(DONE[kind], "success")
    return redirect(links.idea(reading.one(me(), idea.id, ideas.READ)), 303)


@bp.route("/ideas/<id:idea_id>/split", methods=["GET", "POST"])
@members(policy.SPLIT)
def split_off(idea_id: int) -> str | Response:
    """Draw one more idea out of this one, in the words of its author."""
    wanted = asked(policy.SPLIT, policy.is_open)
    idea = reading.one(me(), idea_id, wanted)
    form = SplitForm() if request.method == "POST" else SplitForm(formdata=None, data={"part": idea.body})
    if request.method == "GET":
        return render("ideas/merge/split.html", idea=idea, form=form)
    made: list[Idea] = []
    code = kept_late(form, lambda: made.append(service.split(
            me(), idea, title=form.title.data, body=form.part.data, reason=form.reason.data,
            form_key=form.form_key.data)))
    if code:
        return refused("ideas/merge/split.html", code=code, idea=reading.one(me(), idea_id, wanted), form=form)
    flash(_("La nouvelle contribution est publiée, au nom de la même personne, qui en est avisée."), "success")
    return redirect(links.idea(made[0]), 303)
