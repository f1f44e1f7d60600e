"""The team's pages on reports: the list, one case, what is decided, what is offered to whom."""
import pytest

from app.accounts.models.people import User
from app.cases.models import Case, Report
from app.comments.models import Comment
from app.core import clock
from app.core.db import db
from app.measures.models import Measure
from tests.support.tampering import tamper
from tests.support.world import HERE

ELSEWHERE, WHY = "transport-collectif", "Contraire à la charte, sur ce point"


@pytest.fixture
def team(make):
    user = make.user("Fae Animation")
    make.facilitator(user, HERE)
    return user


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


def state(case):
    db.session.rollback()
    return db.session.get_one(Case, case.id).state


def test_the_team_reads_the_content_and_who_said_what(case, team, sign_in):
    page = sign_in(team).get(address(case))
    for said in ("Des mots durs", "Rita Signale", "Les mots de Rose Avertit", "3 signalements", "Une idée discutée"):
        assert said in page.words
    assert "Attaque ou propos blessants × 2" in page.soup.select_one(".case-reasons").get_text(" ", strip=True)
    assert page.soup.find("meta", {"name": "robots"})["content"] == "noindex"


def test_nobody_else_reads_it_and_it_answers_as_what_never_was(case, make, sign_in, visitor):
    neighbour = make.user()
    make.facilitator(neighbour, ELSEWHERE)
    assert visitor.get(address(case)).status_code == 303
    comment = db.session.get_one(Case, case.id).comment_id
    for user in (make.user(), neighbour, make.user(role="admin"), make.user(confirmed=False)):
        browser = sign_in(user)
        for path in (address(case), "/moderation/cases/999"):
            assert browser.get(path).status_code == 404
            for act in ("decision", "reopening"):
                assert browser.forge(f"{path}/{act}", reason=WHY, act="dismiss").status_code == 404
    assert state(case) == "open" and comment


@pytest.mark.parametrize(("act", "expected", "is_hidden"), [
    ("hide", "handled", True), ("handle", "handled", False), ("dismiss", "dismissed", False)])
def test_a_case_is_decided_in_one_gesture_and_opened_again(case, team, sign_in, visitor, act, expected, is_hidden):
    browser = sign_in(team)
    page = browser.submit(address(case), "form.form", button=act, reason=WHY, follow=True)
    assert page.status_code == 200 and state(case) == expected and WHY in page.words
    assert ("Des mots durs" in visitor.get("/ideas/1", follow_redirects=True).words) != is_hidden
    assert page.soup.select_one('button[value="dismiss"]') is None
    page = browser.submit(page, "form.form", reason="Nous avions lu trop vite", follow=True)
    assert state(case) == "open" and "Nous avions lu trop vite" in page.words and WHY in page.words
    assert (page.soup.select_one('button[value="hide"]') is None) == is_hidden


@pytest.mark.parametrize("reason", ["non", "", "x" * 501])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(case, team, sign_in, reason):
    answer = sign_in(team).submit(address(case), "form.form", button="hide", reason=reason)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert answer.soup.select_one("textarea").get_text().strip() == reason and state(case) == "open"


@pytest.mark.parametrize("act", [None, "burn"])
def test_an_act_that_is_not_offered_is_refused_and_nothing_typed_is_lost(case, team, sign_in, act):
    answer = tamper(sign_in(team), address(case), "form.form", act=act, reason=WHY)
    assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert answer.soup.select_one("textarea").get_text().strip() == WHY and state(case) == "open"


def test_a_measure_taken_elsewhere_is_named_in_the_list(case, team, make, sign_in):
    other = make.add(Measure(kind="hide", comment_id=make.comment(make.idea()).id, reason="Autre", at=clock.now()))
    own = make.add(Measure(kind="warn", comment_id=case.comment_id, reason="Attention", by_id=team.id, at=clock.now()))
    browser = sign_in(team)
    page = browser.get(address(case))
    assert [option["value"] for option in page.soup.select("select option")] == ["", str(own.id)]
    answer = tamper(browser, page, "form.form", button="handle", reason=WHY, measure=other.id)
    assert answer.status_code == 422 and state(case) == "open"
    browser.submit(page, "form.form", button="handle", reason=WHY, measure=own.id)
    assert state(case) == "handled" and db.session.get_one(Case, case.id).measure_id == own.id


def test_a_colleague_who_comes_late_is_told_and_keeps_their_words(case, team, make, sign_in):
    browser = sign_in(team)
    opened = browser.get(address(case))
    sign_in(make.user(role="coordinator")).submit(address(case), "form.form", button="dismiss", reason=WHY)
    answer = browser.submit(opened, "form.form", button="hide", reason="Mon motif à moi")
    assert answer.status_code == 409 and "entre-temps" in answer.words
    assert answer.soup.select_one("textarea").get_text().strip() == "Mon motif à moi"
    closed = browser.get(address(case))
    for reason, code in (("non", 422), (WHY, 303), (WHY, 409)):
        assert browser.submit(closed, "form[action$=reopening]", reason=reason).status_code == code


def test_whoever_reported_reads_and_does_not_decide(case, team, make, sign_in):
    make.add(Report(case_id=case.id, user_id=team.id, reason="spam"))
    make.user(role="coordinator")
    browser = sign_in(team)
    page = browser.get(address(case))
    assert page.soup.select_one("main form") is None and "Une autre personne décidera" in page.words
    assert browser.forge(f"{address(case)}/decision", reason=WHY, act="hide").status_code == 403
    assert "une autre personne décidera" in browser.get("/moderation/cases").words


def test_the_author_who_animates_does_not_see_who_reported_them(case, team, make, sign_in):
    author = db.session.get_one(User, db.session.get_one(Comment, case.comment_id).author_id)
    make.facilitator(author, HERE)
    browser = sign_in(author)
    assert browser.get(address(case)).status_code == 404
    page = browser.get("/moderation/cases")
    assert page.status_code == 200 and address(case) not in page.text and "Tout est à jour" in page.words


def test_the_list_is_that_of_ones_own_communities(case, team, make, sign_in):
    elsewhere = make.add(Case(idea_id=make.idea(community=ELSEWHERE).id))
    lost = make.add(Case(idea_id=make.idea(community_id=None).id))
    gone = make.idea(community=HERE, title="Un titre effacé", deleted_at=clock.now())
    deleted = make.add(Case(idea_id=gone.id))
    page = sign_in(team).get("/moderation/cases")
    assert address(case) in page.text and "3 signalements" in page.words
    assert address(elsewhere) not in page.text and address(lost) not in page.text
    assert address(deleted) in page.text and "Un titre effacé" not in page.text
    coordinator = sign_in(make.user(role="coordinator"))
    assert all(address(one) in coordinator.get("/moderation/cases").text for one in (case, elsewhere, lost))
    assert address(elsewhere) not in coordinator.get(f"/moderation/cases?community={HERE}").text
    for state in ("handled", "dismissed"):
        page = coordinator.get(f"/moderation/cases?state={state}&community={HERE}")
        assert "Aucun cas ici" in page.words and page.soup.select_one('.tabs [aria-current="true"]')
    assert coordinator.get("/moderation/cases?state=lost").status_code == 400
    assert sign_in(team).get(f"/moderation/cases?community={ELSEWHERE}").status_code == 404


def test_the_list_is_for_those_who_have_a_charge(make, sign_in, visitor):
    for path in ("/moderation/cases", "/moderation/appeals"):
        assert visitor.get(path).status_code == 303
        for user in (make.user(), make.user(role="admin"), make.user(confirmed=False)):
            assert sign_in(user).get(path).status_code == 403


def test_the_list_and_the_reports_of_a_case_are_paged(case, team, make, sign_in):
    for _n in range(21):
        make.add(Case(idea_id=make.idea(community=HERE).id, state="dismissed", decided_at=clock.now(), reason=WHY))
        make.add(Report(case_id=case.id, user_id=make.user().id, reason="spam"))
    browser = sign_in(team)
    page = browser.get("/moderation/cases?state=dismissed")
    assert len(page.soup.select(".cases > li")) == 20 and WHY in page.words
    assert len(browser.get(page.soup.select_one(".pages .next")["href"]).soup.select(".cases > li")) == 1
    page = browser.get(address(case))
    rest = browser.get(page.soup.select_one(".pages .next")["href"])
    assert "24 signalements" in page.words and rest.soup.select_one(".pages .first")


def test_pages_cost_the_same_for_one_and_for_twenty(case, team, make, sign_in, count_queries):
    make.add(Case(idea_id=make.idea(community=HERE).id))
    browser = sign_in(team)
    paths = ("/moderation/cases", address(case), "/account/reports", "/ideas/1/report", "/moderation/appeals")
    make.add(Report(case_id=case.id, user_id=team.id, reason="spam"))

    def costs():
        found = {}
        for path in paths:
            browser.get(path)
            with count_queries() as seen:
                assert browser.get(path).status_code == 200
            found[path] = len(seen)
        return found

    first = costs()
    for _n in range(19):
        other = make.add(Case(comment_id=make.comment(make.idea(community=HERE)).id))
        make.add(Report(case_id=other.id, user_id=team.id, reason="spam"))
        make.add(Report(case_id=case.id, user_id=make.user().id, reason="spam"))
    # The page of a case also holds the people of the team, to whom it may be given, and their replies.
    assert costs() == first and all(cost <= (11 if path == address(case) else 9) for path, cost in first.items()), first
