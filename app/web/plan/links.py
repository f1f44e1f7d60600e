"""Links between ideas and actions: proposed from either page, answered and ended by the team of the idea."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.core.list_words import is_in
from app.core.text.plain import fold, search_words
from app.forms.links import ActionLinkForm, IdeaLinkForm, LinkAnswerForm
from app.forms.moderation import CHOOSE, MeasureForm
from app.ideas import policy as ideas_policy
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.notifications.queries import foretold
from app.plan import policy
from app.plan.models.links import Link, LinkPair
from app.plan.models.structure import Action
from app.plan.queries import actions, linkable, voices
from app.plan.queries import links as queries
from app.plan.queries.linkable import Candidate, Sought
from app.plan.service import links as service
from app.results import similar
from app.results.similar import SimilarityQuery
from app.web.frame import links, loaders
from app.web.frame.attempt import LATE, attempt
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import Loader, members, public
from app.web.frame.session import me
from app.web.plan.bp import bp
from app.web.plan.link_words import find_door, foretell, foretell_answer, foretell_choice, tell_obstacle

LINK = Loader(queries.get_link, "link_id")
OF_IDEA, OF_ACTION = "plan/links/of_idea.html", "plan/links/of_action.html"
ANSWER, END = "plan/links/answer.html", "plan/links/end.html"
ACTS = {"accept": service.accept, "decline": service.decline}
MADE = _l("C'est lié : la contribution suit l'action, et sa page le dit.")
PROPOSED = _l("Votre proposition est envoyée : l'équipe de la contribution y répondra.")


@bp.route("/ideas/<id:idea_id>/links", methods=["GET", "POST"])
@members(policy.CONSIDER_LINK, of=loaders.IDEA, limit="text", back_to_desk=True)
def link_idea(idea: Idea) -> str | Response:
    """Choose an action for an idea, and say why: proposed by a member, made by its team."""
    if request.method != "POST":
        return render(OF_IDEA, **_of_idea(idea, IdeaLinkForm(formdata=None)))
    form = IdeaLinkForm().offer(_choices(idea))
    outcome = attempt(
        form, lambda: _link(LinkPair(idea, actions.get_action(me(), form.action.data, policy.READ_ACTION)), form)
    )
    if outcome.code:
        return refuse(OF_IDEA, code=outcome.code, **_of_idea(reading.get_idea(me(), idea.id, ideas_policy.READ), form))
    return _finish(outcome.result)


@bp.get("/plan/actions/<id:action_id>/links")
@public(policy.READ_ACTION, of=loaders.ACTION, shows="links")
def list_links(action: Action) -> str:
    # A form begins a session: whoever may send none gets none, and reads a cached page.
    form = ActionLinkForm(formdata=None) if policy.FEED.permits(me(), action) else None
    return render(OF_ACTION, **_of_action(action, form))


@bp.post("/plan/actions/<id:action_id>/links")
@members(policy.FEED, of=loaders.ACTION, limit="text")
def link_action(action: Action) -> Response:
    """Bring an idea to an action, and say why: proposed by a member, made by the team of the idea."""
    form = ActionLinkForm()
    idea = reading.find_idea(me(), form.idea.data or 0, ideas_policy.READ)
    if idea is None:
        form.validate()
        form.say("idea", str(CHOOSE))
        return refuse(OF_ACTION, code=422, **_of_action(action, form))
    outcome = attempt(form, lambda: _link(LinkPair(idea, action), form))
    if outcome.code:
        present = actions.get_action(me(), action.id, policy.READ_ACTION)
        return refuse(OF_ACTION, code=outcome.code, **_of_action(present, form))
    return _finish(outcome.result)


@bp.route("/plan/links/<id:link_id>", methods=["GET", "POST"])
@members(policy.ANSWER_LINK, of=LINK, late=[policy.is_waiting], limit="team", back_to_desk=True)
def answer_link(link: Link) -> str | Response:
    """Accept a link that was proposed, or decline it with a word."""
    form, act = LinkAnswerForm(), request.form.get("act", "accept")
    if request.method != "POST":
        return render(ANSWER, **_of_answer(link, form))
    if act not in ACTS:
        abort(400)
    check = form.is_explained if act == "decline" else form.validate
    outcome = attempt(form, lambda: ACTS[act](me(), link, reason=form.reason.data), check=check, late=LATE)
    if outcome.code:
        return refuse(ANSWER, code=outcome.code, **_of_answer(_again(link), form))
    if act == "accept":
        return _finish(link)
    return done(links.idea_url(_again(link).idea), _("C'est noté : la personne qui proposait ce lien lira pourquoi."))


@bp.route("/plan/links/<id:link_id>/end", methods=["GET", "POST"])
@members(policy.END_LINK, of=LINK, late=[policy.is_in_force, policy.is_waiting], limit="team", back_to_desk=True)
def end_link(link: Link) -> str | Response:
    """End a link in force, or take back what one proposed, and say why."""
    form = MeasureForm()
    if request.method != "POST":
        return render(END, link=link, form=form)
    outcome = attempt(form, lambda: service.end(me(), link, reason=form.reason.data), late=LATE)
    if outcome.code:
        return refuse(END, code=outcome.code, link=_again(link), form=form)
    return done(
        url_for(".list_links", action_id=_again(link).action_id),
        _("Le lien est terminé; sa trace reste, avec votre motif."),
    )


def _link(pair: LinkPair, form: Any) -> Link:
    act = service.make if policy.MAKE_LINK.permits(me(), pair) else service.propose
    return act(me(), pair.idea, pair.action, reason=form.reason.data, form_key=form.form_key.data)


def _finish(link: Link) -> Response:
    """Lead to the idea, whose page shows the link once it is in force."""
    found = _again(link)
    if found.is_in_force:
        return done(links.idea_url(found.idea, _anchor="plan"), MADE)
    return done(links.idea_url(found.idea), PROPOSED)


def _again(link: Link) -> Link:
    return queries.get_link(me(), link.id, policy.READ_LINK)


def _choices(idea: Idea) -> list[Action]:
    """Return the actions that the page offers: all, or those that hold the words of the search."""
    terms = search_words(single_param("q"))
    return [
        one
        for one in queries.list_linkable_actions(me(), idea)
        if all(
            is_in(fold(f"{one.code} {one.title} {one.objective.title} {one.objective.orientation.title}"), term)
            for term in terms
        )
    ]


def _of_answer(link: Link, form: LinkAnswerForm) -> dict[str, Any]:
    """Return the page of an answer, with how many people hear of it where the team may accept."""
    told = None
    if link.is_waiting and policy.its_idea_is_retained(me(), link):
        told = foretold.count_told_of_links(me(), [link.idea_id], link.action, proposed_by=link.proposed_by)[
            link.idea_id
        ]
    return {"link": link, "form": form, "told": "" if told is None else foretell_answer(told)}


def _of_idea(idea: Idea, form: IdeaLinkForm) -> dict[str, Any]:
    found = _choices(idea)
    waiting = queries.list_proposed_links_of_idea(me(), idea.id)
    return {
        "idea": idea,
        "form": form.offer(found),
        "q": single_param("q").strip(),
        "found": found,
        "is_team": ideas_policy.ANSWER.permits(me(), idea),
        "told": _foretell_choice(idea, found, waiting),
        "waiting": waiting,
    }


def _foretell_choice(idea: Idea, found: Sequence[Action], waiting: Sequence[Link]) -> str:
    """Say how many people hear at the most that this idea is linked, where who reads the page links it at once."""
    if not (found and policy.MAKE_LINK.permits(me(), LinkPair(idea, found[0]))):
        return ""
    proposers = {link.proposed_by for link in waiting} - {me().id}
    return foretell_choice(foretold.count_told_of_links(me(), [idea.id])[idea.id] + len(proposers))


def _of_action(action: Action, form: ActionLinkForm | None) -> dict[str, Any]:
    q, may_feed = single_param("q").strip(), policy.FEED.permits(me(), action)
    return {
        "action": action,
        "form": form,
        "q": q,
        "may_feed": may_feed,
        "count": voices.count_leads(me(), action),
        "waiting": queries.list_proposed_links(me(), action.id) if me().is_someone else [],
        "listing": queries.list_links(me(), action.id, before=id_param("before")),
        **(_offer(action, q) if may_feed else {}),
    }


def _offer(action: Action, q: str) -> dict[str, Any]:
    """Return the ideas of a search; without one, those whose title says nearly what that of the action does."""
    near = () if q else similar.list_similar(me(), SimilarityQuery(action.title), is_wide=True)
    sought = Sought(q, [one.id for one in near])
    found = linkable.list_linkable(me(), action.id, sought)
    return {
        "found": found,
        "told": _foretell(action, found),
        "others": linkable.list_unlinkable(me(), action.id, sought),
        "tell_obstacle": tell_obstacle,
        "find_door": find_door,
    }


def _foretell(action: Action, found: Sequence[Candidate]) -> dict[int, str]:
    """Say, by the id of each idea that this person may link at once, how many people hear of it."""
    ids = [one.idea.id for one in found if policy.MAKE_LINK.permits(me(), LinkPair(one.idea, action))]
    return {idea_id: foretell(told) for idea_id, told in foretold.count_told_of_links(me(), ids, action).items()}
