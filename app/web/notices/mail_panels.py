"""The panel at the head of a mail that tells where the reader's own idea has come to, drawn with its road."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from app.web.frame import locale, mail_drawing, moment_words
from app.web.frame.moments import MomentAct
from app.web.frame.stations import MASCULINE_KINDS
from app.web.notices.contents import NoticeSubject
from app.web.notices.notice_view import NoticeView

# What is said at the head of the mail alone; of the others, the notice says more under it.
HEADED = ("published", "under_review")


@dataclass(frozen=True)
class MailPanel:
    """Where an idea of the reader stands, in words and as its road shows it; `sky` is what is above the sun.

    `act` is the act of the mail, `helps` what helps an idea that was just published: each in two sentences.
    """

    status: str
    kind: str
    colour: str
    sky: int
    kicker: str
    heading: str
    lines: list[str]
    act: MomentAct
    helps: list[tuple[str, str]]


def view_panel(view: NoticeView, name: str) -> MailPanel | None:
    """Return the panel of what a notice tells to somebody of a first name; None where no idea went on."""
    subject = view.subject
    if not view.state or subject is None:
        return None
    at = subject.said_at or view.notice.at
    return MailPanel(
        view.state,
        subject.kind,
        subject.room.colour if subject.room else "neutral",
        mail_drawing.SKY[view.state],
        _date(view.state, at),
        _call(_head(view.state, subject.kind, at), name),
        [line for line in _list_lines(view, subject, at) if line],
        _find_act(view, subject),
        _list_helps(subject) if view.state == "published" else [],
    )


def view_step(view: NoticeView) -> MailPanel | None:
    """Return the panel as one thing of a summary, which says its head among its lines."""
    panel = view_panel(view, "")
    return replace(panel, lines=[panel.heading, *panel.lines]) if panel and panel.status in HEADED else panel


def _date(status: str, at: datetime) -> str:
    if status == "published":
        return _("En ligne depuis le %(moment)s", moment=locale.format_moment(at))
    return _("Dit le %(day)s", day=locale.format_day(at))


def _head(status: str, kind: str, at: datetime) -> str:
    if status in HEADED:
        return moment_words.tell_own(kind, status, at)
    return str(moment_words.MOVED[kind])


def _call(sentence: str, name: str) -> str:
    """Say a sentence to somebody by their name, if it is known."""
    return _("%(sentence)s, %(name)s.", sentence=sentence.rstrip("."), name=name) if name else sentence


def _list_lines(view: NoticeView, subject: NoticeSubject, at: datetime) -> list[str]:
    room = subject.room
    if view.state == "published":
        everyone = _("Tout le monde peut maintenant la lire, l'appuyer et vous répondre.")
        if subject.kind in MASCULINE_KINDS:
            everyone = _("Tout le monde peut maintenant le lire, l'appuyer et vous répondre.")
        is_private = room is not None and room.is_private
        reading, hearing = moment_words.tell_reading(subject.kind, room, at), moment_words.tell_hearing(room, at)
        return [f"{reading} {hearing}".strip(), "" if is_private else everyone]
    if view.state == "under_review":
        return [moment_words.tell_due(room, view.notice.at)]
    said = moment_words.tell_own(subject.kind, view.state, at) if view.state == "achieved" else ""
    is_of_plan = view.notice.action_id is not None
    return [said, f"{view.sentence}." if is_of_plan or not said else ""]


def _find_act(view: NoticeView, subject: NoticeSubject) -> MomentAct:
    if view.state == "published":
        return MomentAct(_("Aller voir"), subject.url)
    if view.state == "under_review":
        return MomentAct(_("Lire ce que dit l'équipe"), f"{subject.url}#answer")
    return MomentAct(_("Voir tout le chemin"), url_for("journey.show", idea_id=view.notice.idea_id))


def _list_helps(subject: NoticeSubject) -> list[tuple[str, str]]:
    """Say what helps an idea to move, in public."""
    if subject.room and subject.room.is_private:
        return []
    return [
        (
            _("En parler à trois personnes."),
            _("Les premiers appuis viennent de gens qu'on connaît; lire ne demande aucun compte."),
        ),
        (_("Répondre à qui vous répond."), _("On vous écrit quand quelqu'un commente; vous pouvez répondre de là.")),
    ]
