"""What the things that notices are about are called, by whose they are; French has its own word for each case."""

from flask_babel import lazy_gettext as _l

from app.notifications.models import Notice

# What the reader wrote, or keeps up to date.
OWN = {
    "aspiration": _l("votre aspiration"),
    "need": _l("votre besoin"),
    "idea": _l("votre idée"),
    "project": _l("votre projet"),
    "update": _l("vos travaux"),
    "action": _l("l'action que vous tenez à jour"),
    "comment": _l("votre commentaire"),
    "profile": _l("votre profil"),
    "bulletin": _l("ce que vous avez dit d'une action du plan"),
}
# What the reader wrote, where a team decides of it.
WRITTEN = OWN | {"action": _l("l'action du plan que vous avez publiée")}
# What somebody wrote, of which nothing was said yet.
ANY = {
    "aspiration": _l("une aspiration"),
    "need": _l("un besoin"),
    "idea": _l("une idée"),
    "project": _l("un projet"),
    "update": _l("des travaux"),
    "action": _l("une action du plan"),
    "comment": _l("un commentaire"),
    "profile": _l("un profil"),
    "bulletin": _l("une nouvelle d'une action du plan"),
}
# What the reader knows: they follow it, or support it.
KNOWN = {
    "aspiration": _l("l'aspiration"),
    "need": _l("le besoin"),
    "idea": _l("l'idée"),
    "project": _l("le projet"),
    "update": _l("les travaux"),
    "action": _l("l'action du plan"),
    "comment": _l("le commentaire"),
    "profile": _l("le profil"),
    "bulletin": _l("la nouvelle d'une action du plan"),
}
# The same, where something is given to it.
TO_KNOWN = {
    "aspiration": _l("à l'aspiration"),
    "need": _l("au besoin"),
    "idea": _l("à l'idée"),
    "project": _l("au projet"),
}
# What the reader pointed at.
THIS = {
    "aspiration": _l("cette aspiration"),
    "need": _l("ce besoin"),
    "idea": _l("cette idée"),
    "project": _l("ce projet"),
    "update": _l("ces travaux"),
    "action": _l("cette action du plan"),
    "comment": _l("ce commentaire"),
    "profile": _l("ce profil"),
    "bulletin": _l("cette nouvelle d'une action du plan"),
}
PERSON = "person"
# Of a change of a text, or else of a profile.
OF_A_PROFILE = ("measure.publish_change", "measure.refuse_change")
# Of an idea that the reader may not read any more, and of anything whose kind is not known.
UNKNOWN = {
    "own": _l("votre contribution"),
    "any": _l("une contribution"),
    "known": _l("la contribution"),
    "to_known": _l("à la contribution"),
    "this": _l("cette contribution"),
}


def own(kind: str) -> str:
    return str(OWN.get(kind, UNKNOWN["own"]))


def written(kind: str) -> str:
    return str(WRITTEN.get(kind, UNKNOWN["own"]))


def any_one(kind: str) -> str:
    return str(ANY.get(kind, UNKNOWN["any"]))


def known(kind: str) -> str:
    return str(KNOWN.get(kind, UNKNOWN["known"]))


def to_known(kind: str) -> str:
    return str(TO_KNOWN.get(kind, UNKNOWN["to_known"]))


def this(kind: str) -> str:
    return str(THIS.get(kind, UNKNOWN["this"]))


def kind_of(notice: Notice, subject_kind: str) -> str:
    """Return the kind of what a notice names itself: a comment, and not what it is under; a profile; a bulletin.

    `PERSON`: it is about nothing that they wrote.
    """
    if notice.comment_id:
        return "comment"
    if "bulletin" in notice.facts:
        return "bulletin"
    if notice.idea_id or subject_kind:
        return subject_kind
    if notice.update_id or notice.action_id:
        return "update" if notice.update_id else "action"
    return "profile" if "member" in notice.facts or notice.kind in OF_A_PROFILE else PERSON
