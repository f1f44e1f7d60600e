"""What is looked at in a workbook before the library that reads it: it would fail with the whole process otherwise.

A cell far away has the library ask for memory for all those before it (5 kB of file: 512 GB), and a size that lies has
it unpack without end; cells that all name one long shared text hold it as many times (54 kB of file: 4 GB). So the
parts are unpacked here, within a budget, and packed again; the place of each cell that holds something is read on the
way, how long the texts of all cells are together, and the formulas that have no value.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any
from xml.parsers import expat

from app.core.errors import N_, Invalid
from app.exchange.plan_file import tables

MOST_UNPACKED, MOST_PARTS = 20_000_000, 500
NO_VALUE = N_(
    "Cette formule n'a pas de valeur : ouvrez le fichier dans votre tableur, enregistrez-le, ou écrivez la "
    "valeur à la place."
)
HAS_ERROR = N_("Cette formule donne une erreur : corrigez-la, ou écrivez la valeur à la place.")
_PARTS = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/[\w./ -]+\.(?:xml|rels)")
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HOLDS = ("v", "f", "is")
_LONGEST_NUMBER = 9
Faults = dict[tuple[int, int], str]


@dataclass
class Guarded:
    """A workbook packed again, and the faults of each of its parts, by the name of the part."""

    data: bytes
    parts: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, Faults] = field(default_factory=dict)


def examine(data: bytes) -> Guarded:
    """Return a workbook that can be read in peace. Raise Invalid for any other."""
    try:
        parts = _unpack(data)
        sheets = {name: _Sheet().read(part) for name, part in parts.items()}
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, RuntimeError, ValueError, EOFError, OSError):
        raise Invalid(tables.UNREADABLE, "file") from None
    _check_texts(list(sheets.values()))
    return Guarded(_pack(parts), parts, {name: sheet.faults for name, sheet in sheets.items()})


def _check_texts(sheets: list["_Sheet"]) -> None:
    """Raise Invalid for cells whose texts are too long together, each counted wherever it stands.

    Any part may hold the shared texts, so the longest of each number counts.
    """
    lengths: list[int] = [max(ones) for ones in zip_longest(*(sheet.texts for sheet in sheets), fillvalue=0)]
    longest = max(lengths, default=0)
    total = 0
    for sheet in sheets:
        total += sheet.length + sheet.unknown * longest
        total += sum(times * (lengths[number] if number < len(lengths) else 0) for number, times in sheet.named.items())
    if total > tables.MOST_CHARACTERS:
        raise tables.too_large()


def _unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts that hold cells, texts and formats. Raise Invalid past the budget, BadZipFile for a lie."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in dict.fromkeys(archive.namelist()) if _PARTS.fullmatch(name)]
        bytes_left = MOST_UNPACKED
        parts: dict[str, bytes] = {}
        if len(names) > MOST_PARTS:
            raise tables.too_large()
        if not {archive.getinfo(name).compress_type for name in names} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ValueError("a workbook is packed in one way")
        for name in names:
            with archive.open(name) as part:
                parts[name] = part.read(bytes_left + 1)
            bytes_left -= len(parts[name])
            if bytes_left < 0:
                raise tables.too_large()
    return parts


def _pack(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


class _Sheet:
    """Follow the cells of one part: where each stands, whether its formula has a value, and how long their texts are.

    `length` is that of the texts that stand in cells, `named` how many cells name each shared text, `unknown` how many
    name one in a way of their own; `texts` are the lengths of the shared texts, where the part holds those.
    """

    def __init__(self) -> None:
        self.row, self.column, self.kind, self.value = -1, -1, "", ""
        self.has_formula = self.is_in_cell = self.is_in_value = False
        self.faults: Faults = {}
        self.length = self.unknown = 0
        self.named: Counter[int] = Counter()
        self.texts: list[int] = []

    def read(self, part: bytes) -> "_Sheet":
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._begin, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._text, self._refuse
        parser.Parse(part, True)
        return self

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = _number(attributes["r"]) - 1 if "r" in attributes else self.row + 1, -1
        elif tag == "c":
            self._place(attributes.get("r"))
            self.kind, self.has_formula, self.value, self.is_in_cell = attributes.get("t", ""), False, "", True
        elif tag == "si":
            self.texts.append(0)
        elif tag in _HOLDS:
            self._check()
            self.has_formula |= tag == "f"
            self.is_in_value = tag == "v"

    def _place(self, reference: str | None) -> None:
        """Move to a cell, which says its place or follows the one before. Raise ValueError for no place."""
        if reference is None:
            self.column += 1
            return
        match = _CELL.fullmatch(reference.upper())
        if match is None:
            raise ValueError(reference)
        self.row, self.column = _number(match[2]) - 1, _column(match[1])

    def _check(self) -> None:
        if self.row >= tables.MOST_ROWS or self.column >= tables.MOST_COLUMNS:
            raise tables.too_large()

    def _text(self, text: str) -> None:
        if self.is_in_cell:
            self.length += len(text)
        elif self.texts:
            self.texts[-1] += len(text)
        if self.is_in_value and len(self.value) < _LONGEST_NUMBER:
            self.value += text.strip()[:_LONGEST_NUMBER]

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag == "v" and self.kind == "s":
            self._name(self.value)
        self.is_in_value = self.is_in_value and tag != "v"
        if tag != "c":
            return
        self.is_in_cell = False
        if self.kind == "e":
            self.faults[self.row, self.column] = HAS_ERROR
        elif self.has_formula and not self.value:
            self.faults[self.row, self.column] = NO_VALUE

    def _name(self, number: str) -> None:
        """Count a cell that names a shared text by its number."""
        if number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER:
            self.named[int(number)] += 1
        else:
            self.unknown += 1

    def _refuse(self, *_doctype: Any) -> None:
        raise ValueError("a workbook declares no entity")


def _number(text: str) -> int:
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if found < 1:
        raise ValueError(text)
    return found


def _column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1
