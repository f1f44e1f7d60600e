"""What things are called in a sentence, by whose they are; French has its own word for each case."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.contents.models import Content
from app.core import permits
from app.ideas.models import Idea
from app.notifications.models import Notice

_TO_UNKNOWN = _l("à la contribution")


@dataclass(frozen=True, kw_only=True)
class Noun:
    """A thing, as it is called: the reader's own (they wrote it, or keep it up to date); one that is new to them.

    `known`: the reader follows or supports it; `to_known`, where something is given to it. `this`: they pointed at it.
    `judged`: they wrote it and a team decides of it, where that is another word than `own`.
    """

    own: Any
    any_one: Any
    known: Any
    this: Any
    to_known: Any = _TO_UNKNOWN
    judged: Any = None

    @property
    def written(self) -> Any:
        return self.judged or self.own


# Of an idea that the reader may not read any more, and of anything whose kind is not known.
UNKNOWN = Noun(
    own=_l("votre contribution"),
    any_one=_l("une contribution"),
    known=_l("la contribution"),
    this=_l("cette contribution"),
)
NOUNS = {
    "aspiration": Noun(
        own=_l("votre aspiration"),
        any_one=_l("une aspiration"),
        known=_l("l'aspiration"),
        to_known=_l("à l'aspiration"),
        this=_l("cette aspiration"),
    ),
    "need": Noun(
        own=_l("votre besoin"),
        any_one=_l("un besoin"),
        known=_l("le besoin"),
        to_known=_l("au besoin"),
        this=_l("ce besoin"),
    ),
    "idea": Noun(
        own=_l("votre idée"), any_one=_l("une idée"), known=_l("l'idée"), to_known=_l("à l'idée"), this=_l("cette idée")
    ),
    "project": Noun(
        own=_l("votre projet"),
        any_one=_l("un projet"),
        known=_l("le projet"),
        to_known=_l("au projet"),
        this=_l("ce projet"),
    ),
    "update": Noun(own=_l("vos travaux"), any_one=_l("des travaux"), known=_l("les travaux"), this=_l("ces travaux")),
    "action": Noun(
        own=_l("l'action que vous tenez à jour"),
        any_one=_l("une action du plan"),
        known=_l("l'action du plan"),
        this=_l("cette action du plan"),
        judged=_l("l'action du plan que vous avez publiée"),
    ),
    "event": Noun(
        own=_l("votre rencontre"),
        any_one=_l("une rencontre"),
        known=_l("la rencontre"),
        to_known=_l("à la rencontre"),
        this=_l("cette rencontre"),
    ),
    "topic": Noun(
        own=_l("votre sujet"),
        any_one=_l("un sujet d'un Forum ouvert"),
        known=_l("le sujet"),
        to_known=_l("au sujet"),
        this=_l("ce sujet d'un Forum ouvert"),
    ),
    "comment": Noun(
        own=_l("votre commentaire"), any_one=_l("un commentaire"), known=_l("le commentaire"), this=_l("ce commentaire")
    ),
    "profile": Noun(own=_l("votre profil"), any_one=_l("un profil"), known=_l("le profil"), this=_l("ce profil")),
    "bulletin": Noun(
        own=_l("ce que vous avez dit d'une action du plan"),
        any_one=_l("une nouvelle d'une action du plan"),
        known=_l("la nouvelle d'une action du plan"),
        this=_l("cette nouvelle d'une action du plan"),
    ),
}
PERSON = "person"
# Of a change of a text, or else of a profile.
OF_A_PROFILE = ("measure.publish_change", "measure.refuse_change")


def get_noun(kind: str) -> Noun:
    return NOUNS.get(kind, UNKNOWN)


def name_own(content: Content | None) -> str:
    """Name a content to who wrote it; nothing where there is none."""
    if content is None:
        return ""
    return str(get_noun(content.kind if isinstance(content, Idea) else permits.noun(content)).written)


def kind_of(notice: Notice, subject_kind: str) -> str:
    """Return the kind of what a notice names itself: a comment, and not what it is under; a topic; a profile.

    `PERSON`: it is about nothing that they wrote.
    """
    if notice.comment_id:
        return "comment"
    if "bulletin" in notice.facts:
        return "bulletin"
    if "topic" in notice.facts:
        return "topic"
    if notice.idea_id or subject_kind:
        return subject_kind
    if notice.update_id or notice.action_id:
        return "update" if notice.update_id else "action"
    if notice.event_id:
        return "event"
    return "profile" if "member" in notice.facts or notice.kind in OF_A_PROFILE else PERSON
