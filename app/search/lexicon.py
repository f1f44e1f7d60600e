"""The verbs of French, and what their endings may be taken for.

`lexicon.json` is made (`python -m bench.forms`) of the French spelling dictionary of Dicollecte and Grammalecte, which
LibreOffice and Firefox have: folded words, under its licence. Stems and infinitives are those of `stems`.
"""

import json
from pathlib import Path

_LEXICON: dict[str, str] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def _read(name: str) -> frozenset[str]:
    return frozenset(_LEXICON[name].split())


FIRST = _read("first")
"""What the forms of each verb in -er have in common."""
SECOND = _read("second")
"""The same of verbs in -ir that go as finir."""
THIRD = _read("third")
"""The infinitives of the other verbs."""
FEMININES = _read("feminines")
"""Words in -e that are a form of a verb in -er, and the feminine of another word too: complète, présente."""
NO_VERBS = _read("no_verbs")
"""Words that end as a form of a verb, and are none: voiture, soirée."""
