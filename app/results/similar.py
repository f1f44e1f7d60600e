"""What may say the same as an idea, or do it already: found by the words of its title, judged by `similarity`.

What is read is bounded: the newest ideas that have each word in their title, then the texts of the best of these. What
has the same title comes first, however common its words.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.policy import HasPrivacy, have_same_readers
from app.core import versions
from app.core.actor import ANYONE, Actor
from app.core.db import db, numbers_parameter
from app.ideas.models import Idea
from app.ideas.queries import facets
from app.ideas.queries.reading import is_public, readable_by
from app.results import name_tokens, similarity, titles, works
from app.results.similarity import TitleWord, WordCount, split_title
from app.results.works import Scored, SimilarAction, SimilarUpdate
from app.search import synonyms
from app.search.index import vocabulary
from app.search.index.models import IndexEntry
from app.search.index.texts import PLACE, build_title_token

MOST = 5
"""How many ideas are shown."""
BESIDE = 3
"""How many are shown beside an idea that waits."""
LONG = 4
"""How many letters a long word has: a title of two such words says enough to be compared with others than its twins."""
READ = 24
"""How many texts are read."""
TOGETHER, TWINS = "together", "twins"
"""The names of what asks for common words together, and for the same title."""
_NUMBERS = numbers_parameter("numbers")
Forms = Mapping[str, Sequence[str]]


class SimilarIdea(NamedTuple):
    """A similar idea, with the fields that a link to it needs; `action_id` is the action of the plan that leads it."""

    id: int
    slug: str
    title: str
    kind: str
    lang: str
    status: str
    community_id: int | None
    is_private: bool
    action_id: int | None
    noun: str = "idea"


Similar = SimilarIdea | SimilarAction | SimilarUpdate


@dataclass(frozen=True)
class SimilarityQuery:
    """What others may repeat: a title, with what is known of its idea.

    `idea_id` is 0 for an idea that has no number yet; `community_id` is the community that leads it; `places` are the
    ids of its territories. `readers` is an idea whose readers must read what is found too; None where whoever asks is
    the only reader. `only_twins` leaves out what has another title.
    """

    title: str
    idea_id: int = 0
    community_id: int | None = None
    places: Collection[int] = ()
    readers: HasPrivacy | None = None
    only_twins: bool = False

    @property
    def words(self) -> tuple[TitleWord, ...]:
        return split_title(self.title)[: similarity.WORDS]

    @property
    def says_enough(self) -> bool:
        return sum(len(word.text) >= LONG for word in self.words) >= 2

    @property
    def compared_words(self) -> tuple[TitleWord, ...]:
        return () if self.only_twins else self.words

    def may_meet(self, row: Any) -> bool:
        return row.id != self.idea_id and (self.readers is None or have_same_readers(self.readers, row))


def list_near(actor: Actor, subject: SimilarityQuery, *, most: int = MOST) -> list[Similar]:
    """Return what a person may read that says the same as an idea or does it, the nearest first."""
    matcher = _prepare(actor, subject)
    ideas = _find(actor, matcher)[:most]
    led = {one.thing.action_id: one.score for one in reversed(ideas) if one.thing.action_id}
    done = works.list_similar_works(actor, subject.title, matcher.counts, led, idea_id=subject.idea_id)
    return [one.thing for one in sorted((*ideas, *done), key=lambda one: one.rank, reverse=True)]


def list_near_idea(idea: Idea) -> list[Similar]:
    """Return what is near an idea, as its public reads it; cached until the content version changes."""
    return versions.get_or_load(("similar", idea.id), lambda: _find_beside(idea))


def _find_beside(idea: Idea) -> list[Similar]:
    if not idea.is_public:
        return []
    places = facets.get_placings([idea])[idea.id].territories
    return list_near(_reader_of(idea), SimilarityQuery(idea.title, idea.id, idea.community_id, places))


def list_near_waiting(idea: Idea) -> list[Similar]:
    """Return what is near a pending idea, among what the team which decides on it may read.

    It is the same for all who decide on it, and cached until the content version changes.
    """
    return versions.get_or_load(("similar to what waits", idea.id), lambda: _find_for_waiting(idea))


def _find_for_waiting(idea: Idea) -> list[Similar]:
    subject = SimilarityQuery(idea.title, idea.id, idea.community_id, readers=idea)
    return list_near(_reader_of(idea), subject, most=BESIDE)


def _reader_of(idea: Idea) -> Actor:
    """Return an actor who reads what every reader of an idea may read, and nothing else."""
    return replace(ANYONE, memberships=frozenset({idea.community_id or 0})) if idea.is_private else ANYONE


def list_similar(
    actor: Actor,
    subject: SimilarityQuery,
    *,
    most: int = MOST,
    is_wide: bool = False,
    where: ColumnElement[bool] | None = None,
) -> list[SimilarIdea]:
    """Return the ideas that a person may read and that may say the same, the most similar first.

    `is_wide` adds those that are less similar; `where` narrows what is found.
    """
    found = _find(actor, _prepare(actor, subject), is_wide=is_wide, where=where)
    return [one.thing for one in found[:most]]


def _find(
    actor: Actor, matcher: "_Matcher", *, is_wide: bool = False, where: ColumnElement[bool] | None = None
) -> list[Scored]:
    ids = matcher.best()
    query = _select_rows(actor) if where is None else _select_rows(actor).where(where)
    rows = db.session.execute(query, reader_parameters(actor, numbers=ids)).all() if ids else ()
    return matcher.judge(rows, is_wide=is_wide)


@cached_statement
def _select_rows(actor: Actor) -> Select[Any]:
    link = (Idea.id, Idea.slug, Idea.title, Idea.kind, Idea.lang, Idea.status, Idea.community_id, Idea.is_private)
    query = select(*link, Idea.action_id, IndexEntry.text).join(IndexEntry, IndexEntry.thing_id == Idea.id)
    return query.where(IndexEntry.kind == "idea", Idea.id.in_(_NUMBERS), is_public(), readable_by(actor))


def _prepare(actor: Actor, subject: SimilarityQuery) -> "_Matcher":
    """Read which ideas have each word and, where many have several of them, which have these together."""
    synonyms_of = {word.text: synonyms.get_words(word.group_ids) for word in subject.compared_words}
    forms = vocabulary.get_forms(sorted(set(synonyms_of).union(*synonyms_of.values())))
    expressions = {TWINS: titles.twin_expression(subject.title), **_expressions(synonyms_of, forms)}
    matcher = _Matcher(subject, forms)
    common = matcher.weigh(titles.get_idea_ids(actor, expressions))
    together = titles.pair_expression([expressions[word] for word in common])
    matcher.add(common, titles.get_idea_ids(actor, {TOGETHER: together}).get(TOGETHER, ()))
    return matcher


def _expressions(synonyms_of: Mapping[str, Collection[str]], forms: Forms) -> dict[str, str]:
    """Return the index expressions by name: one for each word in a title, one for its synonyms."""
    found = dict[str, str]()
    for word, others in synonyms_of.items():
        found[word] = titles.title_expression(forms[word])
        found[_of_synonyms(word)] = titles.title_expression(sorted({form for one in others for form in forms[one]}))
    return found


def _of_synonyms(word: str) -> str:
    """Return the name of the expression that asks for the synonyms of a word."""
    return f"~{word}"


class _Matcher:
    """One subject looked for: `counts` is what each word of its title counts, once that is known (`weigh`)."""

    def __init__(self, subject: SimilarityQuery, forms: Forms) -> None:
        self.subject = subject
        self.forms = forms
        self.words = subject.compared_words
        self.counts: dict[TitleWord, WordCount] = {}
        self._ideas: dict[str, set[int]] = {}
        self._with_synonym: dict[str, set[int]] = {}
        self._joined = defaultdict[int, set[str]](set)
        self._token = build_title_token(subject.title)
        self._twins: set[int] = set()
        self._places = name_tokens.get_words_of_places(subject.title)

    def weigh(self, found: Mapping[str, Sequence[int]]) -> list[str]:
        """Record the ideas that have each word; return the words that reached `similarity.CAP`: not all were read."""
        for word in self.words:
            own = self._ideas[word.text] = set(found.get(word.text, ()))
            others = self._with_synonym[word.text] = set(found.get(_of_synonyms(word.text), ()))
            self.counts[word] = similarity.count_word(word, own, others)
        self._twins.update(found.get(TWINS, ()))
        for text, into, title in titles.list_merged(self.subject.words):
            self._joined[into].add(title)
            self._twins.update({into} if build_title_token(title) == self._token else ())
            if text in self._ideas:
                self._ideas[text].add(into)
        return [word.text for word in self.words if len(found.get(word.text, ())) >= similarity.CAP]

    def add(self, words: Iterable[str], ids: Iterable[int]) -> None:
        """Record ideas that have several of these words together."""
        for word in words:
            self._ideas[word].update(ids)

    def best(self) -> list[int]:
        """Return the numbers of twins, then of the ideas whose titles have the most of the words; `READ` at most."""
        totals = defaultdict[int, float](float, dict.fromkeys(self._twins, 0))
        for word, count in self.counts.items():
            own = self._ideas[word.text]
            for number in own:
                totals[number] += count.own
            for number in self._with_synonym[word.text] - own:
                totals[number] += similarity.OF_SYNONYM * count.of_synonyms
        return sorted(totals, key=lambda one: (one not in self._twins, -totals[one], -one))[:READ]

    def judge(self, rows: Iterable[Row[Any]], *, is_wide: bool) -> list[Scored]:
        """Return those of these ideas that are twins or similar enough, twins first, then the most similar."""
        met = [row for row in rows if self.subject.may_meet(row)]
        scored = [Scored(row.id in self._twins, self._score(row), SimilarIdea(*row[:-1])) for row in met]
        scored.sort(key=lambda one: (*one.rank, one.thing.id), reverse=True)
        nearest = max((one.score for one in scored), default=0.0)
        enough = similarity.WIDE if is_wide else max(similarity.ENOUGH, similarity.NEAREST * nearest)
        return [one for one in scored if one.is_twin or one.score >= enough]

    def _score(self, row: Row[Any]) -> float:
        text = {word.text for word in self.words if self._stands_in(word.text, row.text)}
        score = max(
            similarity.score(self.counts, split_title(title), text) for title in (row.title, *self._joined[row.id])
        )
        is_led_alike = row.community_id is not None and row.community_id == self.subject.community_id
        is_placed_alike = any(f" {PLACE}{place} " in row.text for place in self.subject.places)
        return score * similarity.ALIKE ** (is_led_alike + is_placed_alike)

    def _stands_in(self, word: str, text: str) -> bool:
        """Tell whether a text has a word in one of its forms, or is about the place that the word names."""
        return any(f" {one} " in text for one in (*self.forms[word], *self._places.get(word, ())))
