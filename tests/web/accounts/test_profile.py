"""What a person says of themselves, what of it is shown, and what is left when they go."""

import pytest
from sqlalchemy import String, inspect, select

from app.accounts.models.documents import Consent
from app.accounts.models.people import User
from app.accounts.models.sessions import Attempt, Session, Submission
from app.core import clock
from app.core.db import db
from app.reference.models import Organisation, Territory
from tests.support.accounts import enforce_limits, enter, holder, is_in, open_account, register, set_up_second_factor
from tests.support.browser import Browser
from tests.support.make import PASSWORD
from tests.support.queries import costs_alike
from tests.support.tampering import tamper

ABOUT = "J'habite près du lac et je cultive des courges."


@pytest.fixture
def rosalie(make, sign_in):
    """Return the id and the browser of a person whose profile is full, and shows nothing of it."""
    user = make.user(name="Rosalie Bigras")
    user_id, browser = user.id, sign_in(user)
    code = db.session.scalar(select(Territory.code).where(Territory.kind != "mrc").limit(1))
    page = browser.submit("/account/profile", "main form", about=ABOUT, territory=code, organisation="Maison Goéland")
    answer = browser.submit(page, "main form")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/members/{user_id}")
    return user_id, browser


def test_a_profile_shows_the_name_alone_by_default(rosalie, visitor, make):
    make.idea(holder(rosalie[0]), title="Des bleuets pour l'école")
    page = visitor.get(f"/members/{rosalie[0]}")
    assert page.soup.h1.get_text() == "Rosalie Bigras"
    place = db.session.scalar(select(Territory.name).join(User, User.territory_id == Territory.id))
    assert not any(word in page.words for word in (ABOUT, "Goéland", place, "personne1@", "bleuets"))


@pytest.mark.parametrize(
    ("box", "word"), [("shows_about", "courges"), ("shows_organisation", "Goéland"), ("shows_territory", None)]
)
def test_a_profile_shows_what_was_chosen(rosalie, visitor, box, word):
    user_id, browser = rosalie
    browser.submit("/account/profile", "main form", **{box: "y"})
    word = word or db.session.scalar(select(Territory.name).join(User, User.territory_id == Territory.id))
    assert word in visitor.get(f"/members/{user_id}").words
    browser.submit("/account/profile", "main form", **{box: None})
    assert word not in visitor.get(f"/members/{user_id}").words


def test_a_profile_shows_the_public_contributions_of_those_who_want_it(visitor, make):
    user = make.user(shows_activity=True, shows_about=True, about="Je cultive des bleuets.")
    make.idea(author=user, title="Des bleuets pour l'école")
    make.idea(author=user, title="Un brouillon sur les bleuets", status="draft")
    make.idea(author=user, title="Une idée masquée", hidden_at=clock.now())
    page = visitor.get(f"/members/{user.id}")
    assert "Je cultive" in page.words and "pour l'école" in page.words
    assert "brouillon" not in page.words and "masquée" not in page.words


def test_the_form_shows_what_was_told(rosalie):
    page = rosalie[1].get("/account/profile")
    assert page.soup.select_one("#about").get_text().strip() == ABOUT
    assert page.soup.select_one("#organisation")["value"] == "Maison Goéland"
    assert not page.soup.select_one('datalist option[value="Maison Goéland"]')
    assert page.soup.select_one("#territory option[selected]")["value"]


def test_everything_may_be_taken_back(rosalie):
    user_id, browser = rosalie
    browser.submit("/account/profile", "main form", name="Rosalie B.", about="", territory="", organisation="")
    user = holder(user_id)
    assert (user.name, user.sort_key, user.about, user.territory_id, user.organisation_id) == (
        "Rosalie B.",
        "rosalie b",
        "",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 81),
        ("name", "Réflexe DS"),
        ("about", "x" * 501),
        ("organisation", "x" * 121),
        ("territory", "nulle-part"),
        ("territory", "-1"),
    ],
)
def test_a_refused_profile_keeps_what_was_typed(rosalie, field, value):
    user_id, browser = rosalie
    send = tamper if field == "territory" else Browser.submit
    answer = send(browser, "/account/profile", "main form", **{"about": "Autre chose", field: value})
    assert answer.status_code == 422
    assert answer.soup.select_one(f"#{field}-error")
    if field != "about":
        assert "Autre chose" in answer.soup.select_one("#about").get_text()
    assert holder(user_id).about == ABOUT


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"])
def test_what_is_typed_stays_text(rosalie, visitor, text):
    user_id, browser = rosalie
    page = browser.submit(
        "/account/profile",
        "main form",
        name=text,
        about=text,
        shows_about="y",
        organisation=text,
        shows_organisation="y",
    )
    assert browser.submit(page, "main form").status_code == 303
    html = visitor.get(f"/members/{user_id}").get_data(as_text=True)
    assert "<script>alert" not in html and "<img src=x" not in html and ">49<" not in html


def test_the_language_is_kept_for_pages_and_mails(sign_in, make):
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    answer = browser.submit("/account", 'main form[action="/account/language"]', locale="en")
    assert answer.headers["Location"] == "/account"
    assert browser.get(answer.headers["Location"]).soup.html["lang"] == "en-CA"
    assert holder(user_id).locale == "en"
    assert tamper(browser, "/account", 'main form[action="/account/language"]', locale="xx").status_code == 422


def test_pages_cost_the_same_for_many_organisations(rosalie, make):
    def fill(times):
        for n in range(times):
            organisation = make.add(Organisation(name=f"Organisme {times}-{n}", sort_key=f"organisme {times} {n}"))
            make.user(organisation_id=organisation.id, shows_organisation=True)

    costs_alike(fill, (rosalie[1], "/account/profile"))
    assert len(rosalie[1].get("/account/profile").soup.select("datalist option")) == 20


def traces(*words: str) -> list[str]:
    """Return every table and column of text in which one of these words is found."""
    db.session.rollback()
    tables = inspect(db.engine).get_table_names()
    found = []
    for table in (table for table in db.metadata.sorted_tables if table.name in tables):
        for column in (column for column in table.c if isinstance(column.type, String)):
            texts = " ".join(str(value) for value in db.session.scalars(select(column)))
            found += [f"{table.name}.{column.name}: {word}" for word in words if word.casefold() in texts.casefold()]
    return found


def test_leaving_leaves_nothing_personal(app, visitor, new_browser, outbox, make):
    email = "rosalie.bigras@example.org"
    with enforce_limits(app):
        register(new_browser(), name="Rosalie B.", email=email)
        open_account(visitor, outbox, name="Rosalie Bigras", email=email)
        enter(new_browser(), email, "pas la bonne phrase")
        visitor.submit("/account/profile", "main form", about=ABOUT)
        set_up_second_factor(visitor)
        visitor.submit("/account/recovery-codes", "main form")
        enter(new_browser(), email, "pas la bonne phrase")
        new_browser().submit("/forgot", "main form", email=email)
        user = db.session.scalar(select(User).where(User.email == email))
        user_id, secret = user.id, user.tf_totp_secret
        make.add(Submission(user_id=user_id, form_key="k"))
        make.vote(holder(user_id), make.idea(), is_named=True)
        assert traces("Rosalie", "rosalie.bigras", "courges")
        answer = visitor.submit("/account/closing", "main form", password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert traces("Rosalie", "rosalie.bigras", "Bigras", "courges", secret) == []
    user = holder(user_id)
    assert user.is_closed and not user.active
    assert (user.email, user.password, user.name, user.about, user.tf_totp_secret, user.mf_recovery_codes or None) == (
        None,
        None,
        "",
        "",
        None,
        None,
    )
    for table in (Session, Consent, Submission):
        assert not db.session.scalars(select(table)).all()
    assert set(db.session.scalars(select(Attempt.kind))) == {
        "sign_in_at",
        "register_at",
        "forgot_at",
        "letter:registration",
        "letter:reset",
        "password",
    }
    assert not is_in(visitor)
    assert visitor.get(f"/members/{user_id}").status_code == 404
    assert register(new_browser(), email=email).status_code == 303, "the address may come back"


def test_leaving_takes_the_password(sign_in, make):
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    page = browser.get("/account/closing")
    assert "Ancien membre" in page.words
    for password in ("", "pas la bonne"):
        assert browser.submit(page, "main form", password=password).status_code == 422
    assert not holder(user_id).is_closed and is_in(browser)


def test_the_other_browsers_are_out_too(sign_in, make):
    user = make.user()
    here, there = sign_in(user), sign_in(user)
    here.submit("/account/closing", "main form", password=PASSWORD)
    assert not is_in(there)


def test_the_last_administrator_stays(sign_in, make):
    user = make.user(role="admin")
    user_id, browser = user.id, sign_in(user)
    assert browser.submit("/account/closing", "main form", password=PASSWORD).status_code == 409
    assert not holder(user_id).is_closed
    make.user(role="admin")
    assert browser.submit("/account/closing", "main form", password=PASSWORD).status_code == 303
