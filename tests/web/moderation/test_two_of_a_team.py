"""Two of a team on one page: the first acts; the second is told, and has their reason still."""

import pytest

from app.core import clock
from app.core.unit import unit
from app.desk.models import SavedReply
from app.ideas.models import Answer
from app.moderation.cases.models import Case
from app.moderation.first_posts.service import frozen_accounts as service
from app.moderation.merges import service as merges
from tests.support.world import HERE

# What the second transaction reads is told by each engine.
pytestmark = pytest.mark.both_engines

WHY, MINE, CONFLICT = "Contraire à la charte, sur ce point", "Mon motif à moi", "passé avant vous"


@pytest.fixture
def coordinator(make):
    return make.user(role="coordinator")


@pytest.fixture
def first(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def case(make):
    return make.add(Case(comment_id=make.comment(make.idea(community=HERE)).id))


def is_kept(answer, message=CONFLICT):
    """Tell whether what was typed came back, under the reason why nothing was done."""
    error, reason = (
        answer.soup.select_one(".error-summary").get_text(),
        answer.soup.select_one("[name=reason]").get_text(),
    )
    return answer.status_code == 409 and message in error and reason.strip() == MINE


@pytest.mark.parametrize("act", ["admission", "refusal"])
@pytest.mark.parametrize("noun", ["ideas", "comments"])
@pytest.mark.parametrize("place", ["its page", "the desk"])
def test_what_a_colleague_let_appear_or_refused_is_said_to_whoever_lets_it_appear_after_them(
    make, first, team, noun, act, place
):
    idea = make.idea(make.user(), HERE, "pending" if noun == "ideas" else "published")
    content = idea if noun == "ideas" else make.comment(idea, make.user(), status="pending")
    page = team.get(f"/ideas/{idea.id}-{idea.slug}" if place == "its page" else "/moderation?queue=pending")
    assert first.forge(f"/{noun}/{content.id}/{act}", reason=WHY, version=content.version).status_code == 303
    answer = team.submit(page, f"form[action='/{noun}/{content.id}/admission']")
    assert answer.status_code == 409 and "publié ou refusé avant vous" in answer.words
    assert team.get(answer.soup.select_one("main .acts a")["href"]).status_code == 200


@pytest.mark.parametrize(
    ("meanwhile", "code", "message"), [("agree", 409, "l'a lu avant vous"), ("publish", 422, "n'est plus là")]
)
def test_a_review_that_comes_second_keeps_its_remark(make, first, team, meanwhile, code, message):
    idea = make.idea(community=HERE)
    make.add(
        Answer(
            idea_id=idea.id,
            status="retained",
            reason="Elle répond à un besoin.",
            by_id=make.user().id,
            asked_at=clock.now(),
        )
    )
    page = team.get(f"/ideas/{idea.id}/status")
    assert first.submit(f"/ideas/{idea.id}/status", "#answer-form", button=meanwhile).status_code == 303
    answer = team.submit(page, "#answer-form", button="return", remark=MINE)
    assert answer.status_code == code and message in answer.words.replace("’", "'") and MINE in answer.text


@pytest.mark.parametrize("meanwhile", ["hiding", "withdrawal"])
def test_an_answer_to_what_went_out_of_the_way_keeps_its_words(make, first, team, sign_in, meanwhile, author):
    idea = make.idea(author, community=HERE)
    page = team.get(f"/ideas/{idea.id}/status")
    by = first if meanwhile == "hiding" else sign_in(author)
    assert by.submit(f"/ideas/{idea.id}/{meanwhile}", "main form", reason=WHY).status_code == 303
    assert is_kept(team.submit(page, "#answer-form", status="under_review", reason=MINE, button="publish"))


def test_a_case_that_was_closed_is_given_to_nobody(case, first, team):
    path = f"/moderation/cases/{case.id}"
    page = team.get(path)
    first.submit(path, "form.form", button="dismiss", reason=WHY)
    for form in page.soup.select("form[action*='assignment']"):
        fields = {"to": form.select("[name=to] option")[-1]["value"]} if form.select("[name=to] option") else {}
        answer = team.submit(page, form, follow=True, **fields)
        assert "clos entre-temps" in answer.soup.select_one("#flashes").get_text()


def test_a_reply_that_a_colleague_deleted_gives_its_words_back(make, first, team):
    reply = make.add(
        SavedReply(community_id=make.room(HERE).id, title="Hors du sujet", body="Merci.", by_id=make.user().id)
    )
    path = f"/moderation/{HERE}/replies/{reply.id}"
    page, other = team.get(f"{path}/edit"), team.get(f"{path}/deletion")
    assert first.submit(f"{path}/deletion", "main form").status_code == 303
    answer = team.submit(page, "form.form", body=MINE)
    assert answer.status_code == 409 and answer.soup.select_one("[name=body]").get_text().strip() == MINE
    assert team.submit(other, "main form").status_code == 409 and team.get(f"{path}/edit").status_code == 404
    assert team.submit(answer, "form.form").status_code == 303 and MINE in team.get(f"/moderation/{HERE}/replies").words


def test_the_end_of_a_freeze_keeps_its_reason(make, first, team):
    user = make.user()
    make.comment(make.idea(community=HERE), user, status="pending")
    with unit():
        service.freeze(user.id)
    path = f"/members/{user.id}/freeze"
    page = team.get(path)
    assert first.submit(path, "form.form", reason=WHY).status_code == 303
    assert is_kept(team.submit(page, "form.form", reason=MINE), "déjà levée")


def test_a_split_and_what_undoes_it_keep_their_reason(make, coordinator, team):
    idea, actor = make.idea(community=HERE, body="Une chose.\n\nUne autre."), make.actor(coordinator)
    part = merges.split(actor, idea, title="Une autre page, à part", body="Une autre.", reason=WHY)
    pages = [team.get(f"/ideas/{part.id}/{act}") for act in ("rejoining", "split")]
    merges.join_back(actor, part, reason=WHY)
    assert is_kept(team.submit(pages[0], "form.form", reason=MINE))
    assert is_kept(team.submit(pages[1], "form.form", reason=MINE, title="Une troisième page, à part"))


def test_a_reopening_beside_a_new_case_keeps_its_reason(make, case, team):
    make.at(case, state="handled", decided_at=clock.now(), reason=WHY)
    page = team.get(f"/moderation/cases/{case.id}")
    make.add(Case(comment_id=case.comment_id))
    assert is_kept(team.submit(page, "form.form", reason=MINE), "déjà un cas ouvert")


def test_hiding_what_was_reported_and_is_hidden_already_keeps_the_reason(case, first, team):
    page = team.get(f"/moderation/cases/{case.id}")
    first.submit(f"/comments/{case.comment_id}/hiding", "form.form", reason=WHY)
    assert is_kept(team.submit(page, "form.form", button="hide", reason=MINE))
