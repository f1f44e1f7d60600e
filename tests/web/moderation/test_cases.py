"""The team's pages on reports: the list, one case, what is decided, what is offered to whom."""

import pytest

from app.accounts.models.people import User
from app.comments.models import Comment
from app.core import clock as time
from app.core.db import db
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from tests.support.queries import MEMBER, cost, costs_alike
from tests.support.rows import again, last
from tests.support.tampering import tamper
from tests.support.world import HERE

ELSEWHERE, WHY = "transport-collectif", "Contraire à la charte, sur ce point"


@pytest.fixture
def case(make):
    """A comment that two members reported."""
    comment = make.comment(make.idea(community=HERE, title="Une idée discutée"), body="Des mots durs.")
    case = make.add(Case(comment_id=comment.id))
    for name, why in (("Rita Signale", "insult"), ("Rémi Prévient", "insult"), ("Rose Avertit", "other")):
        make.add(Report(case_id=case.id, user_id=make.user(name).id, reason=why, words=f"Les mots de {name}"))
    return case


def address(case):
    return f"/moderation/cases/{case.id}"


def test_the_team_reads_the_content_and_who_said_what(case, fae, sign_in):
    page = sign_in(fae).get(address(case))
    for text in ("Des mots durs", "Rita Signale", "Les mots de Rose Avertit", "3 signalements", "Une idée discutée"):
        assert text in page.words
    assert "Attaque ou propos blessants × 2" in page.soup.select_one(".case-reasons").get_text(" ", strip=True)
    assert page.soup.find("meta", {"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize(
    ("act", "new_state", "is_hidden"),
    [("hide", "handled", True), ("handle", "handled", False), ("dismiss", "dismissed", False)],
)
def test_a_case_is_decided_in_one_gesture_and_opened_again(case, visitor, act, new_state, is_hidden, team):
    page = team.submit(address(case), "form.form", button=act, reason=WHY, follow=True)
    assert page.status_code == 200 and again(case).state == new_state and WHY in page.words
    assert ("Des mots durs" in visitor.get("/ideas/1", follow_redirects=True).words) != is_hidden
    assert page.soup.select_one('button[value="dismiss"]') is None
    page = team.submit(page, "form.form", reason="Nous avions lu trop vite", follow=True)
    assert again(case).state == "open" and "Nous avions lu trop vite" in page.words and WHY in page.words
    assert (page.soup.select_one('button[value="hide"]') is None) == is_hidden


def test_a_case_says_that_its_measure_was_undone_by_whom_and_why(case, make, team, boss, clock):
    team.submit(address(case), "form.form", button="hide", reason=WHY)
    for page in (address(case), "/moderation/cases?state=handled"):
        assert "Mesure annulée" not in team.get(page).words
    clock.forward(minutes=5)
    measure = last(Measure)
    boss.submit(f"/measures/{measure.id}/undoing", "form.form", reason="Nous avions lu trop vite.")
    for page in (address(case), "/moderation/cases?state=handled"):
        found = team.get(page).words
        assert "Mesure annulée depuis" in found and "Nous avions lu trop vite." in found and "par Coco Coordo" in found
    costs_alike(
        lambda times: [handled(make, fae_id=measure.by_id) for _n in range(times)],
        (team, "/moderation/cases?state=handled"),
    )


def handled(make, fae_id):
    """Add a case whose measure was undone since."""
    comment = make.comment(make.idea(community=HERE))
    measure = make.add(Measure(kind="hide", comment_id=comment.id, by_id=fae_id, reason=WHY))
    make.add(Measure(kind="restore", comment_id=comment.id, by_id=fae_id, reason="Relu."))
    return make.add(
        Case(comment_id=comment.id, state="handled", decided_at=time.now(), reason=WHY, measure_id=measure.id)
    )


@pytest.mark.parametrize("way", ["appeal", "restoration"])
def test_what_a_judge_or_a_colleague_gave_back_is_said_too(case, make, team, boss, sign_in, way):
    team.submit(address(case), "form.form", button="hide", reason=WHY)
    measure, comment = last(Measure), db.session.get_one(Comment, case.comment_id)
    if way == "appeal":
        sign_in(db.session.get_one(User, comment.author_id)).submit(
            f"/measures/{measure.id}/appeal", "main form", words="On m'a lue de travers."
        )
        boss.submit(f"/moderation/appeals/{last(Appeal).id}", "form.form", button="grant", reason="C'est juste.")
    else:
        boss.submit(f"/comments/{comment.id}/restoration", "form.form", reason="C'est juste.")
    said = team.get(address(case)).soup.select_one(".overturned").get_text(" ", strip=True)
    assert ("après un nouvel examen" in said) == (way == "appeal") and "Mesure annulée" in said


@pytest.mark.parametrize("act", [None, "burn"])
def test_an_act_that_is_not_offered_is_refused_and_nothing_typed_is_lost(case, fae, sign_in, act):
    answer = tamper(sign_in(fae), address(case), "form.form", act=act, reason=WHY)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert answer.soup.select_one("textarea").get_text().strip() == WHY and again(case).state == "open"


def test_a_measure_taken_elsewhere_is_named_in_the_list(case, fae, make, team):
    other = make.add(Measure(kind="hide", comment_id=make.comment(make.idea()).id, reason="Autre", at=time.now()))
    own = make.add(Measure(kind="warn", comment_id=case.comment_id, reason="Attention", by_id=fae.id, at=time.now()))
    page = team.get(address(case))
    assert [option["value"] for option in page.soup.select("select option")] == ["", str(own.id)]
    answer = tamper(team, page, "form.form", button="handle", reason=WHY, measure=other.id)
    assert answer.status_code == 422 and again(case).state == "open"
    team.submit(page, "form.form", button="handle", reason=WHY, measure=own.id)
    assert again(case).state == "handled" and again(case).measure_id == own.id


def test_a_colleague_who_comes_late_is_told_and_keeps_their_words(case, make, sign_in, team):
    form_page = team.get(address(case))
    sign_in(make.user(role="coordinator")).submit(address(case), "form.form", button="dismiss", reason=WHY)
    answer = team.submit(form_page, "form.form", button="hide", reason="Mon motif à moi")
    assert answer.status_code == 409 and "entre-temps" in answer.words
    assert answer.soup.select_one("textarea").get_text().strip() == "Mon motif à moi"
    closed_page = team.get(address(case))
    for reason, code in (("non", 422), (WHY, 303), (WHY, 409)):
        assert team.submit(closed_page, "form[action$=reopening]", reason=reason).status_code == code


def test_whoever_reported_reads_and_does_not_decide(case, fae, make, team):
    make.add(Report(case_id=case.id, user_id=fae.id, reason="spam"))
    make.user(role="coordinator")
    page = team.get(address(case))
    assert page.soup.select_one("main form") is None and "Une autre personne décidera" in page.words
    assert team.forge(f"{address(case)}/decision", reason=WHY, act="hide").status_code == 403
    assert "une autre personne décidera" in team.get("/moderation/cases").words


def test_the_author_who_animates_does_not_see_who_reported_them(case, fae, make, sign_in):
    author = db.session.get_one(User, db.session.get_one(Comment, case.comment_id).author_id)
    make.facilitator(author, HERE)
    browser = sign_in(author)
    assert browser.get(address(case)).status_code == 404
    page = browser.get("/moderation/cases")
    assert page.status_code == 200 and address(case) not in page.text and "Tout est à jour" in page.words


def test_the_list_is_that_of_ones_own_communities(case, fae, make, sign_in, boss):
    elsewhere = make.add(Case(idea_id=make.idea(community=ELSEWHERE).id))
    lost_case = make.add(Case(idea_id=make.idea(community_id=None).id))
    deleted_idea = make.idea(community=HERE, title="Un titre effacé", deleted_at=time.now())
    deleted_case = make.add(Case(idea_id=deleted_idea.id))
    page = sign_in(fae).get("/moderation/cases")
    assert address(case) in page.text and "3 signalements" in page.words
    assert address(elsewhere) not in page.text and address(lost_case) not in page.text
    assert address(deleted_case) in page.text and "Un titre effacé" not in page.text
    assert all(address(one) in boss.get("/moderation/cases").text for one in (case, elsewhere, lost_case))
    assert address(elsewhere) not in boss.get(f"/moderation/cases?community={HERE}").text
    for state in ("handled", "dismissed"):
        page = boss.get(f"/moderation/cases?state={state}&community={HERE}")
        assert "Aucun cas ici" in page.words and page.soup.select_one('.tabs [aria-current="true"]')
    assert boss.get("/moderation/cases?state=lost").status_code == 400
    assert sign_in(fae).get(f"/moderation/cases?community={ELSEWHERE}").status_code == 404


def test_the_list_and_the_reports_of_a_case_are_paged(case, make, team):
    for _n in range(21):
        make.add(Case(idea_id=make.idea(community=HERE).id, state="dismissed", decided_at=time.now(), reason=WHY))
        make.add(Report(case_id=case.id, user_id=make.user().id, reason="spam"))
    page = team.get("/moderation/cases?state=dismissed")
    assert len(page.soup.select(".cases > li")) == 20 and WHY in page.words
    assert len(team.get(page.soup.select_one(".pages .next")["href"]).soup.select(".cases > li")) == 1
    page = team.get(address(case))
    rest = team.get(page.soup.select_one(".pages .next")["href"])
    assert "24 signalements" in page.words and rest.soup.select_one(".pages .first")


def test_pages_cost_the_same_for_one_and_for_twenty(case, fae, make, sign_in):
    browser = sign_in(fae)
    make.add(Report(case_id=case.id, user_id=fae.id, reason="spam"))

    def fill(times):
        for _n in range(times):
            other = make.add(Case(comment_id=make.comment(make.idea(community=HERE)).id))
            make.add(Report(case_id=other.id, user_id=fae.id, reason="spam"))
            make.add(Report(case_id=case.id, user_id=make.user().id, reason="spam"))

    paths = ("/moderation/cases", "/account/reports", "/ideas/1/report", "/moderation/appeals")
    # The page of a case also holds the people of the team, to whom it may be given, and their replies.
    costs_alike(fill, *((browser, path) for path in (*paths, address(case))), most=11)
    assert all(cost(browser, path) <= MEMBER for path in paths)
