"""The pages of the official answer: its draft, its review, its publication, and what the public reads of it."""

import pytest
from sqlalchemy import select, update

from app.accounts.models.people import User
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Answer, Idea, StatusChange
from tests.support.browser import Browser
from tests.support.queries import MEMBER, PUBLIC, cost, costs_alike
from tests.support.tampering import tamper

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
CANARY = "canari-brouillon"


def read_draft():
    db.session.rollback()
    return db.session.scalars(select(Answer).order_by(Answer.id.desc())).first()


def write(browser, address, act, status="under_review", reason="La rencontre l'étudie.", send=Browser.submit):
    return send(browser, address, "#answer-form", button=act, status=status, reason=reason)


def test_a_draft_is_kept_unfinished_and_opens_for_the_colleague(two_of_a_team, address):
    writer, colleague = two_of_a_team
    assert write(writer, address, "save", status=None, reason="ab").status_code == 303 and read_draft().reason == "ab"
    page = colleague.get(address)
    assert "Brouillon de réponse par Wanda Rédige" in page.words
    assert page.soup.select_one("#answer-form textarea").get_text().strip() == "ab"


@pytest.mark.parametrize(("status", "reason"), [(None, ""), ("achieved", "Trop vite fait."), ("retained", "x" * 2001)])
def test_what_can_not_be_kept_comes_back_as_it_was_typed(two_of_a_team, address, status, reason):
    answer = write(
        two_of_a_team[0], address, "save", status, reason, send=tamper if status == "achieved" else Browser.submit
    )
    assert answer.status_code == 422 and read_draft() is None and answer.soup.select_one(".error-summary")
    assert answer.soup.select_one("#answer-form textarea").get_text().strip() == reason


@pytest.mark.parametrize("act", ["publish", "ask"])
@pytest.mark.parametrize(
    ("status", "reason"), [(None, "Une raison claire"), ("retained", "non"), ("retained", "x" * 2001)]
)
def test_what_is_published_or_read_must_be_whole(two_of_a_team, address, act, status, reason):
    answer = write(two_of_a_team[0], address, act, status=status, reason=reason)
    assert answer.status_code == 422 and read_draft() is None


def test_an_unknown_button_is_refused_and_so_is_a_version_that_no_page_gives(two_of_a_team, address):
    write(two_of_a_team[0], address, "save")
    unknown = {"act": "delete", "status": "retained", "reason": "Une raison"}
    assert {two_of_a_team[0].forge(f"{address}{door}", data=unknown).status_code for door in ("", "/review")} == {400}
    assert [
        two_of_a_team[1].forge(f"{address}/{door}", data={"version": "9" * 400}).status_code
        for door in ("withdrawal", "review")
    ] == [400, 422]


def test_lines_are_kept_and_nothing_in_an_answer_is_markup(two_of_a_team, idea, address, visitor):
    write(two_of_a_team[0], address, "publish", reason="Première ligne.\n\nDeuxième <b>ligne</b>.")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert page.soup.select_one("#answer .answer-words").get_text() == "Première ligne.\n\nDeuxième <b>ligne</b>."
    assert "Sécurité alimentaire" in page.soup.select_one("#answer .facts").get_text()
    assert "Wanda Rédige" in page.soup.select_one("#answer .facts").get_text()


def test_the_last_answer_is_shown_and_the_others_are_folded(two_of_a_team, idea, address, visitor):
    for status in ("under_review", "retained", "under_review"):
        write(two_of_a_team[0], address, "publish", status=status, reason=f"Pourquoi {status}. " + "Des mots. " * 40)
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    assert len(page.soup.select("#answer > .answer")) == 1 and len(page.soup.select("#answer details .answer")) == 2
    assert "2 réponses plus anciennes" in page.words
    order = [tag.get("id") for tag in page.soup.select("#answer, #comments")]
    assert order == ["answer", "comments"]
    for link in page.soup.select("#journey a.why"):
        assert page.soup.select_one(link["href"])
    assert len(page.soup.select("#journey a.why")) == 3 and page.text.count("Pourquoi retained") == 1


def test_an_idea_without_answer_has_no_such_block(idea, visitor, make):
    assert visitor.get(f"/ideas/{idea.id}-{idea.slug}").soup.select_one("#answer") is None
    withdrawn_idea = make.idea(community=HERE, status="withdrawn")
    with unit():
        db.session.add(
            StatusChange(
                idea_id=withdrawn_idea.id, status="withdrawn", by_id=withdrawn_idea.author_id, reason="Déjà fait."
            )
        )
    assert visitor.get(f"/ideas/{withdrawn_idea.id}-{withdrawn_idea.slug}").soup.select_one("#answer") is None


def test_a_way_back_is_named_as_such(two_of_a_team, address):
    write(two_of_a_team[0], address, "publish")
    options = [label.get_text(strip=True) for label in two_of_a_team[0].get(address).soup.select("#status .check")]
    assert [option.replace("’", "'") for option in options[:2]] == [
        "Laisser l'étape comme elle est",
        "Proposition au public (revenir en arrière)",
    ] and "Retenue" in options


@pytest.mark.both_engines
def test_of_two_people_the_later_one_loses_no_word(two_of_a_team, address):
    writer, colleague = two_of_a_team
    before = colleague.get(address)
    write(writer, address, "save", reason="Les mots de Wanda.")
    answer = colleague.submit(before, "#answer-form", button="save", status="retained", reason="Les mots de Colin.")
    assert answer.status_code == 409 and read_draft().reason == "Les mots de Wanda."
    assert answer.soup.select_one("#answer-form textarea").get_text().strip() == "Les mots de Colin."
    assert (
        "Les mots de Wanda." in answer.soup.select_one("#draft").get_text() and "a changé la même chose" in answer.words
    )
    answer = colleague.submit(answer, "#answer-form", button="save", **{"keep-status": "theirs"})
    assert answer.status_code == 409 and read_draft().reason == "Les mots de Wanda."
    assert (
        colleague.submit(answer, "#answer-form", button="save", **{"keep-reason": "yours"}).status_code == 303
        and read_draft().reason == "Les mots de Colin."
    )


def test_words_over_a_draft_that_is_gone_can_be_sent_again(two_of_a_team, address):
    write(two_of_a_team[0], address, "save")
    page = two_of_a_team[1].get(address)
    two_of_a_team[0].submit(address, "#draft form.post")
    answer = two_of_a_team[1].submit(page, "#answer-form", button="save", reason="Ce que j'ajoute.")
    assert answer.status_code == 422 and "Ce que j'ajoute." in answer.words
    assert two_of_a_team[1].submit(answer, "#answer-form", button="save").status_code == 303


def test_publishing_is_offered_once_a_colleague_agreed(two_of_a_team, idea, address, answer_review):
    writer, colleague = two_of_a_team

    def buttons(browser):
        return [button["value"] for button in browser.get(address).soup.select("#answer-form button")]

    assert buttons(writer) == ["ask", "save"]
    refusal = writer.forge(address, data={"status": "under_review", "reason": "Sans relecture."})
    assert refusal.status_code == 422 and "une autre personne" in refusal.words
    write(writer, address, "ask")
    assert "en relecture" in writer.get(address).words and not writer.get(address).soup.select_one("#review")
    assert colleague.submit(address, "#answer-form", button="agree").status_code == 303
    assert buttons(writer) == buttons(colleague) == ["publish", "save"]
    assert "relu par Colin Relit" in writer.get(address).words
    assert writer.submit(address, "#answer-form", button="publish").status_code == 303
    assert db.session.get(Idea, idea.id).status == "under_review"


def test_a_colleague_publishes_at_once(two_of_a_team, idea, address, answer_review, visitor):
    write(two_of_a_team[0], address, "ask", reason="Les mots que Colin publie.")
    answer = two_of_a_team[1].submit(address, "#answer-form", button="publish")
    assert answer.status_code == 303 and answer.headers["Location"].endswith("#answer")
    assert "Les mots que Colin publie." in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words


def test_a_draft_comes_back_with_a_remark(two_of_a_team, address):
    writer, colleague = two_of_a_team
    write(writer, address, "ask")
    for wrong in ("", "non", "x" * 1001):
        answer = colleague.submit(address, "#answer-form", button="return", remark=wrong)
        assert answer.status_code == 422 and answer.soup.select_one("#remark").get_text().strip() == wrong
    assert colleague.submit(address, "#answer-form", button="return", remark="Dites qui décide.").status_code == 303
    page = writer.get(address)
    assert "Dites qui décide." in page.words and "renvoyé par Colin Relit" in page.words
    notices = writer.get("/notifications")
    assert "Dites qui décide." in notices.words and notices.soup.select_one(f'.notices a[href="{address}"]')


def test_who_agrees_to_words_that_changed_is_asked_to_read_again(two_of_a_team, address):
    write(two_of_a_team[0], address, "ask", reason="Les premiers mots.")
    page = two_of_a_team[1].get(address)
    write(two_of_a_team[0], address, "ask", reason="Les seconds mots.")
    answer = two_of_a_team[1].submit(page, "#answer-form", button="return", remark="Ma remarque entière.")
    assert answer.status_code == 422 and "Les seconds mots." in answer.soup.select_one("#draft").get_text()
    assert answer.soup.select_one("#remark").get_text().strip() == "Ma remarque entière."


def test_a_draft_is_put_aside_and_taken_up(two_of_a_team, address):
    write(two_of_a_team[0], address, "save", reason="Un début de réponse.")
    stale = two_of_a_team[1].get(address)
    write(two_of_a_team[0], address, "save", reason="Un autre début.")
    page = two_of_a_team[1].submit(stale, "#draft form.post", follow=True)
    assert "changé pendant que vous le lisiez" in page.words and "Un autre début." in page.words
    page = two_of_a_team[0].submit(address, "#draft form.post", follow=True)
    assert "Un brouillon mis de côté" in page.words and "Un autre début." in page.words
    aside, page = page, two_of_a_team[0].submit(page, ".answer-draft form.post", follow=True)
    assert page.soup.select_one("#answer-form textarea").get_text().strip() == "Un autre début."
    assert two_of_a_team[0].submit(aside, ".answer-draft form.post").status_code == 409


def test_the_page_of_the_idea_tells_the_team_where_the_draft_stands(two_of_a_team, idea, address, visitor):
    page = two_of_a_team[1].get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Répondre au nom de la communauté" in page.words
    write(two_of_a_team[0], address, "ask")
    page = two_of_a_team[1].get(f"/ideas/{idea.id}-{idea.slug}")
    assert "Brouillon de réponse par Wanda Rédige, en relecture." in page.words
    assert "en relecture" not in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words


def test_a_draft_whose_step_is_no_longer_possible_says_so(two_of_a_team, idea, address):
    write(two_of_a_team[0], address, "save", status="retained", reason="Retenue en avril.")
    form_page = two_of_a_team[0].get(address)
    with unit():
        db.session.execute(update(Idea).values(status="retained"))
    assert "L'idée a changé d'étape depuis ce brouillon" in two_of_a_team[0].get(address).words.replace("’", "'")
    assert write(two_of_a_team[0], form_page, "publish", status="retained").status_code == 422


def test_the_words_of_a_draft_never_leave_the_team(two_of_a_team, make, sign_in, visitor, idea, address, ned):
    write(two_of_a_team[0], address, "ask", reason=f"Le brouillon {CANARY}.")
    two_of_a_team[1].submit(address, "#answer-form", button="return", remark=f"La remarque {CANARY}.")
    author = db.session.get_one(User, idea.author_id)
    others = [visitor, *map(sign_in, (ned, make.user(), make.user(role="admin"), author))]
    pages = (
        "/",
        "/ideas",
        f"/ideas/{idea.id}-{idea.slug}",
        f"/ideas/{idea.id}/revisions",
        address,
        f"/communities/{HERE}",
        f"/moderation/{HERE}/bulk",
        "/notifications",
        "/sitemap.xml",
        f"/members/{idea.author_id}",
    )
    for aside in (False, True):
        for browser in others:
            for path in pages:
                assert CANARY not in browser.get(path).get_data(as_text=True), path
            assert "Aucune idée" in browser.get(f"/ideas?q={CANARY}").words
        if not aside:
            two_of_a_team[0].submit(address, "#draft form.post")


def test_the_page_costs_the_same_for_one_answer_and_for_twenty(two_of_a_team, idea, address, visitor):
    columns = {"idea_id": idea.id, "status": "retained", "reason": "Une raison"}

    def fill(times):
        with unit():
            for _n in range(times):
                db.session.add(Answer(by_id=idea.author_id, published_at=idea.published_at, **columns))
                db.session.add(StatusChange(by_id=idea.author_id, **columns))

    page = f"/ideas/{idea.id}-{idea.slug}"
    write(two_of_a_team[0], address, "publish")
    write(two_of_a_team[0], address, "ask", status="retained")
    costs_alike(fill, (two_of_a_team[1], address), (two_of_a_team[1], page), (visitor, page), most=15)
    assert cost(visitor, page) <= PUBLIC and cost(two_of_a_team[1], address) <= MEMBER
