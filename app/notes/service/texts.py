"""What several people write at once of a session: each sends what they typed, and it is joined to what stands.

A browser sends its text with the number that it read it at. What it sends is kept as it is, and what the part became
beside it: it goes on from either, so that nobody has the words under their fingers changed while they type.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.text.plain import clean_text
from app.core.text.three_way import Clash, join
from app.core.unit import command
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy, writers
from app.notes.models import NoteClash, NoteText, NoteVersion
from app.notes.queries import texts
from app.notes.service.rows import begin, list_rows

# How long a part is, and what may be sent at once: it goes on in the next parts.
MOST, PARTS, LONGEST = 20_000, 20, 60_000
LONG = N_("Un texte s'envoie par 60 000 caractères au plus : collez la suite dans une autre partie.")
FULL = N_("Ces notes ont déjà 20 parties : c'est un livre. Parlez-en à l'équipe d'animation.")
UNKNOWN = N_("Cette page est d'un autre moment : relisez les notes, puis recollez ce que vous aviez écrit.")


@dataclass(frozen=True)
class Sent:
    """A text as a browser sends it: of a part, from the version `number` on (0: from nothing).

    `is_own` tells that it goes on from what this browser sent as that version, else from what the part had become.
    `key` names the sending: the same one sent again is taken once. The team may have copied it `from_paper`.
    """

    part: int
    number: int
    is_own: bool
    text: str
    key: str
    from_paper: bool = False


@dataclass(frozen=True)
class Saved:
    """What a part has become, under its number; what was sent too late is kept beside it (`is_late`).

    `parts` is how many parts the text has.
    """

    number: int
    text: str
    clashes: Sequence[Clash] = ()
    is_late: bool = False
    parts: int = 1


def is_changed(who: Participant, sent: Sent) -> bool:
    """Tell whether a text says more than the page that it was sent from. Raise Invalid for a page of nowhere."""
    return sent.from_paper or clean_text(sent.text) != _read_base(sent, forum.get_topic(who).id)


@command(also=list_rows)
def save(actor: Actor, who: Participant, sent: Sent) -> Saved:
    """Join a text to what stands; what comes within a day of the close is kept, and changes nothing.

    Raise Invalid for one that is too long, or goes on from a version that nobody sent.
    """
    is_late = policy.SEND_LATE.permits(actor, who)
    if not is_late:
        require(actor, policy.WRITE, who)
    topic_id = forum.get_topic(who).id
    text = clean_text(sent.text)
    if len(text) > LONGEST:
        raise Invalid(LONG, "text")
    begin(topic_id)
    sent_as = writers.name_sending(sent.key, actor, who, (sent.part, text))
    known = texts.find_sent(topic_id, sent_as)
    if known:
        return _answer_again(known)
    part = get_part(topic_id, sent.part)
    if is_late:
        return keep_late(actor, who, part, text, sent_as)
    joined = join(_read_base(sent, topic_id), part.text, text)
    former, part.saved_at = part.number, clock.now()
    from_paper = sent.from_paper and forum.runs_this(actor, who)
    keep(actor, who, part, text, joined.text, sent_as, from_paper=from_paper)
    for clash in joined.clashes:
        _keep_clash(part, clash, sent.number, former)
    _go_on(actor, who, part, sent_as)
    return Saved(part.number, part.text, joined.clashes, parts=texts.count_parts(topic_id))


def keep_late(actor: Actor, who: Participant, part: NoteText, text: str, sent_as: str) -> Saved:
    """Keep what came after the close for the coordination: nothing that is read changes."""
    keep(actor, who, part, text, part.text, sent_as, is_late=True)
    return Saved(part.number, part.text, is_late=True, parts=texts.count_parts(part.topic_id))


def _keep_clash(part: NoteText, clash: Clash, base: int, former: int) -> None:
    """Keep which lines two people wrote, with the versions that brought them; `former` is the one that stood."""
    found = former
    for version in texts.list_back(part.topic_id, part.part, base, former):
        if clash.stored not in (version.sent if version.text is None else version.text):
            break
        found = version.number
    here = {"topic_id": part.topic_id, "part": part.part, "number": part.number, "stored_number": found}
    db.session.add(NoteClash(**here, stored=clash.stored, typed=clash.typed))


def _answer_again(known: NoteVersion) -> Saved:
    """Answer a sending that came before as it was answered then."""
    text, parts = known.sent if known.text is None else known.text, texts.count_parts(known.topic_id)
    return Saved(known.number, text, is_late=known.is_late, parts=parts)


def get_part(topic_id: int, number: int) -> NoteText:
    """Return a part to write in: one that is there, or the next. Raise Invalid."""
    found = texts.find_part(topic_id, number)
    if found:
        return found
    if number > PARTS:
        raise Invalid(FULL, "text")
    if number > 1 and not texts.find_part(topic_id, number - 1):
        raise Invalid(UNKNOWN, "text")
    part = NoteText(topic_id=topic_id, part=number, number=0, text="")
    db.session.add(part)
    return part


def _read_base(sent: Sent, topic_id: int) -> str:
    """Return the text that whoever sends went on from. Raise Invalid where there is no such version."""
    if not sent.number:
        return ""
    version = texts.find_version(topic_id, sent.part, sent.number)
    if version is None:
        raise Invalid(UNKNOWN, "text")
    return version.sent if sent.is_own or version.text is None else version.text


def keep(actor: Actor, who: Participant, part: NoteText, sent: str, text: str, sent_as: str, **kind: bool) -> None:
    """Keep a text as it was sent, and have the part become what it is now."""
    part.number += 1
    part.text = text
    version = NoteVersion(
        topic_id=part.topic_id,
        part=part.part,
        number=part.number,
        sent=sent,
        text=None if text == sent else text,
        sent_as=sent_as,
        **kind,
        **writers.describe(actor, who),
    )
    db.session.add(version)
    db.session.flush()


def _go_on(actor: Actor, who: Participant, part: NoteText, sent_as: str) -> None:
    """Move what a part has too much to the next one, where it stands before what is there."""
    if len(part.text) <= MOST:
        return
    cut = part.text.rfind("\n", 0, MOST + 1)
    cut = cut if cut > 0 else MOST
    stays, goes = part.text[:cut], part.text[cut:].removeprefix("\n")
    part.text = stays
    version = texts.find_version(part.topic_id, part.part, part.number)
    assert version, "it was kept right now"
    version.text = stays
    following = get_part(part.topic_id, part.part + 1)
    text = f"{goes}\n{following.text}" if following.text else goes
    keep(actor, who, following, goes, text, f"{sent_as}:{following.part}")
    _go_on(actor, who, following, sent_as)
