"""Make `app/search/lexicon.json` of a dictionary: what the rules of `stems` must know of it, and no more."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from app.search import lexicon, stems
from app.search.irregular import FORMS, VERBS
from bench.forms.dictionary import Dictionary

SOURCE = (
    "French spelling dictionary v7.0 of Dicollecte and Grammalecte (Olivier R. and its contributors), all variants; "
    "made by python -m bench.forms"
)
LICENCE = (
    "This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. "
    "If a copy of the MPL was not distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/."
)
# Feminines by the dictionary, of words that have nothing to do with them: retrait, plant, travers, sauf.
NO_FEMININES = frozenset("retraite plante traverse bosse baie plane teinte sauve laie spirale regale".split())

# Nouns by the dictionary, which are verbs where they are written.
MEANT = frozenset("revient emergent referent convergent divergent".split())


def write(dictionary: Dictionary) -> None:
    """Write the table, and have `lexicon` know it."""
    first, second, third = (frozenset(words) for words in _list_verbs(dictionary))
    lexicon.FIRST, lexicon.SECOND, lexicon.THIRD = first, second, third
    lexicon.FEMININES = lexicon.NO_VERBS = frozenset()
    feminines, no_verbs = _list_feminines(dictionary), _list_no_verbs(dictionary)
    lists = {"first": first, "second": second, "third": third, "feminines": feminines, "no_verbs": no_verbs}
    table = {"source": SOURCE, "licence": LICENCE, **{name: " ".join(sorted(words)) for name, words in lists.items()}}
    Path(lexicon.__file__).with_suffix(".json").write_text(f"{json.dumps(table, indent=1)}\n", encoding="utf-8")
    lexicon.FEMININES, lexicon.NO_VERBS = frozenset(feminines), frozenset(no_verbs)
    stems.get_keys.cache_clear()


def _list_verbs(dictionary: Dictionary) -> tuple[set[str], set[str], set[str]]:
    first, second, third = set[str](), set[str](), set[str]()
    for verb, group in dictionary.verbs.items():
        if verb.endswith("er") and group in "013":
            first.add(stems._first(verb.removesuffix("er")))
        elif group == "2":
            second.add(verb.removesuffix("ir"))
        elif any(verb.endswith(ending) and verb.removesuffix(ending) + ending == verb for ending in _infinitives()):
            third.add(verb)
    return first, second, third


def _infinitives() -> set[str]:
    return {infinitive for infinitives in VERBS.values() for infinitive in infinitives}


def _list_feminines(dictionary: Dictionary) -> set[str]:
    """List the singulars in -e that the rules would take for a verb, and the dictionary for the feminine of another."""
    words_of = defaultdict[str, set[str]](set)
    for form in dictionary.forms:
        for singular in stems._numbers(form):
            words_of[singular] |= dictionary.nouns_of.get(form, set())
    singulars = defaultdict[str, set[str]](set)
    for singular, words in words_of.items():
        for word in words:
            singulars[word].add(singular)
    return {
        singular
        for singular, words in words_of.items()
        if singular.endswith("e") and not singular.endswith("ee") and singular not in FORMS
        if stems._list_first(singular)
        if _has_masculine(singular, (other for word in words for other in singulars[word]))
    } - NO_FEMININES


def _has_masculine(singular: str, others: Iterable[str]) -> bool:
    lexicon_first, lexicon.FIRST = lexicon.FIRST, frozenset()
    try:
        key = stems._singular(singular)
        return any(other != singular and not other.endswith("e") and stems._singular(other) == key for other in others)
    finally:
        lexicon.FIRST = lexicon_first


def _list_no_verbs(dictionary: Dictionary) -> set[str]:
    """List the forms that the rules take for those of a verb, and the dictionary for another word.

    Nobody means the verb by a noun that ends so: président, versions, leçons.
    """
    keys = defaultdict[str, set[str]](set)
    for verb in dictionary.verbs:
        for key in stems._verbs(verb):
            keys[key].add(verb)
    return {
        form
        for form in dictionary.forms
        if (found := [keys[key] for key in stems._verbs(form)])
        if (form.endswith(("ions", "ent")) and form not in MEANT and dictionary.nouns_of.get(form))
        or all(verbs.isdisjoint(dictionary.verbs_of.get(form, ())) for verbs in found)
    }
