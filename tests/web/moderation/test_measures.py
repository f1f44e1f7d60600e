"""Measures through their pages: asked why, kept when refused, told in place, and undone from the list."""

from app.comments.models import Comment, Thread
from app.core.db import db
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover
from tests.support.queries import TEAM, costs_alike
from tests.support.rows import last
from tests.support.tampering import tamper
from tests.support.world import ELSEWHERE, HERE

WHY = "Une raison <b>claire</b>"


def test_a_slow_thread_says_so_before_one_types_and_keeps_what_comes_too_soon(clock, make, sign_in, visitor, fae, idea):
    page = f"/ideas/{idea.id}-{idea.slug}"
    browser, member = sign_in(fae), sign_in(make.user())
    assert f"/ideas/{idea.id}/slow-mode" in browser.get(page).text
    refusal = browser.submit(f"/ideas/{idea.id}/slow-mode", "form.form", reason="non")
    assert refusal.status_code == 422 and "Faites un choix" in refusal.words
    thread_page = browser.submit(f"/ideas/{idea.id}/slow-mode", "form.form", minutes="15", reason=WHY, follow=True)
    assert thread_page.status_code == 200 and "&lt;b&gt;claire" in thread_page.text
    for reader in (visitor, member):
        notice = reader.get(page).soup.select_one("#comments .notice").get_text(" ")
        assert "15 minutes" in notice and "Une raison" in notice and "de nouveau" not in notice
    assert member.submit(page, "#comment-form", body="Un premier mot.").status_code == 303
    assert "y écrire de nouveau" in member.get(page).soup.select_one("#comments .notice").get_text(" ")
    early = member.submit(page, "#comment-form", body="Un deuxième mot.")
    assert early.status_code == 429 and "y écrire de nouveau" in early.words
    assert early.soup.select_one("textarea").get_text().strip() == "Un deuxième mot."
    answer = member.submit(f"/comments/{make.comment(idea).id}/reply", "form.compose", body="Une réponse.")
    assert answer.status_code == 429 and answer.soup.select_one("textarea").get_text().strip() == "Une réponse."
    assert browser.submit(page, "#comment-form", body="Un mot de l'équipe.").status_code == 303
    assert browser.submit(page, "#comment-form", body="Et un autre de l'équipe.").status_code == 303
    clock.forward(minutes=16)
    assert member.submit(page, "#comment-form", body="Un deuxième mot.").status_code == 303
    again = browser.submit(f"/ideas/{idea.id}/slow-mode", "form.form", minutes="0", reason="C'est plus calme")
    assert again.status_code == 303 and visitor.get(page).soup.select_one("#comments .notice") is None


def test_the_same_comment_sent_twice_in_a_slow_thread_is_one(make, sign_in, idea):
    make.at(db.session.get_one(Thread, idea.thread_id), slow_minutes=15, slow_reason="Motif")
    member = sign_in(make.user())
    page = member.get(f"/ideas/{idea.id}-{idea.slug}")
    for _time in range(2):
        assert member.submit(page, "#comment-form", body="Un mot.").status_code == 303


def test_the_thread_of_an_update_is_slowed_too_and_a_colleague_may_have_done_it(make, sign_in, team):
    update = make.update(community=HERE)
    path = f"/communities/{HERE}/updates/{update.id}"
    assert f"{path}/slow-mode" in team.get(path).text
    late = team.get(f"{path}/slow-mode")
    assert (
        sign_in(make.user(role="coordinator"))
        .submit(f"{path}/slow-mode", "form.form", minutes="5", reason=WHY)
        .status_code
        == 303
    )
    assert "Rythme présent" in team.get(f"{path}/slow-mode").words
    answer = team.submit(late, "form.form", minutes="5", reason="Mon motif à moi")
    assert answer.status_code == 422 and "Mon motif à moi" in answer.text


def test_an_idea_moves_at_once_between_one_s_own_and_is_offered_to_others(make, sign_in, fae, ned, idea, author, team):
    make.facilitator(fae, "logement-social-et-abordable")
    page = team.get(f"/ideas/{idea.id}/move")
    options = {one["value"]: one.get_text() for one in page.soup.select("select option")}
    assert (
        "accepter" in options[ELSEWHERE]
        and "accepter" not in options["logement-social-et-abordable"]
        and HERE not in options
    )
    refusal = team.submit(page, "form.form", community="", reason=WHY)
    assert refusal.status_code == 422 and "Une raison" in refusal.soup.select_one("textarea").get_text()
    assert tamper(team, page, "form.form", community="inconnue", reason=WHY).status_code == 422
    offer_page = team.submit(page, "form.form", community=ELSEWHERE, reason=WHY, follow=True)
    assert offer_page.soup.select_one("#handover") and "reste ici" in offer_page.words
    assert last(Idea).community_id == make.room(HERE).id
    assert team.submit(f"/ideas/{idea.id}/move", "form.form", community=ELSEWHERE, reason=WHY).status_code == 409
    offer = f"/moderation/handovers/{last(Handover).id}"
    assert sign_in(ned).get("/notifications").soup.select_one(f'.notices a[href="{offer}"]')
    assert "En attente d'une autre équipe" in team.get("/moderation/handovers").words.replace("\u2019", "'")
    answer = team.submit(offer_page, "#handover form", follow=True)
    assert answer.soup.select_one("#handover") is None and last(Handover).state == "cancelled"
    answer = team.submit(f"/ideas/{idea.id}/move", "form.form", community="logement-social-et-abordable", reason=WHY)
    assert answer.status_code == 303 and last(Idea).community_id == make.room("logement-social-et-abordable").id
    assert "porte maintenant" in sign_in(author).get("/notifications").words


def offer_idea(browser, idea):
    browser.submit(f"/ideas/{idea.id}/move", "form.form", community=ELSEWHERE, reason=WHY)
    return f"/moderation/handovers/{last(Handover).id}"


def test_the_other_team_accepts(make, sign_in, fae, ned, idea):
    offer, browser = offer_idea(sign_in(fae), idea), sign_in(ned)
    assert "accepter ou à renvoyer" in browser.get("/moderation/handovers").words
    page = browser.submit(offer, "form.form", button="accept", follow=True)
    assert page.status_code == 200 and last(Idea).community_id == make.room(ELSEWHERE).id
    assert sign_in(fae).get(offer).status_code == 404
    assert "Tout est à jour" in browser.get("/moderation/handovers").words
    assert "accepte" in sign_in(fae).get("/notifications").words


def test_the_other_team_returns_it_with_words(make, sign_in, fae, ned, idea):
    offer, browser = offer_idea(sign_in(fae), idea), sign_in(ned)
    assert browser.submit(offer, "form.form", button="return", words="Ce n'est pas notre sujet.").status_code == 303
    assert "pas notre sujet" in sign_in(fae).get("/notifications").words
    assert last(Idea).community_id == make.room(HERE).id
    assert "pas notre sujet" in browser.get(offer).words


def test_the_team_that_offers_waits_and_may_take_it_back(ned, idea, team):
    offer = offer_idea(team, idea)
    page = team.get(offer)
    assert page.soup.select_one("form.form") is None and "répondra" in page.words
    assert team.submit(page, "main form.post").status_code == 303
    assert team.submit(page, "main form.post").status_code == 409


def test_an_idea_that_waits_has_nowhere_to_go(make, sign_in, fae, author):
    waiting = make.idea(author, HERE, status="pending")
    page = sign_in(fae).get(f"/ideas/{waiting.id}/move")
    assert page.status_code == 200 and page.soup.select_one("form.form") is None


def test_a_branch_of_comments_moves_under_another_idea(make, sign_in, visitor, author, idea, team):
    other = make.idea(community=HERE, title="Une idée de cuisine")
    comment = make.comment(idea, author, "Cela parle de cuisine.")
    make.comment(idea, make.user(), "En effet.", parent=comment)
    assert f"/comments/{comment.id}/move" in team.get(f"/ideas/{idea.id}-{idea.slug}").text
    far = make.idea(community=ELSEWHERE)
    for wrong in (
        "",
        "ailleurs",
        str(far.id),
        "999999",
        "99999999999",
        str(idea.id),
        f"/ideas/{make.idea(community=HERE, status='archived').id}",
    ):
        answer = team.submit(f"/comments/{comment.id}/move", "form.form", idea=wrong, reason=WHY)
        assert answer.status_code == 422 and answer.soup.select_one("input#idea")["value"] == wrong
        assert "Une raison" in answer.soup.select_one("textarea").get_text()
    address = f"http://localhost/ideas/{other.id}-{other.slug}?sort=newest#comments"
    page = team.submit(f"/comments/{comment.id}/move", "form.form", idea=address, reason=WHY, follow=True)
    assert "Une idée de cuisine" in page.words and "Cela parle de cuisine" in page.words
    assert visitor.get(f"/comments/{comment.id}").headers["Location"].startswith(f"/ideas/{other.id}")
    assert "déplacé" in sign_in(author).get("/notifications").words


def test_what_was_done_is_listed_and_undone_from_there(sign_in, ned, idea, team):
    assert "Aucune mesure" in team.get("/moderation/measures").words
    team.submit(f"/ideas/{idea.id}/hiding", "form.form", reason="Hors du sujet")
    page = team.get(f"/moderation/measures?community={HERE}")
    assert "En vigueur" in page.words and "par Fae Animation" in page.words and "Une idée de jardin" in page.words
    link = page.soup.select_one('.measures a[href$="/undoing"]')["href"]
    assert sign_in(ned).get(f"/moderation/measures?community={HERE}").status_code == 404
    assert "Une idée de jardin" not in sign_in(ned).get("/moderation/measures").text
    page = team.submit(link, "form.form", reason="C'était une erreur", follow=True)
    assert page.status_code == 200 and not last(Idea).is_hidden
    page = team.get(link)
    assert page.soup.select_one("form.form") is None and "rien à annuler" in page.words
    assert team.get("/moderation/measures").soup.select_one('.measures a[href$="/undoing"]') is None


def test_a_comment_that_waits_for_its_idea_says_so(make, author, idea, team):
    comment = make.comment(idea, author)
    team.submit(f"/comments/{comment.id}/hiding", "form.form", reason="Hors du sujet")
    link = f"/measures/{last(Measure).id}/undoing"
    team.submit(f"/ideas/{idea.id}/hiding", "form.form", reason="Hors du sujet")
    page = team.get(link)
    assert page.soup.select_one("form.form") is None and "masquée" in page.words
    assert team.forge(link, reason="Une raison claire").status_code == 403


def test_the_list_is_paged_and_costs_the_same_for_one_and_for_twenty(make, sign_in, fae, author):
    browser, path = sign_in(fae), "/moderation/measures"

    def fill(times):
        for _n in range(times):
            one = make.idea(author, HERE)
            columns = {"community_id": one.community_id, "by_id": fae.id, "reason": "Motif"}
            make.add(Measure(kind="lock", idea_id=one.id, **columns))
            make.add(Measure(kind="hide", comment_id=make.comment(one, author).id, **columns))
            make.add(Measure(kind="warn", user_id=author.id, **columns))

    costs_alike(fill, (browser, path), (browser, f"/members/{author.id}/measures"), most=TEAM)
    following = browser.get(browser.get(path).soup.select_one("nav.pages a.next")["href"])
    assert len(following.soup.select(".measures > li")) == 20 and following.soup.select_one("nav.pages .first")


def test_the_public_reads_that_a_comment_was_hidden_and_why_answered_or_not(make, sign_in, visitor, fae, idea):
    lonely, above = make.comment(idea, body="Un mot dur"), make.comment(idea, body="Un autre mot dur")
    make.comment(idea, body="Une réponse calme", parent=above)
    for comment in (lonely, above):
        sign_in(fae).submit(f"/comments/{comment.id}/hiding", "form.form", reason="Attaque personnelle")
    page = visitor.get(f"/ideas/{idea.id}-{idea.slug}")
    for comment in (lonely, above):
        assert "Attaque personnelle" in page.soup.select_one(f"#comment-{comment.id}.is-gone").get_text()
        assert visitor.get(f"/comments/{comment.id}").status_code == 404
    assert "mot dur" not in page.text and "Une réponse calme" in page.words
    assert "1 commentaire" in page.soup.select_one("#comments-title").get_text()
    assert last(Comment).parent_id == above.id
