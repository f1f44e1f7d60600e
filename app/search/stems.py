"""The inflections of French words: what a plural, a feminine and a verb have in common with the word of a dictionary.

These rules undo inflection, not derivation: « collectif » meets « collectives » and stays apart from « collection »,
which the stemmers in use join. They read folded words (no accents, œ in two letters): `docs/decisions/0062`. A word is
a form of a verb where a dictionary has that verb, and not else: `docs/decisions/0118`.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from app.search import lexicon
from app.search.irregular import FORMS, NO_VERBS, VERBS

SHORTEST, LONG = 3, 5
_DOUBLED = re.compile(r"(?<=[eou])(nn|ll|tt)$")
_FUTURE = "a ai as ons ez ont ais ait ions iez aient"
# Without -ant: who looks for « étudiante » does not look for what is to be « étudié ».
FIRST = frozenset("e er es ee ees ez ent ons ions iez ais ait aient".split()).union(
    f"er{end}" for end in _FUTURE.split()
)
SECOND = frozenset("i ie is ies it ir isse isses issez issons issent issait issaient issant".split()).union(
    f"ir{end}" for end in _FUTURE.split()
)
LONGEST = max(map(len, (*FIRST, *SECOND, *VERBS)))
# A singular may end so, with a feminine in -se: français, précis, divers, confus.
_ENDS_IN_S = re.compile(r"\w{3,}(?:[aeo]?i|er|u)s")


@lru_cache(maxsize=50_000)
def get_keys(word: str) -> frozenset[str]:
    """Return the stem keys of a folded word; two words that share a key are forms of one another.

    The keys of nouns, and of the three groups of verbs, cannot be taken for one another.
    """
    return frozenset({*_nouns(word), *_verbs(word)})


def _nouns(word: str) -> set[str]:
    return {FORMS.get(one) or _singular(one) for one in _numbers(word)}


def _numbers(word: str) -> list[str]:
    """List what the singular of a word may be: « canaux » is canal, « tuyaux » is tuyau."""
    if word in FORMS:
        return [word]
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > SHORTEST:
        return [f"{word[:-2]}l", word[:-1]]
    if _ENDS_IN_S.fullmatch(word):
        return [word, word[:-1]]
    if word.endswith(("s", "ux")) and not word.endswith("ss") and len(word) >= SHORTEST:
        return [word[:-1]]
    return [word]


def _singular(word: str) -> str:
    """Return the masculine of a singular, or what it has in common with the feminine."""
    if word.endswith("trice"):
        word = f"{word[:-4]}eur"
    is_long, word = word.endswith("ee"), word[:-1] if word.endswith("ee") else word
    if word.endswith("e") and (is_long or word not in lexicon.FEMININES) and _list_first(word):
        return word
    if len(word) >= LONG or (word.endswith(("ie", "ue")) and len(word) > SHORTEST):
        word = _DOUBLED.sub(lambda pair: pair[0][0], word.removesuffix("e"))
    if len(word) >= LONG and word.endswith(("eur", "eus")):
        return word[:-1]
    return f"{word[:-1]}f" if word.endswith("iv") or word in ("neuv", "veuv", "brev", "sauv") else word


def _verbs(word: str) -> set[str]:
    """Return the keys of the verbs that a word is a form of: of those of the dictionary."""
    if word in NO_VERBS or word in lexicon.NO_VERBS:
        return set()
    second = {stem for stem, _end in _cut(word, SECOND) if stem in lexicon.SECOND}
    third = {f"{stem}{infinitive}" for stem, end in _cut(word, VERBS) for infinitive in VERBS[end]}
    return {
        *(f"v1{stem}" for stem in _list_first(word)),
        *(f"v2{stem}" for stem in second),
        *(f"v3{infinitive}" for infinitive in third & lexicon.THIRD),
    }


def _list_first(word: str) -> set[str]:
    """Return the stems of the verbs in -er that a word may be a form of."""
    return {_first(stem) for stem, _end in _cut(word, FIRST) if len(stem) > 1} & lexicon.FIRST


def _cut(word: str, endings: Container[str]) -> Iterator[tuple[str, str]]:
    """Cut a word before each of its endings that are among these."""
    places = range(max(len(word) - LONGEST, 0), len(word))
    return ((word[:place], word[place:]) for place in places if word[place:] in endings)


def _first(stem: str) -> str:
    """Return the stem of a verb in -er as every form of it has it: loge(ons) and log(er), pai(e) and pay(er)."""
    if stem.endswith("ge"):
        return stem[:-1]
    if stem.endswith(("ai", "oi", "ui")):
        return f"{stem[:-1]}y"
    return _DOUBLED.sub(lambda pair: pair[0][0], stem)
