"""A form in which a group of fields repeats: it has a row more or less at the press of a button, without a script.

The fields of the row n (from 0) of a group are named `group-n-cell`. The button `add group` shows the form with one
more row, `drop group n` without that one, `raise group n` with it before its neighbour; nothing is stored.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, ClassVar, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms.fields.core import UnboundField
from wtforms.validators import StopValidation

from app.core.numbers import row_number
from app.forms.overlaps import Part, SharedForm, plain

Cells = dict[str, str]
ACTS = ("add", "drop", "raise")


@dataclass(frozen=True)
class Group:
    """What repeats: `make(n)` returns the fields of a row by cell (n counts from 1); `most` is how many rows may be.

    Each field is given its label and its validators by place. `aside` names the cells that say nothing by themselves,
    as the page gives them: a row in which all the others are empty is no row. `label` names the group. `folded` names
    the cells that a page folds in their row, under the name that it gives to "folded".
    """

    name: str
    make: Callable[[int], dict[str, UnboundField]]
    most: int
    aside: tuple[str, ...] = ()
    label: Any = ""
    folded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a form: its number (from 0) and its fields by cell."""

    number: int
    fields: dict[str, Any]
    is_blank: bool

    def __getitem__(self, cell: str) -> Any:
        return self.fields[cell]


class RowsForm(SharedForm):
    """`GROUPS` are what repeats in it; `read` and `fill` return a form that has as many rows as there are."""

    GROUPS: ClassVar[tuple[Group, ...]] = ()
    COUNTS: ClassVar[tuple[int, ...]] = ()
    changed_group = ""
    """The group that has a row more or less since the page before."""

    @classmethod
    def read(cls) -> Self:
        """Return the form with what was typed, after the act on its rows that its button asks for."""
        row_groups = [_read_rows(group) for group in cls.GROUPS]
        act = read_act()
        for group, rows in zip(cls.GROUPS, row_groups, strict=True):
            if act and act[1] == group.name:
                _do(act[0], rows, act[2], group.most)
        kind: Any = cls
        form: Self = _with_rows(kind, tuple(map(len, row_groups)))(formdata=_renumber(cls.GROUPS, row_groups))
        form.changed_group = act[1] if act else ""
        return form

    @classmethod
    def fill(cls, values: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Self:
        """Return the form with these values and, of each group, these rows and one that is empty."""
        counts = tuple(min(len(rows.get(group.name, ())) + 1, group.most) for group in cls.GROUPS)
        data = dict(values)
        for group in cls.GROUPS:
            for n, row in enumerate(rows.get(group.name, ())):
                data |= {f"{group.name}-{n}-{cell}": value for cell, value in row.items()}
        kind: Any = cls
        form: Self = _with_rows(kind, counts)(formdata=None, data=data)
        return form

    def parts(self) -> dict[str, Part]:
        """Return each group as one part, beside the fields."""
        starts = tuple(f"{group.name}-" for group in self.GROUPS)
        found = {name: part for name, part in super().parts().items() if not name.startswith(starts)}
        return found | {group.name: self._part(group) for group in self.GROUPS}

    def _part(self, group: Group) -> Part:
        rows = [row for row in self.rows(group.name) if not row.is_blank]
        values = [
            {
                cell: row_number(str(field.data or "")) if cell == "id" else plain(field.data)
                for cell, field in row.fields.items()
            }
            for row in rows
        ]
        return Part(group.label, values or "", [field for row in rows for field in row.fields.values()])

    def list_filled(self, names: Sequence[str]) -> list[str]:
        """Return the labels of those fields and groups that hold something else than an empty page gives."""
        parts = self.parts()
        given = {name: plain(self[name].default) if name in self else "" for name in names}
        return [str(parts[name].label) for name in names if name in parts and not _is_given(parts[name], given[name])]

    def is_asked(self, *names: Sequence[str]) -> bool:
        """Tell whether one of those fields and groups is to be looked at: refused, or with other rows than before."""
        parts, asked = self.parts(), set(chain(*names))
        fields = [field for name in asked & parts.keys() for field in parts[name].fields]
        overlaps = any(one.name in asked for one in self.overlaps)
        return overlaps or self.changed_group in asked or any(field.errors for field in fields)

    def take(self, name: str, present: Self) -> None:
        """Put what is stored now in a field, or in the rows of a group."""
        names = [group.name for group in self.GROUPS]
        if name not in names:
            super().take(name, present)
            return
        fields: Any = self._fields
        for field in [one for one in fields if one.startswith(f"{name}-")]:
            del fields[field]
        fields.update({one: field for one, field in present._fields.items() if one.startswith(f"{name}-")})
        at = names.index(name)
        self.COUNTS = (*self.COUNTS[:at], present.COUNTS[at], *self.COUNTS[at + 1 :])

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a group."""
        at = [group.name for group in self.GROUPS].index(name)
        return [Row(n, _cells(self, name, n), _is_blank(self, self.GROUPS[at], n)) for n in range(self.COUNTS[at])]

    def values_of(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield what was typed in each row of a group, by cell, without those that are empty."""
        for row in self.rows(name):
            if not row.is_blank:
                yield {cell: field.data for cell, field in row.fields.items()}

    def name_next(self, act: str, name: str, number: Any, cell: str) -> str:
        """Name the field, of that cell, that one types in next after an act on a row; the group where none is left."""
        count = len(self.rows(name))
        n = count if act == "add" else number - 1 if act == "raise" else min(number, count - 2)
        return f"{name}-{n}-{cell}" if n >= 0 else name

    def list_folded(self, name: str) -> Sequence[str]:
        """Return the cells of a group that its page folds in their row."""
        return next(group.folded for group in self.GROUPS if group.name == name)

    def has_room(self, name: str) -> bool:
        """Tell whether a group may have one more row."""
        return any(
            group.name == name and count < group.most for group, count in zip(self.GROUPS, self.COUNTS, strict=True)
        )


def read_act() -> tuple[str, str, int] | None:
    """Return what the button asks for the rows: the act, the group, the number of the row; None if it asks nothing."""
    act, _space, rest = request.form.get("act", "").partition(" ")
    name, _space, number = rest.partition(" ")
    return (act, name, int(number) if number.isascii() and number.isdigit() else 0) if act in ACTS else None


class UnlessBlank:
    """Ask nothing of a cell of a row that is empty: no cell is said to be required."""

    field_flags = {"required": False}  # noqa: RUF012 - WTForms reads it from the class

    def __init__(self, group: Group, number: int):
        self.group, self.number = group, number

    def __call__(self, form: Any, field: Any) -> None:
        if _is_blank(form, self.group, self.number):
            field.errors = []
            raise StopValidation()


@lru_cache(maxsize=256)
def _with_rows(kind: Any, counts: tuple[int, ...]) -> Any:
    """Return the form with so many rows of each of its groups."""
    fields: dict[str, Any] = {"COUNTS": counts}
    for group, count in zip(kind.GROUPS, counts, strict=True):
        for n in range(count):
            for cell, field in group.make(n + 1).items():
                label, validators = (*field.args, ())[:2]
                # First, to be asked before the others; last, for its flag to stand.
                guard = UnlessBlank(group, n)
                fields[f"{group.name}-{n}-{cell}"] = UnboundField(
                    field.field_class, label, [guard, *validators, guard], **field.kwargs
                )
    return type(kind.__name__, (kind,), fields)


def _is_given(part: Part, given: Any) -> bool:
    return part.value in ("", False) or part.value == given


def _read_rows(group: Group) -> list[Cells]:
    """Return the rows of a group as they were sent, each cell as text."""
    pattern = re.compile(rf"{group.name}-([0-9]{{1,3}})-([a-z_]+)")
    rows: dict[int, Cells] = {}
    for name, value in request.form.items():
        found = pattern.fullmatch(name)
        if found:
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return [rows[n] for n in sorted(rows)][: group.most]


def _do(act: str, rows: list[Cells], number: int, most: int) -> None:
    if act == "add" and len(rows) < most:
        rows.append({})
    elif act == "drop" and number < len(rows):
        rows.pop(number)
    elif act == "raise" and 0 < number < len(rows):
        rows.insert(number - 1, rows.pop(number))


def _renumber(groups: Sequence[Group], row_groups: Sequence[list[Cells]]) -> MultiDict[str, str]:
    """Return the request's form with the rows of its groups numbered anew."""
    names = tuple(f"{group.name}-" for group in groups)
    data = MultiDict([(name, value) for name, value in request.form.items(multi=True) if not name.startswith(names)])
    for group, rows in zip(groups, row_groups, strict=True):
        for n, row in enumerate(rows):
            data.update({f"{group.name}-{n}-{cell}": value for cell, value in row.items()})
    return data


def _cells(form: Any, name: str, n: int) -> dict[str, Any]:
    start = f"{name}-{n}-"
    return {field.name.removeprefix(start): field for field in form if field.name.startswith(start)}


def _is_blank(form: Any, group: Group, n: int) -> bool:
    fields = _cells(form, group.name, n)
    return not any(_is_typed(field, is_aside=cell in group.aside) for cell, field in fields.items())


def _is_typed(field: Any, *, is_aside: bool) -> bool:
    """Tell whether a field holds something, even what it can't read; one aside, something else than the page gave."""
    if is_aside and (not field.default or field.data == field.default):
        return False
    is_zero = field.data == 0 and field.data is not False
    return bool(field.data or is_zero or any(str(value).strip() for value in field.raw_data or ()))
