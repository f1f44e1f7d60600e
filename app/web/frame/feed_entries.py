"""What feeds say of each thing, as its page does."""

from flask import url_for
from flask_babel import gettext as _

from app.comments.models import Comment
from app.events.queries.lists import EventRow
from app.ideas.models import Idea, StatusChange
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.updates.models import Update
from app.web.frame import event_words, links, locale, stations
from app.web.frame.drawings import draw
from app.web.frame.feeds import FeedEntry
from app.web.frame.filters import label, person
from app.web.frame.session import rooms


def of_idea(idea: Idea) -> FeedEntry:
    """Return a published idea."""
    published = idea.published_at or idea.created_at
    return FeedEntry(
        f"idea/{idea.id}",
        idea.title,
        links.idea_url(idea),
        person(idea),
        idea.body_html,
        published,
        idea.edited_at or published,
        idea.lang,
    )


def of_answer(step: StatusChange, idea: Idea) -> FeedEntry:
    """Return what the community answered to an idea."""
    title = _("Réponse de la communauté : %(step)s", step=stations.step_name(step, idea.kind))
    html = draw("ideas/_feed_answer.html", step=step)
    author = person(step.by) if step.by else _("L'équipe d'animation")
    return FeedEntry(
        f"answer/{step.id}",
        title,
        f"{links.idea_url(idea)}#answer-{step.id}",
        author,
        html,
        step.at,
        step.at,
        idea.lang,
    )


def of_comment(comment: Comment) -> FeedEntry:
    name = person(comment)
    return FeedEntry(
        f"comment/{comment.id}",
        _("Commentaire de %(name)s", name=name),
        url_for("comments.show", comment_id=comment.id),
        name,
        comment.body_html,
        comment.created_at,
        comment.edited_at or comment.created_at,
        comment.lang,
    )


def of_action(action: Action) -> FeedEntry:
    author = action.lead.name if action.lead else person(action)
    return FeedEntry(
        f"action/{action.id}",
        action.title,
        links.action_url(action),
        author,
        action.body_html,
        action.published_at,
        action.published_at,
        "fr",
    )


def of_bulletin(bulletin: Bulletin) -> FeedEntry:
    title = _("Où on en est, le %(day)s", day=locale.format_day(bulletin.at))
    return FeedEntry(
        f"bulletin/{bulletin.id}",
        title,
        links.bulletin_url(bulletin),
        person(bulletin),
        draw("plan/_feed_bulletin.html", bulletin=bulletin),
        bulletin.at,
        bulletin.edited_at or bulletin.at,
        bulletin.lang,
    )


def of_update(update: Update) -> FeedEntry:
    address = url_for("updates.show", slug=rooms().by_id[update.community_id].slug, update_id=update.id)
    return FeedEntry(
        f"update/{update.id}",
        update.title,
        address,
        person(update),
        update.body_html,
        update.published_at,
        update.edited_at or update.published_at,
        update.lang,
    )


def of_event(event: EventRow) -> FeedEntry:
    """Return a meeting, by the community that calls to it."""
    room = rooms().by_id.get(event.community_id or 0)
    published = event.published_at or event.changed_at
    return FeedEntry(
        f"event/{event.id}",
        event.title,
        links.event_url(event),
        label(room) if room else _("L'équipe de coordination"),
        draw("events/_feed_event.html", event=event, when=event_words.tell_when(event)),
        published,
        max(event.changed_at, published),
        event.lang,
    )
