"""A notice as its reader sees it, with the rights that they have now."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.comments import policy as comments
from app.comments.models import Comment
from app.core.actor import Actor
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.notifications.models import TALK, Notice
from app.plan.models.progress import Bulletin
from app.updates.models import Update
from app.web.frame import words
from app.web.frame.filters import person
from app.web.notices import reasons, sentences, values
from app.web.notices.contents import Contents, Subject
from app.web.notices.leads import lead

PERSONAL = ("measure", "report", "appeal")
# Kinds of what somebody else said to the reader.
SAID = ("comment.post", "comment.reply", "follow.comment")
FIRST_WORDS = 200
# How many notices of a subject stand open at the least.
LATEST = 3
# Of what appeared: its own first words are quoted.
APPEARS = ("follow.idea", "follow.update")
JOURNEY_KINDS = ("status", "follow.step", "chain", "linked", "unlinked")
# Of an idea and of the action that it led to: the page is that of the action.
OF_THE_CHAIN = ("chain", "linked", "unlinked", "link.accepted", "link.declined")
# What one is asked to do, or to read, elsewhere than on the page of the subject.
CALLS = {
    "link.open": _l("Répondre à cette proposition"), "action.late": _l("Dire où elle en est"),
    "plan.changed": _l("Lire ce qui change"),
}


@dataclass(frozen=True)
class NoticeView:
    """A notice, its sentence, and the title and address of the page it leads to, empty if they may not read it.

    `subject` is the idea or the update that it is about, `beside` the other idea, where two are concerned; `quote` is
    the first words of what was said by `writer`, in the language `lang`, `intent` what it brings; `reply_url` leads to
    the form of a reply, if they may send one; `tells_why` is whether they may read the reason. `words` are those of a
    bulletin that drops an action, which is its reason.
    """

    notice: Notice
    sentence: str
    title: str = ""
    url: str = ""
    subject: Subject | None = None
    beside: Idea | None = None
    quote: str = ""
    lang: str = ""
    intent: str = ""
    tells_why: bool = True
    writer: str = ""
    reply_url: str = ""
    words: str = ""

    @property
    def why(self) -> str:
        """Say why the reader is told."""
        return reasons.find(self.notice, self.subject)

    @property
    def is_new(self) -> bool:
        return self.notice.read_at is None

    @property
    def call(self) -> str:
        """Name the link to its page."""
        if self.notice.kind == "measure.refuse" and self.url.endswith("/edit"):
            return _("Changer et envoyer de nouveau")
        if self.notice.kind in SAID:
            return _("Lire et répondre")
        if self.quote and self.notice.comment_id:
            return _("Lire dans le fil")
        if self.notice.kind in CALLS:
            return str(CALLS[self.notice.kind])
        if self.notice.kind.startswith(OF_THE_CHAIN):
            return _("Voir où en est l'action")
        return "" if self.subject else self.title

    @property
    def leads_on(self) -> bool:
        """Tell whether it leads to another page than that of its subject."""
        return bool(self.url) and (self.subject is None or self.notice.kind.startswith((*OF_THE_CHAIN, *CALLS)))

    @property
    def measure_id(self) -> int:
        """Return the id of the measure that the notice is about, or 0."""
        is_measure = self.notice.kind.startswith("measure.")
        return int(self.notice.facts.get("measure", 0)) if is_measure else 0

    @property
    def reason(self) -> str:
        """Return the reason of the decision; one that the site itself wrote is in the reader's language."""
        reason = self.words or (str(self.notice.facts.get("reason") or "") if self.tells_why else "")
        return _(reason) if self.notice.kind == "measure.freeze" else reason


@dataclass(frozen=True)
class Group:
    """What a person was told of one subject, the last first."""

    subject: Subject | None
    views: list[NoticeView]

    @property
    def head(self) -> str:
        """Say in a word or two what the subject is to the reader."""
        if self.subject is None:
            return ""
        name = sentences.name_own(self.subject.kind) if self.subject.is_own else ""
        return name[:1].upper() + name[1:] or str((words.KINDS | words.CONTENTS)[self.subject.kind])

    @property
    def anchor(self) -> str:
        """Name the place of the group on its page."""
        return f"about-{self.subject.thread_id}" if self.subject else f"notice-{self.views[0].notice.id}"

    @property
    def recent(self) -> list[NoticeView]:
        """Return what was not read, and what was read lately."""
        return self.views[:self._length]

    @property
    def earlier(self) -> list[NoticeView]:
        """Return what was read before, unless it is short enough to stand with the rest."""
        return self.views[self._length:]

    @property
    def _length(self) -> int:
        last_new = max((n for n, view in enumerate(self.views, 1) if view.is_new), default=0)
        length = max(last_new, LATEST)
        return length if len(self.views) > length + 1 else len(self.views)

    @property
    def has_moved(self) -> bool:
        """Tell whether it moved on their journey."""
        return any(view.notice.kind.startswith(JOURNEY_KINDS) for view in self.views)

    @property
    def others(self) -> int:
        """Count what was not read beside the last."""
        return self.news - self.views[0].is_new

    @property
    def news(self) -> int:
        """Count what was not read."""
        return sum(view.is_new for view in self.views)


def group(views: Sequence[NoticeView]) -> list[Group]:
    """Gather what is about one subject, where the last notice of it stands."""
    groups: dict[int, Group] = {}
    for view in views:
        key = view.subject.thread_id if view.subject else -view.notice.id
        groups.setdefault(key, Group(view.subject, [])).views.append(view)
    return list(groups.values())


def read(actor: Actor, notices: Sequence[Notice]) -> list[NoticeView]:
    """Describe notices with the rights that their reader has now; what they may not read has no title."""
    contents = Contents(actor, notices)
    return [_read(contents, notice) for notice in notices]


def _read(contents: Contents, notice: Notice) -> NoticeView:
    subject, comment = contents.subject(notice), contents.comment(notice)
    title, url = lead(contents, notice)
    is_talk = notice.kind in TALK
    intent = comment.intent if comment and is_talk else None
    # What was reported or hidden is read on its page alone.
    is_quoted = comment and (is_talk or comment.author_id == contents.actor.id)
    sentence = sentences.find(notice, intent or "", has_subject=subject is not None) % values.find(contents, notice)
    bulletin = _find_bulletin(contents, notice)
    is_dropped = bulletin is not None and bulletin.has_moved and bulletin.state == "dropped"
    quoted: Any = comment if is_quoted else contents.content(notice) if notice.kind in APPEARS else bulletin
    return NoticeView(
        notice, sentence, title, url, subject, contents.idea(notice.facts.get("beside")),
        quote=_first_words(quoted) if quoted and not is_dropped else "", lang=quoted.lang if quoted else "",
        intent=intent or "", tells_why=_tells_why(contents, notice), writer=person(comment) if comment else "",
        reply_url=_reply_url(contents.actor, comment) if comment and notice.kind in SAID else "",
        words=markdown.to_text(bulletin.body_html) if bulletin and is_dropped else "")


def _find_bulletin(contents: Contents, notice: Notice) -> Bulletin | None:
    details = contents.bulletin(notice)
    return details.bulletin if details else None


def _reply_url(actor: Actor, comment: Comment) -> str:
    return url_for("comments.reply", comment_id=comment.id) if comments.REPLY.permits(actor, comment) else ""


def _first_words(content: Comment | Bulletin | Idea | Update) -> str:
    if isinstance(content, Idea | Update):
        return excerpt(content.excerpt, FIRST_WORDS)
    return excerpt(markdown.to_line(content.body_html), FIRST_WORDS)


def _tells_why(contents: Contents, notice: Notice) -> bool:
    """Tell whether the reader may read the reason of a notice.

    A reason about what they wrote, reported or asked stays theirs; any other is read with its idea.
    """
    if notice.kind.partition(".")[0] in PERSONAL or not notice.idea_id:
        return True
    idea = contents.idea(notice.idea_id)
    return idea is not None and ideas.READ.permits(contents.actor, idea)
