"""Every form of a French spelling dictionary (`fr.dic` and `fr.aff`), with the words that it is a form of."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.core.text.plain import fold

Rule = tuple[str, str, re.Pattern[str]]
"""The end that a word loses, the one that it gets, and what it ends with to be changed so."""
_VERB, _WORD, _FIRST, _SECOND = re.compile("po:v([0-3])"), re.compile("[a-z]+"), "1", "2"
LEFT_OUT = frozenset("traire portraire retraire attraire soudre avenir bienvenir bruire poindre haver".split())
"""Verbs that nobody writes any more, with forms that are other words: traits, avenue, points."""


@dataclass
class Dictionary:
    """`verbs` has the group of each infinitive; `verbs_of` and `nouns_of` the words that each form is a form of."""

    verbs: dict[str, str] = field(default_factory=dict)
    verbs_of: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    nouns_of: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def forms(self) -> set[str]:
        return self.verbs_of.keys() | self.nouns_of.keys()

    def words_of(self, form: str) -> set[tuple[str, str]]:
        """Return the words that a form is of, each with the letter of its kind."""
        return {("v", one) for one in self.verbs_of.get(form, ())} | {("n", one) for one in self.nouns_of.get(form, ())}


def read(folder: Path) -> Dictionary:
    """Read a dictionary, folded; names and words that are not of letters alone are left out."""
    found, rules = Dictionary(), _read_rules(folder / "fr.aff")
    for line in (folder / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]:
        entry, *notes = line.split() or [""]
        word, _slash, flags = entry.partition("/")
        lemma = fold(next((note[3:] for note in notes if note.startswith("st:")), word))
        verb = _VERB.search(" ".join(notes))
        if verb and lemma not in LEFT_OUT:
            found.verbs[lemma] = verb[1]
        for form in filter(_WORD.fullmatch, map(fold, _inflect(word, flags, rules))):
            (found.verbs_of if verb else found.nouns_of)[form].add(lemma)
    return found


def _read_rules(path: Path) -> dict[str, list[Rule]]:
    rules = defaultdict[str, list[Rule]](list)
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, *parts = line.split() or [""]
        if kind == "SFX" and len(parts) >= 4:
            flag, lost, got, condition = parts[:4]
            rules[flag].append((lost.strip("0"), got.partition("/")[0].strip("0"), re.compile(f"(?:{condition})$")))
    return rules


def _inflect(word: str, flags: str, rules: dict[str, list[Rule]]) -> Iterator[str]:
    """Yield the forms of an entry; its flags have two signs each, and « () » says that it is no word by itself."""
    pairs = [flags[place : place + 2] for place in range(0, len(flags), 2)]
    if "()" not in pairs:
        yield word
    for lost, got, condition in (rule for pair in pairs for rule in rules.get(pair, ())):
        if condition.search(word) and word.endswith(lost):
            yield word[: len(word) - len(lost)] + got
