"""A notice as its reader sees it, with the rights that they have now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.comments import policy as comments
from app.comments.models import Comment
from app.core.actor import Actor
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.events.models.meetings import Event
from app.forum.signals import CHANGES
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.appeals.queries import appeals
from app.notifications.models import Notice
from app.notifications.topics import BESIDE, HEARERS, PITCHED, TALK, is_said_whole
from app.plan.models.progress import Bulletin
from app.updates.models import Update
from app.web.frame.filters import person
from app.web.notices import moments, reasons, sentence_values, sentences
from app.web.notices.contents import NoticeContents, NoticeSubject
from app.web.notices.notice_links import get_link

PERSONAL = ("measure", "report", "appeal")
# Kinds of what somebody else said to the reader.
SAID = ("comment.post", "comment.reply", "follow.comment")
# Kinds of what the team took out of sight, and that its author may write again for it.
AGAIN = ("measure.refuse", "measure.hide")
FIRST_WORDS = 200
# Of what appeared: its own first words are quoted.
APPEARS = ("follow.idea", "follow.update", "follow.event")
# Of an idea and of the action that it led to: the page is that of the action.
OF_THE_CHAIN = ("chain", "linked", "unlinked", "link.accepted", "link.declined")
# What one is asked to do, or to read, elsewhere than on the page of the subject.
CALLS = {
    "link.open": _l("Répondre à cette proposition"),
    "action.late": _l("Dire où elle en est"),
    "plan.changed": _l("Lire ce qui change"),
    "charge.given": _l("Ouvrir le bureau"),
    **{f"minutes.{who}": _l("Lire le compte rendu") for who in HEARERS},
    **{f"topic_{what}": _l("Voir le sujet") for what in BESIDE},
    **{f"topic_{what}.{who}": _l("Voir le sujet") for what in (*CHANGES, "interest") for who in PITCHED},
}


@dataclass(frozen=True)
class NoticeAct:
    """A link of a notice to what its reader can do with it, on its page and in its mail."""

    label: str
    url: str


@dataclass(frozen=True)
class NoticeView:
    """A notice, its sentence, and the title and address of the page it leads to, empty if they may not read it.

    `subject` is the idea or the update that it is about, `beside` the other idea, where two are concerned; `quote` is
    the first words of what was said by `writer`, in the language `lang`, `intent` what it brings; `reply_url` leads to
    the form of a reply, if they may send one; `tells_why` is whether they may read the reason. `words` are those of a
    bulletin that drops an action, which is its reason. `can_appeal` is whether they may still ask that somebody else
    look at the decision. `state` is where the reader's own idea has come to on its road by what is told, if anywhere.
    `followed` names what led the reader to it, if they may read that.
    """

    notice: Notice
    sentence: str
    title: str = ""
    url: str = ""
    subject: NoticeSubject | None = None
    beside: Idea | None = None
    quote: str = ""
    lang: str = ""
    intent: str = ""
    tells_why: bool = True
    writer: str = ""
    reply_url: str = ""
    words: str = ""
    can_appeal: bool = False
    state: str = ""
    followed: str = ""

    @property
    def acts(self) -> list[NoticeAct]:
        """Return where it leads beside its subject, the first first."""
        found = []
        if self.url and (self.subject is None or self.url != self.subject.url):
            found.append(NoticeAct(self.call or _("Voir de quoi il s'agit"), self.url))
        if self.can_appeal:
            address = url_for("moderation.appeal_measure", measure_id=self.measure_id)
            found.append(NoticeAct(_("Demander un nouvel examen"), address))
        return found

    @property
    def why(self) -> str:
        """Say why the reader is told."""
        return reasons.get_reason(self.notice, self.subject, self.followed)

    @property
    def is_new(self) -> bool:
        return self.notice.read_at is None

    @property
    def is_said_whole(self) -> bool:
        """Tell whether the page of notices says all that there is to read of it: it is read there."""
        return is_said_whole(self.notice.kind)

    @property
    def call(self) -> str:
        """Name the link to its page."""
        if self.notice.kind in AGAIN and self.url.endswith("/edit"):
            return _("Changer et envoyer de nouveau")
        if self.notice.kind in SAID:
            return _("Lire et répondre")
        if self.quote and self.notice.comment_id:
            return _("Lire dans le fil")
        if self.notice.kind in CALLS:
            return str(CALLS[self.notice.kind])
        if self.notice.kind.startswith(OF_THE_CHAIN):
            return _("Voir où en est l'action")
        if self.notice.kind == "status" and not self.state:
            return _("Lire la réponse")
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


def build_views(actor: Actor, notices: Sequence[Notice]) -> list[NoticeView]:
    """Describe notices with the rights that their reader has now; what they may not read has no title."""
    contents = NoticeContents(actor, notices)
    views = [build_view(contents, notice) for notice in notices]
    ids = appeals.get_appealable_ids(actor, [view.measure_id for view in views if view.measure_id])
    return [replace(view, can_appeal=view.measure_id in ids) for view in views]


def build_view(contents: NoticeContents, notice: Notice) -> NoticeView:
    """Describe one of these notices, but whether an appeal is open against what it tells."""
    subject, comment = contents.subject(notice), contents.comment(notice)
    title, url = get_link(contents, notice)
    is_talk = notice.kind in TALK
    intent = comment.intent if comment and is_talk else None
    # What was reported or hidden is read on its page alone.
    is_quoted = comment and (is_talk or comment.author_id == contents.actor.id) and not _is_past(notice, comment)
    sentence = sentences.say(notice, intent or "", subject, sentence_values.get_sentence_values(contents, notice))
    bulletin = _find_bulletin(contents, notice)
    is_dropped = bulletin is not None and bulletin.has_moved and bulletin.state == "dropped"
    quoted: Any = comment if is_quoted else contents.content(notice) if notice.kind in APPEARS else bulletin
    return NoticeView(
        notice,
        sentence,
        title,
        url,
        subject,
        contents.beside(notice),
        quote=_first_words(quoted) if quoted and not is_dropped else "",
        lang=quoted.lang if quoted else "",
        intent=intent or "",
        tells_why=_tells_why(contents, notice),
        writer=person(comment) if comment else "",
        reply_url=_reply_url(contents.actor, comment) if comment and notice.kind in SAID else "",
        words=markdown.to_text(bulletin.body_html) if bulletin and is_dropped else "",
        state=moments.find_state(notice, bulletin, contents.idea(notice.idea_id)) if subject and subject.is_own else "",
        followed=contents.followed(notice),
    )


def _is_past(notice: Notice, comment: Comment) -> bool:
    """Tell whether a notice is of words that are not there any more: what was refused was written again since."""
    return notice.kind in AGAIN and comment.edited_at is not None and comment.edited_at > notice.at


def _find_bulletin(contents: NoticeContents, notice: Notice) -> Bulletin | None:
    details = contents.bulletin(notice)
    return details.bulletin if details else None


def _reply_url(actor: Actor, comment: Comment) -> str:
    return url_for("comments.reply", comment_id=comment.id) if comments.REPLY.permits(actor, comment) else ""


def _first_words(content: Comment | Bulletin | Idea | Update | Event) -> str:
    if isinstance(content, Event):
        return excerpt(content.lead or content.excerpt, FIRST_WORDS)
    if isinstance(content, Idea | Update):
        return excerpt(content.excerpt, FIRST_WORDS)
    return excerpt(markdown.to_line(content.body_html), FIRST_WORDS)


def _tells_why(contents: NoticeContents, notice: Notice) -> bool:
    """Tell whether the reader may read the reason of a notice.

    A reason about what they wrote, reported or asked stays theirs; any other is read with its idea.
    """
    if notice.kind.partition(".")[0] in PERSONAL or not notice.idea_id:
        return True
    idea = contents.idea(notice.idea_id)
    return idea is not None and ideas.READ.permits(contents.actor, idea)
