"""What a reviewer rewrites goes back with the remark; what an answer that leaves the step shows to the public."""
import pytest

from app.core.db import db
from app.ideas.models import Idea
from tests.support.world import HERE
from tests.web.ideas.test_answer import read_draft, write


@pytest.fixture
def address(idea):
    return f"/ideas/{idea.id}/status"


@pytest.fixture
def team(make, sign_in):
    """Two facilitators of the community, each in a browser."""
    people = [make.user("Wanda Rédige"), make.user("Colin Relit")]
    for user in people:
        make.facilitator(user, HERE)
    return [sign_in(user) for user in people]


def test_what_a_reviewer_rewrote_goes_back_with_the_remark(team, address, idea, answer_review):
    writer, colleague = team
    write(writer, address, "ask", reason="Les premiers mots.")
    refusal = colleague.submit(address, "#answer-form", button="publish", reason="Les mots relus.")
    assert refusal.status_code == 422 and "Vous avez changé les mots" in refusal.words and read_draft().reason == "Les premiers mots."
    assert refusal.soup.select_one("#reason").get_text().strip() == "Les mots relus."
    refusal = colleague.submit(refusal, "#answer-form", button="return")
    assert refusal.status_code == 422 and refusal.soup.select_one("#reason").get_text().strip() == "Les mots relus."
    assert colleague.submit(refusal, "#answer-form", button="return", remark="Plus court.").status_code == 303
    page = writer.get(address)
    assert "réécrit par Colin Relit" in page.words and "Plus court." in page.words
    assert page.soup.select_one("#reason").get_text().strip() == "Les mots relus."
    assert writer.submit(page, "#answer-form", button="publish").status_code == 303
    db.session.rollback()
    assert db.session.get(Idea, idea.id).status == "under_review"


def test_the_public_reads_an_answer_that_leaves_the_step(team, address, idea, visitor):
    write(team[0], address, "publish", status="same", reason="Nous attendons le budget.")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Nous attendons le budget." in page.soup.select_one("#answer").get_text()
    assert page.soup.select_one(".journey li .what").get_text(" ", strip=True) .endswith("par Wanda Rédige")
    assert "Réponse à une contribution\xa0: Proposée" in visitor.get("/journal").text
    assert "Réponse, sans changer" in visitor.get("/").words
