"""What a page says of itself to search engines, in the words of schema.org (JSON-LD): to the public alone."""

from itertools import islice
from typing import Any

from flask import Flask, current_app, url_for

from app.comments.models import Comment
from app.comments.queries.tree import Branch, ThreadPage
from app.core import clock
from app.core.text import markdown
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.plan.models.structure import Action
from app.reference.queries import get_catalogue
from app.web.frame import event_words, links
from app.web.frame.filters import label, member_url, person
from app.web.frame.session import rooms

CONTEXT = {"@context": "https://schema.org"}
ACTION_STATUS = {
    "planned": "PotentialActionStatus",
    "underway": "ActiveActionStatus",
    "achieved": "CompletedActionStatus",
    "dropped": "FailedActionStatus",
}
ATTENDANCE = {"in_person": "Offline", "online": "Online", "hybrid": "Mixed"}
LOGO = "img/icon-180.png"
# How much of a talk is repeated there: the first comments of its page, each with the first that answer it.
ROOTS, REPLIES = 10, 3


def describe_organisation() -> dict[str, Any]:
    """Describe whoever runs the site."""
    config = current_app.config
    page: Any = current_app.jinja_env.globals["page"]
    logo = links.absolute_url(page.asset(LOGO))
    return CONTEXT | {
        "@type": "Organization",
        "name": config["SITE_ORGANISATION"] or config["SITE_NAME"],
        "url": links.absolute_url("/"),
        "logo": logo,
    }


def describe_posting(idea: Idea, talk: ThreadPage) -> dict[str, Any]:
    """Describe a public idea and the talk under it, with what search engines ask of a DiscussionForumPosting."""
    published, room = idea.published_at or idea.created_at, rooms().by_id.get(idea.community_id or 0)
    place = {"isPartOf": links.absolute_url(url_for("communities.show", slug=room.slug))} if room else {}
    readable = (branch for branch in talk.branches if branch.entries[0].is_readable)
    return (
        CONTEXT
        | place
        | {
            "@type": "DiscussionForumPosting",
            "headline": idea.title,
            "text": idea.body,
            "url": links.absolute_idea_url(idea),
            "author": _author(idea),
            "datePublished": published.isoformat(),
            "inLanguage": idea.lang,
            "dateModified": (idea.edited_at or published).isoformat(),
            "commentCount": idea.comments_count,
            "interactionStatistic": [
                _count("LikeAction", idea.votes_count),
                _count("CommentAction", idea.comments_count),
            ],
            "comment": [_branch(branch) for branch in islice(readable, ROOTS)],
        }
    )


def describe_action(found: Action) -> dict[str, Any]:
    """Describe a public action of the plan as an Action of schema.org: what, who leads it, when, how far."""
    days = {"startTime": found.starts_on, "endTime": found.ends_on}
    lead = {"agent": {"@type": "Organization", "name": found.lead.name}} if found.lead else {}
    return (
        CONTEXT
        | lead
        | {name: day.isoformat() for name, day in days.items() if day}
        | {
            "@type": "Action",
            "name": found.title,
            "description": markdown.to_line(found.body_html),
            "url": links.absolute_url(links.action_url(found)),
            "actionStatus": f"https://schema.org/{ACTION_STATUS[found.state]}",
        }
    )


def describe_event(event: Event) -> dict[str, Any]:
    """Describe a public meeting: when, where, how one joins, and whether it is held."""
    room = rooms().by_id.get(event.community_id or 0)
    url = links.absolute_url(links.event_url(event))
    config = current_app.config
    organiser = label(room) if room else config["SITE_ORGANISATION"] or config["SITE_NAME"]
    home = url_for("communities.show", slug=room.slug) if room else "/"
    former = [move.former_starts_at.astimezone(clock.ZONE).isoformat() for move in event.moves]
    status = "EventCancelled" if event.is_cancelled else "EventRescheduled" if former else "EventScheduled"
    return (
        CONTEXT
        | ({"previousStartDate": former} if former else {})
        | ({"description": event.excerpt} if event.excerpt else {})
        | {
            "@type": "Event",
            "name": event.title,
            "url": url,
            "inLanguage": event.lang,
            "startDate": event.starts_at.astimezone(clock.ZONE).isoformat(),
            "endDate": event.ends_at.astimezone(clock.ZONE).isoformat(),
            "eventStatus": f"https://schema.org/{status}",
            "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[event.mode]}EventAttendanceMode",
            "location": _places(event, url),
            "organizer": {"@type": "Organization", "name": organiser, "url": links.absolute_url(home)},
        }
    )


def _places(event: Event, url: str) -> list[dict[str, Any]]:
    """Return where people join: a hall, and the page of the meeting, which knows the room that registrants are told."""
    places = get_catalogue().place
    town = places.get(event.territory_id or 0)
    where = {"@type": "PostalAddress", "addressRegion": "QC", "addressCountry": "CA"}
    where |= {"addressLocality": town.name} if town else {}
    hall = {"@type": "Place", "name": event_words.tell_address(event), "address": where}
    return [
        *([hall] if event.is_in_person else []),
        *([{"@type": "VirtualLocation", "url": url}] if event.is_online else []),
    ]


def _branch(branch: Branch) -> dict[str, Any]:
    replies = (entry.comment for entry in branch.replies if entry.is_readable)
    return _comment(branch.root) | {"comment": [_comment(reply) for reply in islice(replies, REPLIES)]}


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "text": comment.body,
        "author": _author(comment),
        "inLanguage": comment.lang,
        "datePublished": comment.created_at.isoformat(),
        "url": links.absolute_url(url_for("comments.show", comment_id=comment.id)),
    }


def _author(thing: Idea | Comment) -> dict[str, Any]:
    page = member_url(thing)
    return {"@type": "Person", "name": person(thing)} | ({"url": links.absolute_url(page)} if page else {})


def _count(act: str, number: int) -> dict[str, Any]:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{act}",
        "userInteractionCount": number,
    }


def init_app(app: Flask) -> None:
    app.jinja_env.globals["organisation"] = describe_organisation
