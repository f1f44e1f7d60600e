"""`python -m bench.forms FOLDER [WORDS]`: make the table of search from a dictionary (`fr.dic`, `fr.aff`).

With a file of common words (folded, one a line): print the pairs of them that the rules join and the dictionary does
not, then those that only a verb joins.
"""

import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from app.search import stems
from bench.forms import dictionary, table
from bench.forms.dictionary import Dictionary


def main(folder: str, words: str = "") -> None:
    known = dictionary.read(Path(folder))
    table.write(known)
    print(f"{len(known.forms)} forms, {len(known.verbs)} verbs")
    if words:
        report(known, Path(words).read_text(encoding="utf-8").split())


def report(known: Dictionary, words: list[str]) -> None:
    pairs = list_pairs(words)
    false = [pair for pair in pairs if known.words_of(pair[0]).isdisjoint(known.words_of(pair[1]))]
    print(f"{len(pairs)} pairs, {len(false)} that the dictionary does not join:")
    print(" ".join(f"{one}/{other}" for one, other in false))
    by_verb = [
        pair for pair in pairs if {kind for kind, _w in _shared(known, pair)} == {"v"} and _are_nouns(known, pair)
    ]
    print(f"{len(by_verb)} that a verb alone joins, of words that are others too:")
    print(" ".join(f"{one}/{other}" for one, other in by_verb))


def list_pairs(words: list[str]) -> list[tuple[str, str]]:
    """List the pairs of these words that have a key in common."""
    by_key = defaultdict[str, set[str]](set)
    for word in words:
        for key in stems.get_keys(word):
            by_key[key].add(word)
    return sorted({pair for group in by_key.values() for pair in combinations(sorted(group), 2)})


def _shared(known: Dictionary, pair: tuple[str, str]) -> set[tuple[str, str]]:
    return known.words_of(pair[0]) & known.words_of(pair[1])


def _are_nouns(known: Dictionary, pair: tuple[str, str]) -> bool:
    return any(known.nouns_of.get(word) for word in pair)


if __name__ == "__main__":
    main(*sys.argv[1:])
