"""A change that waits, as who may read it sees it: where it is, and its parts word by word."""
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts import presentation
from app.admission.models import HeldChange
from app.comments import policy
from app.comments.models import Comment
from app.core.text import markdown
from app.core.text.diff import Piece, word_diff
from app.ideas.models import Idea
from app.web.frame import links
from app.web.frame.filters import person
from app.web.frame.session import me


@dataclass(frozen=True)
class Change:
    """`title` and `url` are those of what is public; `parts` has a label for each text that would change.

    `body_html` is the whole text as it would be read; a profile is short enough to do without.
    `edit_url` is where its author changes it again; `community_id` is where it stands, None for a profile.
    """

    title: str
    url: str
    edit_url: str
    parts: list[tuple[str, list[Piece]]]
    community_id: int | None = None
    body_html: str = ""


def change_of(held: HeldChange) -> Change:
    """Return a change beside what is public, for somebody who may read it."""
    subject = held.subject
    parts = [(label, word_diff(before, after)) for label, before, after in _texts(held) if before != after]
    parts += [(_("Étiquettes"), [Piece("same", ", ".join(tags))]) for tags in [held.words.get("tags")] if tags]
    html = markdown.render(held.words.get("body", ""), headings_from=3)
    if isinstance(subject, Idea):
        edit = url_for("ideas.edit", idea_id=subject.id)
        return Change(subject.title, links.idea(subject), edit, parts, subject.community_id, html)
    if isinstance(subject, Comment):
        title, url = _place(subject)
        edit = url_for("comments.edit", comment_id=subject.id)
        return Change(title, url, edit, parts, subject.thread.community_id, html)
    title = _("Profil de « %(name)s »", name=person(subject))
    return Change(title, url_for("accounts.member", user_id=subject.id), url_for("accounts.profile"), parts)


def _place(comment: Comment) -> tuple[str, str]:
    """Return what a comment is under and its address; whoever left a private community finds their words elsewhere."""
    if not policy.READ.permits(me(), comment):
        return _("Commentaire"), url_for("ideas.drafts")
    title = _("Commentaire sous « %(title)s »", title=comment.thread.title)
    return title, url_for("comments.show", comment_id=comment.id)


def _texts(held: HeldChange) -> list[tuple[str, str, str]]:
    """Return each text with its label, as it is and as it would be; what only goes with a change has nothing before."""
    words: dict[str, Any] = held.words
    if not words:
        return []
    if isinstance(held.subject, Idea):
        return [
            (_("Titre"), held.subject.title, words["title"]), (_("Texte"), held.subject.body, words["body"]),
            (_("Ce qui change dans cette version"), "", words["summary"])]
    if isinstance(held.subject, Comment):
        return [(_("Commentaire"), held.subject.body, words["body"])]
    before = presentation.public(held.subject, held.subject.organisation)
    labels = {"name": _("Nom"), "about": _("Présentation"), "organisation": _("Organisme")}
    return [(labels[name], before[name], text) for name, text in words.items()]
