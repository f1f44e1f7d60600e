"""Who is given a charge: a name is looked for, and one of the people found is chosen; or an address is typed."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.models.people import User
from app.forms.charges import PersonForm
from app.forms.places import place_name
from app.web.frame.filters import person
from app.web.frame.params import single_param


def find_people(form: PersonForm, *, apart_from: Collection[int] = (), roles: Collection[str] = ()) -> dict[str, Any]:
    """Offer the people of the name in the address, and return what the page shows of the search.

    `apart_from` have the charge already; `roles` are the only ones who may have it (none: all).
    """
    q = single_param("q").strip()
    people = [
        one for one in accounts.list_by_name(q) if one.id not in apart_from and (not roles or one.site_role in roles)
    ]
    form.offer((one.id, _tell(one)) for one in people)
    return {"q": q, "people": people}


def find_chosen(form: PersonForm) -> User | None:
    """Return the account that was chosen, or that has the address; None where there is none."""
    if form.person.data:
        return accounts.find_by_choice(form.person.data)
    return accounts.find_by_email((form.email.data or "").lower())


def _tell(user: User) -> str:
    """Name somebody with what they chose to show, to tell apart those who have one name."""
    details = [
        user.organisation.name if user.shows_organisation and user.organisation else "",
        place_name(user.territory) if user.shows_territory and user.territory else "",
    ]
    more = ", ".join(filter(None, details))
    return _("%(name)s (%(more)s)", name=person(user), more=more) if more else person(user)
