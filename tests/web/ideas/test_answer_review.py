"""What a reviewer rewrites goes back with the remark; what an answer that leaves the step shows to the public."""

from app.core.db import db
from app.ideas.models import Idea
from tests.web.ideas.test_answer import read_draft, write


def test_what_a_reviewer_rewrote_goes_back_with_the_remark(two_of_a_team, address, idea, answer_review):
    writer, colleague = two_of_a_team
    write(writer, address, "ask", reason="Les premiers mots.")
    refusal = colleague.submit(address, "#answer-form", button="publish", reason="Les mots relus.")
    assert (
        refusal.status_code == 422
        and "Vous avez changé les mots" in refusal.words
        and read_draft().reason == "Les premiers mots."
    )
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


def test_the_public_reads_an_answer_that_leaves_the_step(two_of_a_team, address, idea, visitor):
    write(two_of_a_team[0], address, "publish", status="same", reason="Nous attendons le budget.")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Nous attendons le budget." in page.soup.select_one("#answer").get_text()
    assert page.soup.select_one(".timeline li .what").get_text(" ", strip=True).endswith("par Wanda Rédige")
    assert "Réponse à une contribution\xa0: Proposition" in visitor.get("/journal").text
    assert "Réponse, sans changer" in visitor.get("/").words
