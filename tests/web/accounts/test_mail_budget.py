"""One budget of mails for each address, all forms together; whoever needs one is not kept from it by the others."""

import pytest

from app.accounts import mail_budget
from tests.support.accounts import NEW, at, confirm, enforce_limits, enter, follow, is_in, open_account, register
from tests.support.make import PASSWORD

# What is counted is told by each engine.
pytestmark = pytest.mark.both_engines

THERE = "10.66.0.1"


@pytest.fixture(autouse=True)
def counting(app):
    with enforce_limits(app):
        yield


def test_what_others_ask_refuses_no_forgotten_password(make, new_browser, outbox):
    email, stranger = make.user().email, at(new_browser(), THERE)
    for path in ("/forgot", "/confirm"):
        for _n in range(7):
            stranger.submit(path, "main form", email=email)
    for _n in range(7):
        register(at(new_browser(), THERE), email=email)
    owner = new_browser()
    assert owner.submit("/forgot", "main form", email=email).status_code == 303
    link = next(
        link for mail in reversed(outbox.to(email)) for link in outbox.links(mail) if link.startswith("/forgot/")
    )
    assert owner.submit(follow(owner, link), "main form", password=NEW).status_code == 303
    assert enter(owner, email, NEW).status_code == 303


@pytest.mark.parametrize("exists", [True, False])
def test_one_budget_of_mails_for_an_address_all_forms_together(make, sign_in, new_browser, outbox, clock, exists):
    email = make.user().email if exists else "personne@nulle-part.org"
    mover, browser = sign_in(make.user()), new_browser()
    for _n in range(5):
        for path in ("/forgot", "/confirm"):
            browser.submit(path, "main form", email=email)
        register(browser, email=email)
        mover.submit("/account/email", "main form", email=email)
    assert len(outbox.to(email)) <= 7
    clock.forward(hours=1, minutes=5)
    before = len(outbox.to(email))
    browser.submit("/forgot" if exists else "/confirm", "main form", email=email)
    assert len(outbox.to(email)) == before + 1


def test_the_tags_of_an_address_share_one_budget_and_refuse_no_account(make, new_browser, outbox):
    owner, stranger = make.user(email="marie+site@example.org"), at(new_browser(), THERE)
    for n in range(12):
        register(at(new_browser(), THERE), email=f"marie+{n}@example.org")
        stranger.submit("/confirm", "main form", email=f"marie+{n}@example.org")
    assert len(outbox) == 7
    new_browser().submit("/forgot", "main form", email="marie+site@example.org")
    register(new_browser(), email="marie@example.org")
    assert len(outbox.to(owner.email)) == len(outbox.to("marie@example.org")) == 1


def test_what_was_asked_before_the_account_keeps_no_mail_back(new_browser, outbox):
    stranger, owner = at(new_browser(), THERE), new_browser()
    for _n in range(3):
        stranger.submit("/forgot", "main form", email="marie@example.org")
    open_account(owner, outbox)
    before = len(outbox.to("marie@example.org"))
    new_browser().submit("/forgot", "main form", email="marie@example.org")
    assert len(outbox.to("marie@example.org")) == before + 1


@pytest.mark.parametrize("way", ["reset", "change"])
def test_a_mail_leaves_again_once_those_of_before_are_void(make, new_browser, sign_in, outbox, way):
    user = make.user()
    email, stranger, owner = user.email, at(new_browser(), THERE), new_browser()
    for _n in range(3):
        stranger.submit("/forgot", "main form", email=email)
    link = outbox.links(outbox.to(email)[-1])[0]
    if way == "reset":
        owner.submit(follow(owner, link), "main form", password=NEW)
    else:
        sign_in(user).submit("/account/password", "main form", password=PASSWORD, new_password=NEW)
    before = len(outbox.to(email))
    owner.submit("/forgot", "main form", email=email)
    page = follow(owner, outbox.links(outbox.to(email)[-1])[0])
    assert len(outbox.to(email)) == before + 1 and page.soup.select("main [name=password]")


def test_past_the_budget_pages_answer_as_always(make, new_browser):
    browser, pages = new_browser(), set()
    for email in (make.user().email, "personne@nulle-part.org"):
        for path in ("/forgot", "/confirm"):
            for _n in range(4):
                answer = browser.submit(path, "main form", email=email, follow=True)
                pages.add((path, answer.status_code, answer.words.replace(email, "@")))
    assert len(pages) == 2, "one page for each form, whoever has the address and however often it was asked"


def test_an_address_that_others_registered_often_still_opens_for_whoever_reads_its_mails(new_browser, outbox):
    for _n in range(8):
        register(at(new_browser(), THERE), email="marie@example.org", password=NEW, name="Un Intrus")
    owner = new_browser()
    assert register(owner).status_code == 303
    assert confirm(owner, outbox.links(outbox.to("marie@example.org")[-1])[0]).status_code == 303
    assert is_in(owner) and "Marie Tremblay" in owner.get("/account").words


def test_the_first_mail_of_each_kind_goes_whatever_else_was_asked(app):
    with app.test_request_context():
        app.preprocess_request()
        for kind in mail_budget.KINDS:
            for asked in (kind, *(other for other in mail_budget.KINDS if other != kind)):
                email = f"{kind}@example.org"
                went = [mail_budget.claim(asked, email) for _n in range(9)]
                assert went[0] and sum(went) == (2 if asked == kind else 1)
        assert mail_budget.claim("reset", "autre@example.org")
