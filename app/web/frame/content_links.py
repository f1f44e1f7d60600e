"""What a page says of a content that it links to: its kind, its title and, if the reader may read it, its address."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.models.people import Profile
from app.comments.models import Comment
from app.communities.policy import has_colleagues
from app.contents import policy
from app.contents.models import Content, container_of
from app.core.permits import is_of_another, noun
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.events.models.meetings import Event
from app.forum.models import ForumTopic
from app.ideas.models import Idea
from app.ideas.queries import tags as idea_tags
from app.ideas.queries.facets import Placing
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.web.frame import links
from app.web.frame.session import me, rooms

SHORT = 160


@dataclass(frozen=True)
class ContentLink:
    """A content as a page names it; `url` is empty where the reader may not read it, or no longer."""

    kind: str
    title: str
    url: str = ""
    excerpt: str = ""
    room: Any = None

    @property
    def is_readable(self) -> bool:
        return bool(self.url)


def describe(content: Content) -> ContentLink:
    """Describe a content with the rights that its reader has now; what they may not read has no title of its own."""
    kind, room = noun(content), rooms().by_id.get(container_of(content).community_id or 0)
    if not (policy.READ | policy.READ_OWN).permits(me(), content):
        title = (
            _("Contenu supprimé par la personne qui l'a écrit")
            if content.is_deleted
            else _("Contenu qui n'est plus lisible")
        )
        return ContentLink(kind, title)
    return ContentLink(kind, _title(content), content_url(content), _excerpt(content), room)


def list_tag_links(placing: Placing, *, is_public: bool) -> list[tuple[str, str]]:
    """Return the address and the name of each tag of an idea.

    The address is empty where it leads nowhere: until an idea in sight bears it, a tag has no page.
    """
    slugs = [slug for slug, _name in placing.tags]
    leading = slugs if is_public or not slugs else idea_tags.get_tags(me(), slugs)
    return [(url_for("reference.tag", slug=slug) if slug in leading else "", name) for slug, name in placing.tags]


def explain_apart(content: Content) -> str:
    """Say to whoever wrote or reported a content why they don't decide on it, and what to do where nobody else can."""
    if is_of_another(me(), content):
        return ""
    where = container_of(content)
    wrote = content.author_id == me().id
    if has_colleagues(me(), where, content.author_id):
        return (
            _("Vous avez écrit ce contenu : une autre personne décidera.")
            if wrote
            else _("Vous avez signalé ce contenu : une autre personne décidera.")
        )
    return (
        _(
            "Vous avez écrit ce contenu, et personne d'autre ne peut en décider : il faut nommer une autre personne à "
            "l'animation ou à la coordination."
        )
        if wrote
        else _(
            "Vous avez signalé ce contenu, et personne d'autre ne peut en décider : il faut nommer une autre personne "
            "à l'animation ou à la coordination."
        )
    )


def content_url(content: Content) -> str:
    """Return the page of a content."""
    if isinstance(content, Idea):
        return links.idea_url(content)
    if isinstance(content, Comment):
        return url_for("comments.show", comment_id=content.id)
    if isinstance(content, Profile):
        return url_for("accounts.member", user_id=content.author_id)
    if isinstance(content, Action):
        return url_for("plan.action", action_id=content.id)
    if isinstance(content, Bulletin):
        return links.bulletin_url(content)
    if isinstance(content, Event):
        return links.event_url(content)
    if isinstance(content, ForumTopic):
        return links.topic_url(content)
    return update_url(content)


def update_url(update: Any) -> str:
    """Return the page of an update, or of what search found of one."""
    return url_for("updates.show", slug=rooms().by_id[update.community_id].slug, update_id=update.id)


def _title(content: Content) -> str:
    if isinstance(content, Comment):
        return _("Commentaire sous « %(title)s »", title=content.thread.title)
    if isinstance(content, Profile):
        return _("Profil de %(name)s", name=content.words.name)
    if isinstance(content, Bulletin):
        return _("Nouvelle de l'action « %(title)s »", title=content.action.title)
    return content.title


def _excerpt(content: Content) -> str:
    if isinstance(content, Comment | Action | Bulletin):
        return excerpt(markdown.to_line(content.body_html), SHORT)
    if isinstance(content, ForumTopic):
        return excerpt(content.why, SHORT)
    if isinstance(content, Profile):
        return excerpt(" – ".join(part for part in reversed(content.presentation) if part), SHORT)
    return content.excerpt
