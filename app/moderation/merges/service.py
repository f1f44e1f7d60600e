"""Duplicates: one idea joined to another, and parted again so that every row is as before; parts; neighbours."""

import re
from collections.abc import Iterator

from app.accounts.submissions import Sending
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Forbidden, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text.plain import fold
from app.core.unit import command
from app.ideas import joining, lead_community
from app.ideas.models import Idea
from app.journal import service as journal
from app.moderation.measures.service.record import record_on_content
from app.moderation.merges import policy, queries
from app.moderation.merges.models import IdeaPair, Merge
from app.moderation.signals import IdeaMerged, IdeaParted, IdeaSplit
from app.votes import inheriting

_SENTENCE = re.compile(r"(?<=[.!?…])[^\S\n]|\n")
_TIE = re.compile(r"\A(?:et|mais|puis|ensuite|aussi|and|but|then|also)[, ]+")
REFUSALS = {
    policy.are_two: N_("C'est la contribution elle-même : choisissez-en une autre."),
    policy.are_of_others: N_(
        "Vous avez écrit ou signalé l'une de ces deux contributions : une autre personne décidera."
    ),
    policy.has_charge_of_both: N_("Cette contribution est dans une communauté dont vous n'avez pas la charge."),
    policy.are_open: N_(
        "Cette contribution ne reçoit plus d'appuis : elle est archivée, retirée, masquée ou jointe à une autre. Les "
        "personnes dont l'appui suivrait ne pourraient pas le retirer."
    ),
    policy.are_in_one_circle: N_(
        "Ces deux contributions ne s'adressent pas aux mêmes personnes : l'une au moins est dans une communauté privée."
    ),
}
HOLDS_OTHERS = N_(
    "D'autres contributions sont jointes à celle-ci. Joignez plutôt l'autre à celle-ci, ou séparez-les d'abord."
)
NOT_DRAWN = N_("Cette contribution n'a été tirée d'aucune autre.")
NOT_ITS_WORDS = N_("Ces mots ne sont pas dans le texte d'origine : « %(line)s ». Reprenez-le mot pour mot.")
NOT_WHOLE = N_(
    "Coupée, cette phrase pourrait dire autre chose que le texte d'origine : « %(line)s ». Gardez des "
    "phrases entières, dans leur ordre."
)
ALL_OF_IT = N_("C'est tout le texte d'origine : ne gardez que ce qui revient à la nouvelle contribution.")
NOT_RELATED = N_(
    "Choisissez une contribution publique que vous pouvez lire; vous devez avoir la charge de l'une des deux."
)


@command
def merge(actor: Actor, idea: Idea, into: Idea, *, reason: str) -> None:
    """Join an idea to another that says the same: it stays readable, its supports are counted there too.

    Raise Forbidden without the right to, Invalid for another that it can't be joined to.
    """
    require(actor, policy.MERGE, idea)
    _join(actor, IdeaPair(idea, into), reason, kind="merge")


@command(also=lambda _actor, idea: [db.session.get(Idea, idea.merged_into or 0)])
def part(actor: Actor, idea: Idea, *, reason: str) -> None:
    """Let an idea stand alone again; the comments and supports that the other received meanwhile stay there.

    Raise Forbidden without the right to.
    """
    require(actor, policy.PART, idea)
    merge = queries.find_merge(idea)
    assert merge is not None, "an idea that is joined has its merge"
    into = queries.lock_idea(merge.into_id)
    if not policy.are_of_others(actor, IdeaPair(idea, into)):
        raise Forbidden(policy.PART.name)
    joining.join(idea, None)
    merge.parted_at, merge.parted_by = clock.now(), actor.id
    tell(IdeaParted(merge.id, tuple(inheriting.give_back(idea.id, into.id))))
    undoes_id = queries.find_measure_to_undo(idea, "merge", "join_back")
    record_on_content(actor, "part", idea, reason, data={"from": into.id}, undoes_id=undoes_id)


@command
def split(actor: Actor, origin: Idea, *, title: str, body: str, reason: str, form_key: str | None = None) -> Idea:
    """Make one more idea out of a part of this one, in its author's own words; this one is left as it is.

    Raise Forbidden without the right to, Invalid for words that are not whole sentences of this one. The same form
    sent twice makes one idea.
    """
    require(actor, policy.SPLIT, origin)
    sending = Sending(actor, "split", form_key, (title, body))
    first_id = sending.first_result()
    if first_id:
        return db.session.get_one(Idea, first_id)
    lead_community.check_current(origin.community_id)
    _check_words(origin, body)
    idea = joining.add_split_idea(origin, title=title, body=body, by=actor.own_id)
    sending.record(idea.id)
    tell(IdeaSplit(idea.id, origin.id, by=actor.own_id, reason=reason))
    record_on_content(actor, "split", idea, reason, data={"from": origin.id})
    return idea


@command(also=lambda _actor, idea: [queries.find_origin(idea)])
def join_back(actor: Actor, idea: Idea, *, reason: str) -> None:
    """Undo a split: what was drawn out is joined to where it came from, as any duplicate is. Nothing is erased.

    Raise Forbidden without the right to, Conflict for an idea drawn out of none, Invalid where they can't be joined.
    """
    require(actor, policy.JOIN_BACK, idea)
    origin = queries.find_origin(idea)
    if origin is None:
        raise Conflict(NOT_DRAWN)
    pair = IdeaPair(idea, queries.lock_idea(origin.id))
    _join(actor, pair, reason, kind="join_back", undoes_id=queries.find_measure_to_undo(idea, "split"))


@command
def relate(actor: Actor, idea: Idea, other: Idea) -> None:
    """Show on the pages of two ideas that they are related. Raise Invalid without the right to."""
    if not policy.RELATE.permits(actor, IdeaPair(idea, other)):
        raise Invalid(NOT_RELATED, "other")
    if joining.relate(idea, other, kind="related", by=actor.own_id):
        _record("relate", IdeaPair(idea, other))


@command
def unrelate(actor: Actor, idea: Idea, other: Idea) -> None:
    """Undo `relate`. Raise Forbidden without the right to."""
    require(actor, policy.UNRELATE, IdeaPair(idea, other))
    if joining.unrelate(idea, other):
        _record("unrelate", IdeaPair(idea, other))


def _record(kind: str, pair: IdeaPair) -> None:
    """Put a line on two ideas in the journal, for those alone who may know of both."""
    ideas = (pair.idea, pair.other)
    private_ids = {idea.community_id for idea in ideas if idea.is_private}
    community_id = pair.idea.community_id
    if private_ids:
        # Two private communities: neither may read of the other.
        community_id = next(iter(private_ids)) if len(private_ids) == 1 else None
    journal.record(kind, community_id=community_id, is_private=bool(private_ids), idea_id=pair.idea.id)


def explain_refusal(actor: Actor, pair: IdeaPair) -> str:
    """Return why one idea can't be joined to the other; "" when it can."""
    if not policy.JOIN.permits(actor, pair):
        return next(message for condition, message in REFUSALS.items() if not condition(actor, pair))
    return HOLDS_OTHERS if queries.holds_others(pair.idea) else ""


def _join(actor: Actor, pair: IdeaPair, reason: str, *, kind: str, undoes_id: int | None = None) -> None:
    """Join two ideas that the command has locked; raise Invalid where they can't be joined."""
    refusal = explain_refusal(actor, pair)
    if refusal:
        raise Invalid(refusal, "into")
    idea, into = pair.idea, pair.other
    joining.join(idea, into)
    merge = Merge(idea_id=idea.id, into_id=into.id, reason=reason, by_id=actor.own_id, at=clock.now())
    db.session.add(merge)
    db.session.flush()
    people = tuple(inheriting.carry(idea.id, into.id))
    tell(IdeaMerged(merge.id, people, is_back=kind == "join_back"))
    record_on_content(actor, kind, idea, reason, data={"into": into.id}, undoes_id=undoes_id)


def _check_words(origin: Idea, body: str) -> None:
    """Raise Invalid unless the body is made of whole sentences of the origin, but for accents, capitals and spaces."""
    if fold(body) == fold(origin.body):
        raise Invalid(ALL_OF_IT, "part")
    line = next(_foreign_lines(origin.body, body), None)
    if line is not None:
        raise Invalid(NOT_ITS_WORDS, "part", line=line[:60])
    sentence = next(_changed_sentences(origin.body, body), None)
    if sentence is not None:
        raise Invalid(NOT_WHOLE, "part", line=sentence[:60])


def _foreign_lines(text: str, part: str) -> Iterator[str]:
    """Yield the lines of a part that are not in the text."""
    plain_text = fold(text)
    return (line for line in part.splitlines() if fold(line) not in plain_text)


def _changed_sentences(text: str, part: str) -> Iterator[str]:
    """Yield the sentences of a part that are not whole in the text or not in its order: they may mislead."""
    # One iterator for all: each sentence is looked for after the one before it.
    rest = iter(_sentences(text))
    return (sentence for sentence in _sentences(part) if not any(_is_same(sentence, other) for other in rest))


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(text) if fold(sentence)]


def _is_same(sentence: str, original: str) -> bool:
    """Compare two sentences; the part may leave out the word that ties the original to the sentence before it."""
    return fold(sentence) in (fold(original), _TIE.sub("", fold(original)))
