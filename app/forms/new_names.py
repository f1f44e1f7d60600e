"""A form in which organisations are named: a name that nobody knew is said once, with near ones, before it is made.

The page asks about each new name in a list of its own, all under one name, since any number of them may be new: an
answer says what was typed and what it becomes. It is no field of the form: what was asked is no part of the thing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.forms.base import Form
from app.hubs.queries.organisations import list_public_names
from app.reference import near_names

ANSWERS, BETWEEN = "new_names", "\t"
SAYS_NEW = _l("« %(name)s » est un nom nouveau : dites ci-dessous s'il faut le créer.")


class NewNamesForm(Form):
    """`new_names` is what the page asks: each new name, with those that are near.

    The `present_organisations` of the thing are never new. Who may not know of all (`KNOWS_ALL`) is asked about each
    that is not public, whether it is there or not.
    """

    KNOWS_ALL: ClassVar[bool] = True
    new_names: Mapping[str, Sequence[str]] = {}
    present_organisations: Collection[str] = frozenset()

    def organisation_fields(self) -> Iterable[Any]:
        """Return the fields in which an organisation is named."""
        raise NotImplementedError

    def validate(self, extra_validators: Any = None) -> bool:
        pairs = [one.partition(BETWEEN) for one in request.form.getlist(ANSWERS)]
        answers = {typed: chosen for typed, _between, chosen in pairs}
        fields = list(self.organisation_fields())
        for field in fields:
            field.data = answers.get(field.data or "", field.data) or ""
        is_right = super().validate(extra_validators)
        asked = self._find_new([field.data for field in fields if not field.errors])
        self.new_names = {name: near for name, near in asked.items() if answers.get(name) != name}
        for field in fields:
            if field.data in self.new_names:
                field.errors = [*field.errors, SAYS_NEW % {"name": field.data}]
        return is_right and not self.new_names

    def _find_new(self, names: Iterable[str]) -> dict[str, list[str]]:
        public_names = None if self.KNOWS_ALL else list_public_names()
        found = near_names.list_questions(names, public_names)
        return {name: near for name, near in found.items() if name not in self.present_organisations}

    def list_answers(self, name: str) -> list[tuple[str, str]]:
        """Return what may be answered about a new name: the value of each choice, and what the page says of it."""
        kept = (f"{name}{BETWEEN}{name}", _("Créer « %(name)s »", name=name))
        near = self.new_names[name]
        return [kept, *((f"{name}{BETWEEN}{other}", _("Choisir « %(name)s »", name=other)) for other in near)]
