"""Two texts that were written from the same one, joined line by line: nothing that either wrote is dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Change:
    """The lines `[start, end)` of a text became `lines`; an empty stretch: they were put in before line `start`."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end


@dataclass(frozen=True)
class Clash:
    """The same lines, as each of the two wrote them."""

    stored: str
    typed: str


@dataclass(frozen=True)
class Joined:
    """The text with what both wrote; where they wrote the same lines, both stand in it, the stored ones above."""

    text: str
    clashes: Sequence[Clash] = ()


def join(base: str, stored: str, typed: str) -> Joined:
    """Join what two people made of `base`.

    Lines that one of them alone changed or removed are as that one left them; lines that both put in at one place stand
    one under the other. Lines that both changed, each otherwise, are kept twice and told as a clash; those that one
    removed while the other changed them stay as they were changed.
    """
    if base in (stored, typed) or stored == typed:
        return Joined(typed if base == stored else stored)
    lines = base.split("\n")
    stretches = _group(_list_changes(lines, stored.split("\n")), _list_changes(lines, typed.split("\n")))
    found, clashes, at = list[str](), list[Clash](), 0
    for start, end, ours, theirs in stretches:
        found += lines[at:start]
        mine, other = _rewrite(lines, start, end, theirs), _rewrite(lines, start, end, ours)
        at = end
        if not theirs or mine == other:
            found += other
        elif not ours:
            found += mine
        elif not (mine and other and any(line.strip() for line in lines[start:end])):
            found += other + mine  # One of them removed the lines, or nothing was written there before.
        else:
            found += other + mine
            clashes.append(Clash("\n".join(other), "\n".join(mine)))
    return Joined("\n".join(found + lines[at:]), clashes)


def _list_changes(base: Sequence[str], text: Sequence[str]) -> list[Change]:
    matcher = SequenceMatcher(None, base, text, autojunk=False)
    return [
        Change(start, end, tuple(text[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _group(stored: Sequence[Change], typed: Sequence[Change]) -> Iterator[tuple[int, int, list[Change], list[Change]]]:
    """Yield stretches of the base with the changes of each of the two in it: those that meet are in one stretch.

    What is put in at the edge of lines that the other changed does not meet them.
    """
    marked = sorted(
        [(change, 0) for change in stored] + [(change, 1) for change in typed],
        key=lambda one: (one[0].start, one[0].end, one[1]),
    )
    start = end = 0
    sides: tuple[list[Change], list[Change]] = ([], [])
    for change, side in marked:
        if any(sides) and _meets(change, start, end):
            end = max(end, change.end)
        else:
            if any(sides):
                yield start, end, *sides
            start, end, sides = change.start, change.end, ([], [])
        sides[side].append(change)
    if any(sides):
        yield start, end, *sides


def _meets(change: Change, start: int, end: int) -> bool:
    if start == end:
        return change.is_insertion and change.start == start
    return change.start < end


def _rewrite(lines: Sequence[str], start: int, end: int, changes: Sequence[Change]) -> list[str]:
    """Return what one of the two made of a stretch of the base."""
    found, at = list[str](), start
    for change in changes:
        found += [*lines[at : change.start], *change.lines]
        at = change.end
    return found + list(lines[at:end])
