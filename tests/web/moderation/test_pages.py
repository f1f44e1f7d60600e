import pytest

from app.core import clock
from app.core.db import db
from app.measures.models import Measure

FIRST, OTHER = "securite-alimentaire", "transport-collectif"


@pytest.fixture
def addresses(make):
    """What can be moderated: the address of each content's page and of each measure."""
    idea, update = make.idea(community=FIRST), make.update(community=FIRST)
    comment = make.comment(idea, body="Des mots durs")
    return {
        "idea": f"/ideas/{idea.id}-{idea.slug}", "idea acts": f"/ideas/{idea.id}", "comment": f"/comments/{comment.id}",
        "update": f"/communities/{FIRST}/updates/{update.id}", "comment_id": comment.id}


@pytest.fixture
def facilitator(make):
    user = make.user()
    make.facilitator(user, FIRST)
    return user


def measures():
    db.session.rollback()
    return db.session.query(Measure).count()


PAIRS = [("idea acts", "hiding", "restoration"), ("idea acts", "lock", "unlock"), ("comment", "hiding", "restoration"),
         ("update", "hiding", "restoration"), ("update", "lock", "unlock")]


@pytest.mark.parametrize(("what", "act", "undo"), PAIRS)
def test_a_facilitator_acts_with_a_reason_and_undoes_it(addresses, sign_in, facilitator, what, act, undo):
    browser = sign_in(facilitator)
    for path in (f"{addresses[what]}/{act}", f"{addresses[what]}/{undo}"):
        for wrong in ("", "non", "x" * 501):
            answer = browser.submit(path, "form.form", reason=wrong)
            assert answer.status_code == 422 and answer.soup.select_one("textarea").get_text().strip() == wrong
        page = browser.submit(path, "form.form", reason="Une raison <b>claire</b>", follow=True)
        assert page.status_code == 200 and page.soup.select_one("#flashes .notice")
        assert browser.get(path).status_code in (403, 404)
    assert measures() == 2


def test_whoever_wrote_it_may_still_not_undo_what_a_colleague_decided(make, sign_in, facilitator):
    idea = make.idea(author=facilitator, community=FIRST)
    sign_in(make.user(role="coordinator")).submit(f"/ideas/{idea.id}/hiding", "form.form", reason="Une raison claire")
    answer = sign_in(facilitator).forge(f"/ideas/{idea.id}/restoration", reason="Mon motif à moi")
    assert answer.status_code == 404 and measures() == 1


@pytest.mark.parametrize(("what", "act", "undo"), PAIRS)
def test_nobody_else_may(addresses, make, sign_in, visitor, what, act, undo):
    neighbour = make.user()
    make.facilitator(neighbour, OTHER)
    make.user(role="coordinator")
    for path in (f"{addresses[what]}/{act}", f"{addresses[what]}/{undo}"):
        assert visitor.get(path).status_code == 303 and visitor.forge(path, reason="Une raison").status_code == 401
        for user in (make.user(), neighbour, make.user(role="admin"), make.user(confirmed=False)):
            browser = sign_in(user)
            assert browser.get(path).status_code in (403, 404)
            assert browser.forge(path, reason="Une raison claire").status_code in (403, 404)
    assert measures() == 0


def test_a_charge_that_ended_is_no_charge(addresses, make, sign_in):
    user = make.user()
    make.facilitator(user, FIRST, expires_at=clock.ago(days=1))
    assert sign_in(user).get(f"{addresses['idea acts']}/hiding").status_code == 404


def test_the_public_reads_the_reason_in_place_of_a_hidden_comment_and_above_a_locked_thread(
        addresses, make, sign_in, visitor, facilitator):
    browser = sign_in(facilitator)
    browser.submit(f"{addresses['idea acts']}/lock", "form.form", reason="Le ton monte")
    page = visitor.get(addresses["idea"])
    assert "Le ton monte" in page.soup.select_one("#comments .notice").get_text()
    assert page.soup.select_one("#comments form, #comments .acts a") is None
    browser.submit(f"{addresses['comment']}/hiding", "form.form", reason="Attaque personnelle")
    assert "Des mots durs" not in visitor.get(addresses["idea"]).text
    assert "Attaque personnelle" in browser.get(addresses["idea"]).soup.select_one(f"#comment-{addresses['comment_id']}").get_text()


def test_the_acts_are_offered_to_those_in_charge_only(addresses, make, sign_in, facilitator):
    wanted = ("hiding", "/lock")
    offered = sign_in(facilitator).get(addresses["idea"]).text
    member = sign_in(make.user()).get(addresses["idea"]).text
    assert all(word in offered for word in wanted) and not any(f"{word}\"" in member for word in wanted)
    assert "/hiding" in sign_in(make.user(role="coordinator")).get(addresses["update"]).text


def test_a_hidden_idea_is_gone_for_the_public_and_kept_for_its_author(make, sign_in, visitor, facilitator):
    author = make.user()
    idea = make.idea(author=author, community=FIRST, body="Mon texte entier")
    path = f"/ideas/{idea.id}-{idea.slug}"
    sign_in(facilitator).submit(f"/ideas/{idea.id}/hiding", "form.form", reason="Hors sujet")
    assert visitor.get(path).status_code == 404
    for user in (author, facilitator):
        page = sign_in(user).get(path)
        assert "Hors sujet" in page.words and "Mon texte entier" in page.words
