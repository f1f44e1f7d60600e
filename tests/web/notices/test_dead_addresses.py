"""An address that does not exist: notices stay on the site, and the account says what to do."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import dead_addresses
from app.core.unit import unit
from app.notifications.service import notices
from app.web.frame import mail
from app.web.notices.immediate_mails import write_mails

SILENT = "n'existe pas"


@pytest.fixture
def dead(app: Any, make: Any, post: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody whose address a real server refused twice."""
    person: User = make.user()
    office = post(answers={person.email: "550 5.1.1 no such user"})
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    monkeypatch.setitem(app.config, "MAIL_URL", office.url())
    for key in ("first", "second"):
        tell(person, key)
        assert write_mails() == 1 and mail.deliver() == 0
    return person


def tell(person: User, key: str) -> None:
    with unit():
        notices.tell(person.id, "account.signed_out", key)


def words(browser: Any, path: str) -> str:
    return str(browser.get(path).words).replace("\u2019", "'")


def test_its_notices_are_on_the_site_alone_and_the_account_and_administrators_know(
    dead: User, make: Any, sign_in: Any, outbox: Any
) -> None:
    tell(dead, "third")
    assert write_mails() == 0 and len(outbox.to(dead.email)) == 2
    reader, admin = sign_in(dead), sign_in(make.user(role="admin"))
    assert len(reader.get("/notifications").soup.select(".notices li li")) == 3 and SILENT in words(reader, "/account")
    assert SILENT in words(admin, f"/people/{dead.id}") and SILENT not in words(admin, f"/people/{make.user().id}")
    assert SILENT not in words(sign_in(make.user()), "/account")


def test_it_is_tried_again_once_the_person_asks(dead: User, sign_in: Any, outbox: Any) -> None:
    reader = sign_in(dead)
    assert "partiront de nouveau" in reader.submit("/account", "form[action$=revival]", follow=True).words
    assert SILENT not in words(reader, "/account")
    tell(dead, "third")
    assert write_mails() == 1


def test_what_a_person_asks_for_is_tried_all_the_same_and_tells_that_it_is_back(
    dead: User, visitor: Any, post: Any, app: Any, monkeypatch: pytest.MonkeyPatch, outbox: Any
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", post().url())
    visitor.submit("/forgot", "main form", email=dead.email)
    assert outbox.links(outbox.to(dead.email)[-1])
    assert mail.deliver() == 1 and not dead_addresses.is_dead(dead.email)


def test_a_changed_address_starts_anew(dead: User, sign_in: Any, outbox: Any) -> None:
    former, reader = str(dead.email), sign_in(dead)
    reader.submit("/account/email", "main form", email="nouvelle@example.org")
    link = outbox.links(outbox.to("nouvelle@example.org")[-1])[0]
    assert reader.submit(reader.get(link, follow_redirects=True), "main form").status_code == 303
    assert not dead_addresses.is_dead(former) and SILENT not in words(reader, "/account")
