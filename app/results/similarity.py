"""How alike two ideas are, by their words: those of titles first, then those of texts; rare words count more.

The figures were chosen on pairs of titles that say the same (`docs/decisions/0063`, `tests/results/pairs_of_ideas.py`).
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from app.search import stems, synonyms, tokens
from app.search.tokens import STOP_WORDS

CAP = 40
"""How far the ideas that have a word are counted: a word that more have is as common."""
ENOUGH = 0.44
"""The score from which two ideas are similar."""
NEAREST = 0.5
"""The share of the best score from which another idea is shown beside it."""
WIDE = 0.25
"""The score from which an idea is offered to a team that chooses."""
ALIKE = 1.05
"""What the score is multiplied by for one community, and again for one place."""
WORDS = 8
"""How many words of a title are looked for."""
SHORTEST = 2
"""How many letters a word has at least."""
BEGINNING = 6
"""How many letters words that begin alike have in common, at least."""
VAGUE = 0.38
"""What a word that says little counts, of 1."""
OF_SYNONYM = 0.75
"""What a synonym counts, of 1."""
AKIN = 0.54
"""What a word that begins alike counts, of 1."""
IN_TEXT = 0.3
"""What a word that the text has, and the title has not, counts, of 1."""
UNKNOWN = 0.87
"""What a word counts, of 1, where nobody counted how many titles have it."""
BOTH = 0.9
"""How much of the score is the share of both titles; the rest is the share of the shorter."""
LITTLE = 0.62
"""How much in common is little: a score is taken down by it."""
SPREAD = 330
"""How fast a word counts less as more titles have it: the larger, the slower."""
_VAGUE = frozenset(
    """
accelerer action ajout ajouter ameliorer amelioration annee appel apprendre article assurer augmenter autre avenir avoir
beaucoup besoin bis bon certain chaque chez citoyen collectif comme commun complement comment contre cree creer creation
devenir developper developpement dispositif doit donner droit elargir encourager enfin ensemble etablir faciliter faire
favoriser garantir generalisation generaliser gens grand idee implanter imposer instaurer interdiction interdire jour
lancer lieu local manque meilleur mettre mieux mis mise moins monde national necessaire nouveau numero obligation
obligatoire obliger offrir organiser ouvrir partout permettre personne petit place plus plusieurs politique pouvoir
preambule premier prevoir principe projet promouvoir proposer proposition public quand quebec question reconnaitre
reconnaissance rendre renforcer renforcement service solution soutenir souhaiter suppression supprimer systeme tous tout
toute toutes tres utilisation utiliser veritable vie village ville vouloir
need people should idea project create make more better all new
""".split()
)


@dataclass(frozen=True)
class TitleWord:
    """A word of a title, with the keys that its forms share; `weight` is less than 1 where it says little.

    `group_ids` are the numbers of its groups of synonyms.
    """

    text: str
    keys: frozenset[str]
    weight: float
    group_ids: frozenset[int] = frozenset()

    def meets(self, other: "TitleWord") -> float:
        """Tell how much two words are the same: 1 for forms of one, `AKIN` for words that begin alike, 0 for others."""
        if not self.keys.isdisjoint(other.keys):
            return 1
        begins_alike = self.text[:BEGINNING] == other.text[:BEGINNING]
        return AKIN if begins_alike and _is_akin(self.text, other.text) else 0

    def shares_group(self, other: "TitleWord") -> bool:
        return not self.group_ids.isdisjoint(other.group_ids)


class WordCount(NamedTuple):
    """The weight of a word: where the other title has it, and where that one has a synonym of it."""

    own: float
    of_synonyms: float

    def of(self, word: TitleWord, other: TitleWord) -> float:
        """Return the weight of the first word (this count is its own) where a title has the other."""
        return max(word.meets(other) * self.own, OF_SYNONYM * self.of_synonyms * word.shares_group(other))


@lru_cache(maxsize=20_000)
def split_title(title: str) -> tuple[TitleWord, ...]:
    """Return the words of a title that may say what it is about, each once; a compound as its parts and as a whole."""
    found = dict[str, TitleWord]()
    for parts in tokens.split_groups(title):
        joined = tokens.join_parts(parts) if len(parts) > 1 else ""
        for part in parts:
            if part not in STOP_WORDS and len(part) >= SHORTEST and part not in found:
                found[part] = _word(part, joined)
    return tuple(found.values())


@lru_cache(maxsize=10_000)
def _word(text: str, compound: str) -> TitleWord:
    """Return a word of titles, one object for all of them to save memory; `compound` is what it is a part of."""
    keys = synonyms.get_keys(text) | ({f"={compound}"} if compound else set())
    return TitleWord(text, keys, VAGUE if _is_vague(text) else 1, synonyms.get_group_ids(keys))


@lru_cache(maxsize=1)
def _vague_keys() -> frozenset[str]:
    return frozenset({key for word in _VAGUE for key in (word, *stems.get_keys(word))})


def _is_vague(word: str) -> bool:
    return word in _VAGUE or word.isdigit() or bool(stems.get_keys(word) & _vague_keys())


def _is_akin(one: str, other: str) -> bool:
    """Tell whether two words begin alike far enough to be derived: interdire and interdiction."""
    longest = max(len(one), len(other))
    length = max(BEGINNING, math.ceil(0.55 * longest))
    return len(one) >= length and one[:length] == other[:length]


def rarity(number: int) -> float:
    """Return the weight (0 to 1) of a word by how many titles have it: 1 for one or none, less for more."""
    return max(math.log(1 + SPREAD / (1 + max(number, 1))) / math.log(1 + SPREAD / 2), 0.05)


def count_word(word: TitleWord, ideas: Collection[int], of_synonyms: Collection[int]) -> WordCount:
    """Return the weight of a word: `ideas` have it in their titles, `of_synonyms` have a synonym of it."""
    return WordCount(word.weight * rarity(len(ideas)), word.weight * rarity(len({*ideas, *of_synonyms})))


def score(mine: Mapping[TitleWord, WordCount], theirs: Sequence[TitleWord], text: Collection[str] = ()) -> float:
    """Return how alike two titles are: `mine` are the words of the first, with what each counts.

    `text` are the words of the first that stand in the text of the second. It is 1 where two titles have the same
    words and these say enough, 0 where they have none in common.
    """
    common = in_text = 0.0
    matched = dict[TitleWord, float]()
    for word, its in mine.items():
        shared, other = max(((its.of(word, one), one) for one in theirs), key=itemgetter(0), default=(0, word))
        if shared:
            common += shared
            matched[other] = max(matched.get(other, 0), its.own)
        elif word.text in text:
            in_text += IN_TEXT * its.own
    own = sum(its.own for its in mine.values())
    others = sum(matched.get(word, UNKNOWN * word.weight) for word in theirs)
    return _share(common + in_text, own, others, in_text) if common else 0


def _share(common: float, own: float, others: float, in_text: float) -> float:
    """Return which share of two titles is in common: of both, a little of the shorter; less where it says little.

    `common` is what their words in common count, `in_text` part of it; `own` and `others` are all that each counts.
    """
    of_both = 2 * common / (own + others + in_text)
    of_shorter = min(common / min(own, others), 1)
    return (BOTH * of_both + (1 - BOTH) * of_shorter) * (1 + LITTLE) * common / (common + LITTLE)
