"""What notices are about, read again with the rights that their reader has now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from app.accounts import policy as accounts
from app.accounts import queries as account_queries
from app.accounts.models.people import User
from app.comments.models import Comment
from app.comments.queries import reading as comments
from app.communities.queries import Room, get_visible_rooms
from app.core.actor import Actor
from app.events.models.meetings import Event
from app.events.queries import reading as events
from app.forms.places import place_name
from app.forum.models import ForumTopic
from app.forum.queries import topics
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.notifications.models import Notice
from app.notifications.queries import follows
from app.plan.models.structure import Action
from app.plan.queries import bulletins
from app.plan.queries.bulletins import BulletinDetails
from app.reference.queries import get_catalogue
from app.updates import queries as updates
from app.updates.models import Update
from app.votes import queries as votes
from app.web.frame import links
from app.web.frame.filters import label

Content = Idea | Update | Action | Event


@dataclass(frozen=True)
class NoticeSubject:
    """What stands at the head of what is told of it; `kind` is that of the idea, `update`, `action` or `event`.

    An idea, an update or a meeting is its author's own, an action that of whoever keeps it up to date. `said_at` is
    since when an idea can be read.
    """

    thread_id: int
    kind: str
    title: str
    lang: str
    url: str
    is_own: bool
    room: Room | None
    said_at: datetime | None = None


class NoticeContents:
    """The contents of some notices, read at once; one that the reader may not read is absent."""

    def __init__(self, actor: Actor, notices: Sequence[Notice]):
        self.actor = actor
        facts = [notice.facts for notice in notices]
        comment_ids = _numbers([notice.comment_id for notice in notices])
        idea_ids = _numbers([notice.idea_id for notice in notices] + [fact.get("beside") for fact in facts])
        update_ids = _numbers([notice.update_id for notice in notices])
        self._comments = comments.get_comments(actor, comment_ids) if comment_ids else {}
        action_ids = _numbers([notice.action_id for notice in notices])
        bulletin_ids = _numbers([notice.bulletin_id for notice in notices])
        threads = {comment.thread_id: comment.thread.kind for comment in self._comments.values()}
        of_ideas, of_updates, of_actions, of_events = (
            {key for key in threads if threads[key] == kind} for kind in ("idea", "update", "action", "event")
        )
        self._ideas = reading.get_ideas(actor, idea_ids, of_ideas) if idea_ids or of_ideas else {}
        self._updates = updates.get_updates(actor, update_ids, of_updates) if update_ids or of_updates else {}
        is_of_plan = action_ids or of_actions
        self._actions, self._bulletins = (
            bulletins.get_actions_and_bulletins(actor, action_ids, of_actions, bulletin_ids) if is_of_plan else ({}, {})
        )
        supporter_ids = _numbers([fact.get("supporter") for fact in facts])
        self._supporters = votes.get_named_supporters(idea_ids, supporter_ids) if supporter_ids else {}
        event_ids = _numbers([notice.event_id for notice in notices])
        self._events = events.get_events(actor, event_ids, of_events) if event_ids or of_events else {}
        topic_ids = _numbers([fact.get("topic") for fact in facts])
        self._topics = topics.get_topics(actor, topic_ids) if topic_ids else {}
        tag_ids = _numbers([fact["of"] for fact in facts if fact.get("by") == "tag"])
        self._tags = follows.get_tag_names(actor, tag_ids) if tag_ids else {}
        member_ids = _numbers([fact.get("member") for fact in facts])
        self._people = account_queries.get_users(actor, member_ids, accounts.READ) if member_ids else {}
        rows: list[Content] = [
            *self._ideas.values(),
            *self._updates.values(),
            *self._actions.values(),
            *self._events.values(),
        ]
        self._by_thread = {row.thread_id: row for row in rows}

    def comment(self, notice: Notice) -> Comment | None:
        return self._comments.get(notice.comment_id or 0)

    def idea(self, idea_id: int | None) -> Idea | None:
        return self._ideas.get(idea_id or 0)

    def action(self, notice: Notice) -> Action | None:
        return self._actions.get(notice.action_id or 0)

    def event(self, notice: Notice) -> Event | None:
        return self._events.get(notice.event_id or 0)

    def topic(self, notice: Notice) -> ForumTopic | None:
        """Return the topic of a forum that a notice names, beside its meeting."""
        return self._topics.get(int(notice.facts.get("topic") or 0))

    def member(self, notice: Notice) -> User | None:
        """Return the person whom a notice names, if the reader may see their profile."""
        return self._people.get(int(notice.facts.get("member") or 0))

    def supporter(self, notice: Notice) -> str:
        """Return the name of who first supported an idea, as long as they show it to its reader; else ""."""
        idea = self.idea(notice.idea_id)
        if idea is None or not ideas.READ.permits(self.actor, idea):
            return ""
        return self._supporters.get((notice.idea_id or 0, int(notice.facts.get("supporter") or 0)), "")

    def beside(self, notice: Notice) -> Idea | None:
        """Return the other idea of a notice that is about two."""
        return self.idea(notice.facts.get("beside"))

    def followed(self, notice: Notice) -> str:
        """Name what led the reader to an idea or a meeting: what they follow, or the community they are in."""
        number = int(notice.facts.get("of", 0))
        return name_followed(self.actor, str(notice.facts.get("by", "")), number, self._tags.get(number, ""))

    def bulletin(self, notice: Notice) -> BulletinDetails | None:
        return self._bulletins.get(notice.bulletin_id or 0)

    def content(self, notice: Notice) -> Content | None:
        """Return what a notice is about, itself or by what is said under it; of an action, the idea that led to it."""
        if notice.comment_id:
            comment = self.comment(notice)
            return self._by_thread.get(comment.thread_id) if comment else None
        found = self.idea(notice.idea_id) or self._updates.get(notice.update_id or 0)
        return found or self.action(notice) or self.event(notice)

    def subject(self, notice: Notice) -> NoticeSubject | None:
        content = self.content(notice)
        if content is None:
            return None
        room, thread_id = get_visible_rooms(self.actor).by_id.get(content.community_id or 0), content.thread_id
        if isinstance(content, Action):
            is_held = content.id in self.actor.holds
            return NoticeSubject(thread_id, "action", content.title, "fr", _address(content, room), is_held, room)
        is_own = content.author_id == self.actor.id
        kind = content.kind if isinstance(content, Idea) else "event" if isinstance(content, Event) else "update"
        at = content.published_at or content.created_at if isinstance(content, Idea) else None
        return NoticeSubject(thread_id, kind, content.title, content.lang, _address(content, room), is_own, room, at)


def name_followed(actor: Actor, kind: str, number: int, tag: str) -> str:
    """Name what led to somebody, or the community they are in, if they may read it; `tag` is what a tag is called."""
    if kind == "tag":
        return tag
    if kind in ("member", "community"):
        room = get_visible_rooms(actor).by_id.get(number)
        return label(room) if room else ""
    found = get_catalogue().issue.get(number) if kind == "issue" else get_catalogue().place.get(number)
    return label(found) if found and kind == "issue" else place_name(found) if found else ""


def _address(content: Content, room: Room | None) -> str:
    if isinstance(content, Idea):
        return links.idea_url(content)
    if isinstance(content, Action):
        return url_for("plan.action", action_id=content.id)
    if isinstance(content, Event):
        return links.event_url(content)
    return url_for("updates.show", slug=room.slug, update_id=content.id) if room else ""


def _numbers(ids: Sequence[int | None]) -> set[int]:
    return {number for number in ids if number}
