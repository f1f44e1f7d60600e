"""All that a person wrote, in every state, said in words, with what they may do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models.changes import HeldRevision
from app.comments import policy as comments_policy
from app.comments.models import Comment
from app.comments.queries import reading as comments
from app.communities import policy as communities
from app.core.paging import Page
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.forum.models import ForumTopic
from app.forum.queries import topics
from app.ideas import policy
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.moderation.first_posts.models import HeldChange
from app.moderation.first_posts.queries import held_revisions
from app.updates import queries as updates
from app.updates.models import Update
from app.web.frame import content_links, links, stations, team_words, words
from app.web.frame.params import id_param, single_param
from app.web.frame.responses import go, render
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.ideas.bp import bp

SHORT = 160


@dataclass(frozen=True)
class ContributionLine:
    """One content as its author finds it: `state` in words, the team's `reason`, what is `next`; `acts` are links.

    `road` is the status and the kind of an idea, where the state is that of its road.
    """

    title: str
    url: str
    kind: str
    at: Any
    excerpt: str
    state: str
    reason: str = ""
    next: str = ""
    acts: tuple[tuple[str, str], ...] = ()
    road: tuple[str, str] | None = None


@bp.get("/account/contributions")
@members(policy.READ_OWN, lists=reading.own_of)
def contributions() -> str:
    """List what the reader wrote of one kind, the last first; and their changes that wait."""
    kind = single_param("kind", tuple(LISTS), "ideas")
    own, describe = LISTS[kind]
    listing: Page[Any] = own(me(), before=id_param("after"))
    revisions = held_revisions.list_own_changes(me()) if kind in ("ideas", "comments") else []
    lines = [describe(row, _revision_of(row, revisions)) for row in listing.items]
    is_here = ("comment",) if kind == "comments" else ("idea", "user", "comment")
    return render(
        "ideas/contributions.html",
        kind=kind,
        listing=listing,
        lines=lines,
        revisions=[one for one in revisions if one.noun in is_here] if listing.is_first else [],
    )


def _revision_of(content: Any, revisions: Sequence[HeldChange]) -> HeldRevision | None:
    """Return what its author would make of a content, among their changes that wait or were refused."""
    return next((one.revision for one in revisions if one.subject is content), None)


@bp.get("/ideas/drafts")
@members(policy.READ_OWN, lists=reading.own_of)
def drafts() -> Any:
    """Redirect from the address of before."""
    return go("ideas.contributions")


def _idea(idea: Idea, revision: HeldRevision | None) -> ContributionLine:
    acts: tuple[tuple[str, str], ...] = ()
    edit = url_for("ideas.edit", idea_id=idea.id)
    if idea.is_draft:
        acts = ((edit, _("Continuer")), (url_for("ideas.discard", idea_id=idea.id), _("Jeter")))
    elif (idea.status == "pending" or idea.is_hidden) and policy.EDIT.permits(me(), idea):
        acts = ((edit, _("Changer et envoyer de nouveau") if idea.is_hidden else _("Modifier")),)
    is_away = not (idea.is_draft or idea.is_hidden or communities.sees(me(), idea))
    return ContributionLine(
        idea.title or _("Brouillon sans titre"),
        edit if idea.is_draft else links.idea_url(idea),
        str(words.KINDS[idea.kind]),
        idea.saved_at,
        idea.excerpt,
        _say_where(idea, revision, is_away=is_away),
        *_refusal(idea, revision),
        acts,
        None if idea.is_hidden or idea.is_merged or is_away else (idea.status, idea.kind),
    )


def _say_where(idea: Idea, revision: HeldRevision | None, *, is_away: bool) -> str:
    """Say where an idea stands; `is_away`: in a private community that its author left, they are told no more of it."""
    if is_away:
        return _("Vous n'êtes plus membre de la communauté privée où vous l'avez dit.")
    if idea.is_merged and not idea.is_hidden:
        return _("Jointe à une autre contribution")
    return _state(idea, str(stations.status_name(idea.status, idea.kind)), revision)


def _comment(comment: Comment, revision: HeldRevision | None) -> ContributionLine:
    """Describe a comment; what it is under has a title only for those who may still read it."""
    is_seen = comments_policy.READ_OWN.permits(me(), comment)
    title = _("Commentaire sous « %(title)s »", title=comment.thread.title) if is_seen else _("Commentaire")
    acts: tuple[tuple[str, str], ...] = ()
    if comments_policy.is_unseen(me(), comment) and comments_policy.EDIT.permits(me(), comment):
        label = _("Changer et envoyer de nouveau") if comment.is_hidden else _("Corriger")
        acts = ((url_for("comments.edit", comment_id=comment.id), label),)
    return ContributionLine(
        title,
        url_for("comments.show", comment_id=comment.id) if is_seen else "",
        "",
        comment.created_at,
        excerpt(markdown.to_line(comment.body_html), SHORT),
        _state(comment, _("Publié"), revision),
        *_refusal(comment, revision),
        acts,
    )


def _update(update: Update, _revision: HeldRevision | None) -> ContributionLine:
    return ContributionLine(
        update.title,
        content_links.content_url(update),
        "",
        update.published_at,
        update.excerpt,
        _("Masqué par l'équipe d'animation") if update.is_hidden else _("Publié"),
        *_refusal(update),
    )


def _topic(topic: ForumTopic, _revision: HeldRevision | None) -> ContributionLine:
    """Describe a topic of a forum that its host still reads."""
    state = (
        (_("Refusé par l'équipe d'animation") if topic.is_waiting else _("Masqué par l'équipe d'animation"))
        if topic.is_hidden
        else _("Retiré du mur")
        if topic.is_withdrawn
        else _("Joint à un autre sujet")
        if topic.is_joined
        else _("En attente : l'équipe le met au mur dès qu'elle vous a vu arriver")
        if topic.is_waiting
        else _("Au mur du forum")
    )
    return ContributionLine(
        topic.title,
        links.topic_url(topic),
        topic.forum.event.title,
        topic.created_at,
        excerpt(topic.why, SHORT),
        state,
        *_refusal(topic),
    )


def _state(content: Idea | Comment, public: str, revision: HeldRevision | None) -> str:
    """Say where a text stands; `public` is the word for one that everybody reads."""
    if content.status == "pending":
        return _("Refusé par l'équipe d'animation") if content.is_hidden else team_words.waiting(content.suspect)
    if content.is_hidden and revision and revision.is_again:
        return (
            _("Masqué : votre nouveau texte attend d'être lu")
            if revision.is_open
            else _("Masqué : votre nouveau texte est refusé")
        )
    return _("Masqué par l'équipe d'animation") if content.is_hidden else public


def _refusal(content: Any, revision: HeldRevision | None = None) -> tuple[str, str]:
    """Return the reason of what is out of sight, the last that was given, and what its author may do."""
    if not content.is_hidden:
        return "", ""
    last = revision.reason if revision and revision.is_again else ""
    return last or content.hidden_reason or "", _("Vos avis disent comment demander un nouvel examen.")


LISTS: dict[str, tuple[Callable[..., Page[Any]], Callable[[Any, HeldRevision | None], ContributionLine]]] = {
    "ideas": (reading.list_own, _idea),
    "comments": (comments.list_own, _comment),
    "updates": (updates.list_own, _update),
    "topics": (topics.list_own, _topic),
}
