"""A held change as a page shows it: what it would change, and its parts word by word."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts import presentation, trust
from app.comments import policy
from app.comments.models import Comment
from app.core.permits import noun
from app.core.text import markdown
from app.core.text.diff import Piece, word_diff
from app.ideas import writing
from app.ideas.models import Idea
from app.moderation.first_posts.models import HeldChange
from app.moderation.first_posts.queries import held_revisions
from app.web.frame import links
from app.web.frame.filters import person
from app.web.frame.session import me
from app.web.moderation.bp import bp

# A text of an idea that has no label here stops the page where the team would read it.
_LABELS = {"title": _l("Titre"), "body": _l("Texte"), "spot": _l("Lieu")}


@dataclass(frozen=True)
class ChangeView:
    """`title` and `url` are those of what is public; `parts` has a label for each text that would change.

    `body_html` is the whole text as it would be read, empty for a profile.
    `edit_url` is where its author edits it; `community_id` is None for a profile.
    """

    title: str
    url: str
    edit_url: str
    parts: list[tuple[str, list[Piece]]]
    community_id: int | None = None
    body_html: str = ""


def change_of(held_change: HeldChange) -> ChangeView:
    """Return a change beside what is public, for somebody who may read it."""
    subject = held_change.subject
    parts = [(label, word_diff(before, after)) for label, before, after in _texts(held_change) if before != after]
    tags = held_change.words.get("tags")
    if tags:
        parts.append((_("Étiquettes"), [Piece("same", ", ".join(tags))]))
    html = markdown.render(held_change.words.get("body", ""), headings_from=3)
    if isinstance(subject, Idea):
        edit = url_for("ideas.edit", idea_id=subject.id)
        return ChangeView(subject.title, links.idea_url(subject), edit, parts, subject.community_id, html)
    if isinstance(subject, Comment):
        title, url = _place(subject)
        edit = url_for("comments.edit", comment_id=subject.id)
        return ChangeView(title, url, edit, parts, subject.thread.community_id, html)
    title = _("Profil de « %(name)s »", name=person(subject))
    return ChangeView(title, url_for("accounts.member", user_id=subject.id), url_for("accounts.profile"), parts)


def _place(comment: Comment) -> tuple[str, str]:
    """Return the title over a comment and its address; an author who may no longer read it is led to their drafts."""
    if not policy.READ_ANY.permits(me(), comment):
        return _("Commentaire"), url_for("ideas.contributions", kind="comments")
    title = _("Commentaire sous « %(title)s »", title=comment.thread.title)
    return title, url_for("comments.show", comment_id=comment.id)


@bp.app_template_global()
def tries_of(content: Idea | Comment) -> list[tuple[str, list[Piece]]]:
    """Return what changes in a first post that was refused and sent again; nothing of one that was not."""
    if trust.AGAIN not in content.suspect.split():
        return []
    if "tries" not in g:
        read_tries([content])
    return [
        (_LABELS[name], word_diff(before, after))
        for name, (before, after) in g.tries.get(f"{noun(content)}-{content.id}", {}).items()
        if before != after
    ]


def read_tries(contents: Iterable[Any]) -> None:
    """Read at once what changes in those of a page that were sent again."""
    again = [one for one in contents if isinstance(one, Idea | Comment) and trust.AGAIN in one.suspect.split()]
    g.tries = held_revisions.get_tries(again) if again else {}


def _texts(held_change: HeldChange) -> list[tuple[str, str, str]]:
    """Return the label of each text, what it is now and what it would be; the summary of a change is "" now."""
    subject = held_change.subject
    words: dict[str, Any] = held_change.words
    if not words:
        return []
    if isinstance(subject, Idea):
        before, after = writing.get_texts(subject), writing.get_texts(writing.unpack(words))
        texts = [(_LABELS[name], before[name], after[name]) for name in writing.TEXTS]
        return [*texts, (_("Ce qui change dans cette version"), "", words["summary"])]
    if isinstance(subject, Comment):
        return [(_("Commentaire"), subject.body, words["body"])]
    before = presentation.get_public_words(subject, subject.organisation)
    labels = {"name": _("Nom"), "about": _("Présentation"), "organisation": _("Organisme")}
    return [(labels[name], before[name], text) for name, text in words.items()]
