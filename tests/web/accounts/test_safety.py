"""To keep an account one's own: a new password, a new address, and the sessions that end with the old ones."""

from sqlalchemy import select

from app.accounts import registrations
from app.accounts.models.sessions import Session
from app.core.db import db
from tests.support.accounts import NEW, ask_for_reset, enter, follow, holder, is_in, open_account, press, register
from tests.support.make import PASSWORD
from tests.support.queries import costs_alike


def test_a_forgotten_password_is_replaced_by_mail(visitor, sign_in, make, outbox):
    user = make.user()
    user_id, email, elsewhere = user.id, user.email, sign_in(user)
    page = follow(visitor, ask_for_reset(visitor, outbox, email))
    assert page.request.path == "/forgot/link" and page.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.submit(page, "main form", password="court").status_code == 422
    answer = visitor.submit(page, "main form", password=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert not is_in(elsewhere), "whoever was in is out"
    assert enter(visitor, email).status_code == 422
    assert enter(visitor, email, NEW).status_code == 303
    assert outbox.to(email)[-1].subject.startswith("Votre mot de passe a changé")
    assert holder(user_id).email == email


def test_whoever_forgot_the_password_of_an_unconfirmed_address_registers_again(visitor, new_browser, outbox):
    register(new_browser())
    assert ask_for_reset(visitor, outbox, "marie@example.org") == "/register"
    assert outbox.to("marie@example.org")[-1].subject.startswith("Votre inscription attend sa confirmation")
    assert open_account(visitor, outbox, name="Marie T.", password=NEW).name == "Marie T."


def test_a_mail_to_confirm_a_new_address_moves_no_account_by_a_press_of_somebody_else(
    make, sign_in, new_browser, outbox
):
    """An account moved to the address of whoever pressed, and kept its password and its second factor."""
    intruder, hers = make.user(), "marie@example.org"
    intruder_id, old = intruder.id, intruder.email
    sign_in(intruder).submit("/account/email", "main form", email=hers)
    link = outbox.links(outbox.to(hers)[0])[0]
    for browser in (new_browser(), sign_in(make.user())):
        page = follow(browser, link)
        assert not page.soup.select_one("main form[action^='/account/email']")
        browser.forge(link)
        assert holder(intruder_id).email == old


def test_a_new_address_is_confirmed_on_another_device_after_a_sign_in_there(make, sign_in, new_browser, outbox):
    user = make.user()
    user_id, old, phone = user.id, user.email, new_browser()
    sign_in(user).submit("/account/email", "main form", email="nouvelle@example.org")
    assert enter(new_browser(), "nouvelle@example.org").status_code == 422, "nobody confirmed it yet"
    link = outbox.links(outbox.to("nouvelle@example.org")[0])[0]
    page = phone.get(follow(phone, link).headers["Location"])
    assert "l’adresse que votre compte utilise encore" in page.words
    page = phone.get(enter(phone, old, path=page).headers["Location"])
    assert phone.submit(page, "main form").headers["Location"] == "/account"
    assert holder(user_id).email == "nouvelle@example.org"
    follow(phone, link)
    assert "Votre nouvelle adresse est déjà confirmée" in phone.get("/account").words


def test_an_address_that_a_stranger_registered_without_confirming_may_be_moved_to(make, sign_in, new_browser, outbox):
    user = make.user()
    user_id, browser = user.id, sign_in(user)
    register(new_browser(), email="nouvelle@example.org", name="Un Intrus")
    browser.submit("/account/email", "main form", email="nouvelle@example.org")
    press(browser, outbox.links(outbox.to("nouvelle@example.org")[-1])[0])
    assert holder(user_id).email == "nouvelle@example.org" and not registrations.list_waiting("nouvelle@example.org")


def test_a_link_serves_once(visitor, new_browser, make, outbox):
    email = make.user().email
    link = ask_for_reset(visitor, outbox, email)
    visitor.submit(follow(visitor, link), "main form", password=NEW)
    other = new_browser()
    assert follow(other, link).headers["Location"] == "/forgot"
    assert "n'est plus valable" in other.get("/forgot").words.replace("’", "'")


def test_a_link_dies_of_age(visitor, make, outbox, clock):
    link = ask_for_reset(visitor, outbox, make.user().email)
    clock.forward(hours=2, minutes=1)
    assert follow(visitor, link).headers["Location"] == "/forgot"
    assert "a expiré" in visitor.get("/forgot").words


def test_a_link_can_be_used_without_following_it_first(visitor, make, outbox):
    email = make.user().email
    link = ask_for_reset(visitor, outbox, email)
    assert visitor.forge(link, password=NEW).status_code == 303
    assert enter(visitor, email, NEW).status_code == 303


def test_changing_the_password_ends_the_other_sessions(sign_in, make, outbox):
    user = make.user()
    email, here, there = user.email, sign_in(user), sign_in(user)
    wrong = here.submit("/account/password", "main form", password="pas la bonne", new_password=NEW)
    assert wrong.status_code == 422 and wrong.soup.select_one("#password-error")
    assert (
        here.submit("/account/password", "main form", password=PASSWORD, new_password="azertyuiop").status_code == 422
    )
    assert here.submit("/account/password", "main form", password=PASSWORD, new_password=PASSWORD).status_code == 422
    answer = here.submit("/account/password", "main form", password=PASSWORD, new_password=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert is_in(here) and not is_in(there)
    assert outbox.to(email)[-1].subject.startswith("Votre mot de passe a changé")


def test_a_new_address_waits_for_its_confirmation(sign_in, make, outbox, visitor):
    user = make.user()
    old, user_id, here, there = user.email, user.id, sign_in(user), sign_in(user)
    assert here.submit("/account/email", "main form", email="Nouvelle@Example.org").headers["Location"] == "/account"
    assert "nouvelle@example.org" in here.get("/account").words
    assert holder(user_id).email == old and enter(visitor, old).status_code == 303
    link = outbox.links(outbox.to("nouvelle@example.org")[0])[0]
    follow(here, link)
    assert holder(user_id).email == old, "reading the link changes nothing"
    assert press(here, link).headers["Location"] == "/account"
    assert holder(user_id).email == "nouvelle@example.org"
    assert is_in(here) and not is_in(there) and not is_in(visitor)
    assert "de votre compte a changé" in outbox.to(old)[-1].subject
    assert follow(here, link).headers["Location"] == "/account" and holder(user_id).email == "nouvelle@example.org"


def test_the_links_sent_before_die_with_the_old_address(sign_in, make, outbox, visitor, new_browser):
    user = make.user()
    user_id, here = user.id, sign_in(user)
    old_reset = ask_for_reset(visitor, outbox, user.email)
    here.submit("/account/email", "main form", email="une@example.org")
    here.submit("/account/email", "main form", email="deux@example.org")
    first = outbox.links(outbox.to("une@example.org")[0])[0]
    press(here, outbox.links(outbox.to("deux@example.org")[0])[0])
    assert follow(new_browser(), old_reset).headers["Location"] == "/forgot"
    assert follow(here, first).headers["Location"] == "/account"
    here.forge(first)
    assert holder(user_id).email == "deux@example.org"


def test_an_address_that_somebody_else_took_meanwhile_is_not_given(sign_in, make, outbox):
    user = make.user()
    user_id, own, here = user.id, user.email, sign_in(user)
    here.submit("/account/email", "main form", email="libre@example.org")
    link = outbox.links(outbox.to("libre@example.org")[0])[0]
    make.user(email="libre@example.org")
    press(here, link)
    assert holder(user_id).email == own
    assert here.submit("/account/email", "main form", email=own).status_code == 422


def test_the_password_is_asked_again_after_a_while(sign_in, make, clock):
    here = sign_in(make.user())
    clock.forward(minutes=40)
    redirect = here.get("/account/email")
    assert redirect.headers["Location"] == "/account/verify?next=/account/email"
    page = here.get(redirect.headers["Location"])
    assert here.submit(page, "main form", password="pas la bonne").status_code == 422
    assert here.submit(page, "main form", password=PASSWORD).headers["Location"] == "/account/email"
    assert here.get("/account/email").status_code == 200


def test_sessions_are_listed_and_closed_one_by_one(sign_in, make, visitor):
    user, stranger = make.user(), make.user()
    here, there, other = sign_in(user), sign_in(user), sign_in(stranger)
    page = here.get("/account/sessions")
    assert len(page.soup.select("main .list > li")) == 2 and page.words.count("cette session") == 1
    forms = page.soup.select('main .list form[action$="/revocation"]')
    assert len(forms) == 1, "this session is left by signing out"
    assert other.forge(forms[0]["action"]).status_code == 404
    assert here.forge("/account/sessions/999999/revocation").status_code == 404
    assert is_in(there)
    assert here.submit(page, forms[0]).status_code == 303
    assert is_in(here) and not is_in(there)
    assert visitor.get("/account/sessions").status_code == 303


def test_one_leaves_everywhere_at_once(sign_in, make):
    user = make.user()
    here, there = sign_in(user), sign_in(user)
    assert (
        here.submit("/account/sessions", 'main form[action="/account/sessions/revocation"]').headers["Location"]
        == "/login"
    )
    assert not is_in(here) and not is_in(there)
    assert not db.session.scalars(select(Session)).all()
    assert "fermées" in here.get("/login").words


def test_the_list_of_sessions_costs_the_same_for_many(sign_in, make):
    user = make.user()

    def fill(times):
        for n in range(times):
            make.add(Session(token_hash=f"{times}-{n}", user_id=user.id))

    costs_alike(fill, (sign_in(user), "/account/sessions"))
