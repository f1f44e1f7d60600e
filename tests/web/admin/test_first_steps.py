"""The first steps of a site, as an administrator reads them, from their first page until they are done or put away."""

from typing import Any

import pytest

from app.accounts.models.documents import CHARTER, Document
from app.communities.queries import get_public_rooms
from app.core import clock as time
from app.core import settings
from app.core.db import db
from app.core.mail import Outgoing
from app.journal.models import Entry
from app.web.frame import mail
from tests.support.browser import Browser
from tests.support.rows import last

PAGE = "/admin/first-steps"
READ, AWAY, BACK, TEST = (
    f"form[action='{PAGE}/{end}']" for end in ("reading", "putting-away", "putting-away/withdrawal", "mail")
)


def step(browser: Browser, name: str, lang: str = "fr") -> Any:
    return browser.get(f"{PAGE}?lang={lang}").soup.select_one(f"#step-{name}")


def looks(browser: Browser) -> list[str]:
    return [found["class"][0] for found in browser.get(PAGE).soup.select(".strides > li")]


def words(found: Any) -> str:
    return " ".join(found.get_text(" ").split()).replace("’", "'")


@pytest.fixture
def server(app, monkeypatch, post):
    """A mail server, which takes what is sent."""
    office = post()
    monkeypatch.setitem(app.config, "MAIL_URL", office.url())
    return office


def test_home_leads_an_administrator_there_and_nobody_else(make, admin, member, team):
    home = admin.get("/")
    panel = home.soup.select_one("#first-steps").find_parent("section")
    assert "2 pas sur 7" in panel.text and panel.a["href"] == PAGE
    assert "Vérifier que le courriel part" in panel.text
    for browser in (member, team):
        assert not browser.get("/").soup.select_one("#first-steps") and browser.get(PAGE).status_code == 403
    assert admin.get("/settings").soup.select_one(f"main a[href='{PAGE}']"), "they are found there once put away"


def test_the_page_says_where_one_stands_and_what_comes_next(admin):
    page = admin.get(PAGE)
    assert looks(admin) == ["is-done", "is-now", "is-done", "is-next", "is-next", "is-next", "is-next"]
    assert page.soup.h1.text == "Une région de plus prend la route."
    assert page.soup.select_one(".plan-far").text == "2" and page.soup.progress["max"] == "7"
    assert page.soup.select_one(".moment .button")["href"] == "#step-mail"
    assert not page.soup.select("main [type=checkbox]"), "nothing is ticked"
    english = admin.get(f"{PAGE}?lang=en")
    assert english.soup.h1.text == "One more region takes to the road." and "Registration" not in english.words


def test_who_one_is_is_named_with_what_lacks(app, admin, monkeypatch):
    assert "Camille Protection (vie-privee@example.org)" in words(step(admin, "who"))
    monkeypatch.setitem(app.config, "PRIVACY_OFFICER_NAME", "")
    assert "PRIVACY_OFFICER_NAME. Une fois" in words(step(admin, "who")) and looks(admin)[0] == "is-now"


def test_without_a_server_no_mail_can_be_tried(admin):
    found = step(admin, "mail")
    assert "MAIL_URL" in found.text and not found.form


def test_a_test_leaves_to_whoever_asks_and_the_step_is_done_once_a_server_took_it(server, make, sign_in, outbox):
    ada = make.user("Ada", role="admin")
    admin = sign_in(ada)
    sent = admin.submit(PAGE, TEST, follow=True)
    assert "Un essai part vers votre adresse" in sent.words and looks(admin)[1] == "is-now"
    assert [one.recipient for one in outbox.to(ada.email)] == [ada.email]
    assert "Si vous le lisez" in last(Outgoing).text.replace("’", "'")
    assert mail.deliver() == 1 and len(server.messages) == 1
    assert looks(admin)[1] == "is-done" and "Un serveur a pris le dernier le" in words(step(admin, "mail"))


def test_the_communities_without_a_team_are_named_until_they_have_one(make, admin):
    rooms = get_public_rooms().current
    assert "Personne ne peut encore lire ce qu'on enverra à « Sécurité alimentaire »" in words(step(admin, "teams"))
    make.user(facilitates=[room.slug for room in rooms[2:]])
    make.user(role="coordinator")
    told = words(step(admin, "teams"))
    assert f"{len(rooms) - 2} communautés sur {len(rooms)} ont une équipe." in told
    assert f"Personne n'anime encore « {rooms[0].name} » et « {rooms[1].name} »" in told
    assert f"{len(rooms) - 2} communities of {len(rooms)} have a team." in words(step(admin, "teams", "en"))
    make.user(facilitates=[room.slug for room in rooms[:2]])
    assert words(step(admin, "teams")).startswith("Nommer une équipe par communauté : fait")
    make.community(name="Forêt")
    assert "« Forêt »" in words(step(admin, "teams"))


def test_to_have_read_the_texts_is_an_act_that_is_kept_with_who_and_when(admin, make):
    assert "comme si vous les signiez" in words(step(admin, "texts"))
    answer = admin.submit(PAGE, READ, follow=True)
    assert "vous avez lu la charte" in answer.words
    assert "Lues par Ada Technique le" in words(step(admin, "texts")) and not step(admin, "texts").form
    line = db.session.query(Entry).one()
    assert (line.kind, line.facts) == ("settings", {"keys": "texts_read"})
    make.add(Document(name=CHARTER, number=2, body="Autre", summary="Autre", asks_again=False))
    told = words(step(admin, "texts"))
    assert "L'une des deux a changé depuis sa lecture du" in told and step(admin, "texts").form


def test_what_changed_while_it_was_read_is_not_read(admin, make):
    page = admin.get(PAGE)
    make.add(Document(name=CHARTER, number=2, body="Autre", summary="Autre", asks_again=False))
    answer = admin.submit(page, READ)
    assert answer.status_code == 409 and "vient de changer" in answer.words
    assert settings.get_value("texts_read") == ""


def test_what_keeps_the_site_from_being_open_is_named(app, admin, monkeypatch):
    assert "https" in words(step(admin, "opening"))
    monkeypatch.setitem(app.config, "SITE_URL", "https://ici.example.org")
    assert "les moteurs de recherche peuvent montrer le site" in words(step(admin, "opening"))
    admin.submit("/settings", "main form", registration_open=None)
    assert words(step(admin, "opening")).startswith("Ouvrir le site : à venir L'inscription y est fermée.")
    admin.submit("/settings", "main form", registration_open="y")
    assert "fait" in words(step(admin, "opening"))


def test_voices_are_told_as_they_come(app, admin, make, monkeypatch):
    assert words(step(admin, "voices")).startswith("Accueillir trois premières voix : à venir Un site vide")
    monkeypatch.setitem(app.config, "DEMO", True)
    make.idea()
    told = words(step(admin, "voices"))
    assert "1 voix sur trois." in told and "Celles de la démonstration ne comptent pas." in told
    make.idea(), make.idea()
    assert "Trois contributions au moins" in words(step(admin, "voices"))


def test_they_are_put_away_and_taken_back_with_who_and_when(admin, clock):
    answer = admin.submit(PAGE, AWAY, follow=True)
    assert "Les premiers pas sont rangés" in answer.words and "Rangés par Ada Technique le" in answer.words
    assert not admin.get("/").soup.select_one("#first-steps")
    assert not answer.soup.select_one(AWAY) and len(answer.soup.select(".strides > li")) == 7, "the page stays"
    assert "de retour à l’accueil" in admin.submit(PAGE, BACK, follow=True).text
    assert admin.get("/").soup.select_one("#first-steps") and not admin.get(PAGE).soup.select_one(BACK)
    assert db.session.query(Entry).count() == 2


def finish(app, make, monkeypatch):
    for name, value in {"MAIL_URL": "smtp://localhost", "SITE_URL": "https://ici.example.org"}.items():
        monkeypatch.setitem(app.config, name, value)
    make.user(facilitates=[room.slug for room in get_public_rooms().current])
    texts = dict.fromkeys(("recipient", "subject", "text", "html"), "")
    make.add(Outgoing(key="k", message_id="<k@localhost>", sent_at=time.now(), **texts))
    return [make.idea() for _n in range(3)]


def test_once_all_are_done_home_says_no_more_until_one_is_not(app, admin, make, monkeypatch, clock):
    finish(app, make, monkeypatch)
    admin.submit(PAGE, READ)
    page = admin.get(PAGE)
    assert page.soup.h1.text == "La route est ouverte." and page.soup.select_one(".plan-far").text == "7"
    assert looks(admin) == ["is-done"] * 7 and not admin.get("/").soup.select_one("#first-steps")
    make.community(name="Forêt")
    assert "6 pas sur 7" in admin.get("/").text


def test_the_invitation_costs_one_statement_and_nothing_to_others(make, admin, member, count_queries):
    def cost(browser: Browser) -> int:
        browser.get("/")
        with count_queries() as statements:
            browser.get("/")
        return len([one for one in statements if "outbox" in str(one) and "sent_at" in str(one)])

    assert (cost(admin), cost(member)) == (1, 0)
    admin.submit(PAGE, AWAY)
    assert cost(admin) == 0
