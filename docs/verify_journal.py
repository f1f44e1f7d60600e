#!/usr/bin/env python3
"""Verify a public journal: python3 verify_journal.py journal.jsonl [HASH …]

Needs Python 3 and nothing else. Each HASH is one that you noted earlier: it must still be in the journal.
"""

import hashlib
import json
import sys

SAID = ("n", "at", "kind", "community", "private", "idea", "reason", "facts", "nonce")


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def verify(lines, noted=()):
    """Give what is wrong (an empty list when nothing is), the number of lines and the last hash."""
    wrong, previous, number, seen = [], "0" * 64, 0, set()
    for number, line in enumerate(map(json.loads, lines), 1):
        if line["n"] != number or line["previous"] != previous:
            wrong.append(f"line {number} does not follow the line before it")
        said = {name: line[name] for name in SAID if not line.get("sealed")}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if (said and sha256(text) != line["digest"]) or sha256(line["previous"] + line["digest"]) != line["hash"]:
            wrong.append(f"line {number} was changed")
        previous = line["hash"]
        seen.add(previous)
    wrong += [f"{hash} was in the journal and is there no more" for hash in noted if hash not in seen]
    return wrong, number, previous


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        wrong, number, last = verify(file, sys.argv[2:])
    print("\n".join(wrong) if wrong else f"{number} lines, as they were written; the last is {last}")
    sys.exit(bool(wrong))
