"""Convergence through its pages, once it stops: paper, the count, the decision."""

from app.choices.models import ChoiceBallot, ChoiceCandidate, ChoiceDot
from app.core import clock as clocks
from app.core.db import db
from app.forum.models import Forum
from tests.choices.stored import WORDS, places
from tests.forum.stored import place_in
from tests.support.rows import again, count, every
from tests.web.choices.presses import BALLOT, count_dots, stop, tally, url


def test_once_stopped_no_ballot_changes_and_nothing_is_shown(team, member, forum, choice):
    shown = member.get(url(forum))
    member.submit(shown, BALLOT, **{"dots-0": "2"})
    page = stop(team, forum)
    assert "Le choix est fermé" in page.words
    late = member.submit(shown, BALLOT, **{"dots-0": "1"})
    assert late.status_code == 409 and "plus aucune pastille ne bouge" in late.words and count_dots() == 2
    assert "Vous y avez mis 2 pastilles" in member.get(url(forum)).words
    assert "déjà fermé" in stop(team, forum).words


def test_paper_is_typed_by_one_and_confirmed_by_another(team, colleague, third, forum, choice):
    stop(team, forum)
    form = team.get(url(forum, "/paper"))
    for typed, said in (
        ({"ballots": "2", "dots-0": "7"}, "6 au plus sur une même ligne"),
        ({"ballots": "2", "dots-0": "6", "dots-1": "5"}, "font 11 pastilles, et 2 bulletins en portent 10 au plus"),
        ({"ballots": "", "dots-0": "6"}, "nombre de bulletins"),
    ):
        page = team.submit(form, "form.form", **typed)
        assert (
            page.status_code == 422
            and said in page.words
            and page.soup.select_one("#dots-0")["value"] == typed["dots-0"]
        )
    page = team.submit(form, "form.form", follow=True, **{"ballots": "2", "dots-0": "6", "dots-1": "4"})
    assert "une autre personne" in page.words.lower() and not page.soup.select("a[href$='/confirmation']")
    assert "attendent qu" in tally(team, forum).words and again(choice).is_stopped
    own = team.submit(url(forum, "/paper/confirmation"), "form.form", follow=True)
    assert "se confirment à deux" in own.words
    seen = colleague.get(url(forum, "/paper/confirmation"))
    team.submit(url(forum, "/paper"), "form.form", **{"ballots": "2", "dots-0": "5", "dots-1": "4"})
    assert "viennent de changer" in colleague.submit(seen, "form.form", follow=True).words
    shown = third.get(url(forum, "/paper/confirmation"))
    page = colleague.submit(url(forum, "/paper/confirmation"), "form.form", follow=True)
    assert "Le papier est confirmé" in page.words
    late = third.submit(shown, "form.form", follow=True)
    assert "Quelqu’un d’autre vient de confirmer" in late.words
    page = tally(team, forum)
    assert "2 personnes ont posé leurs pastilles : 0 en ligne, 2 sur papier" in page.words.replace("\xa0", " ")
    assert "Cléo Collègue" in page.words and [one.on_paper for one in every(ChoiceCandidate)] == [5, 4, 0]


def test_the_count_shows_totals_a_tie_as_a_tie_and_takes_every_name_off(team, forum, choice, make, visitor):
    for dots in ((1, 2), (1, 2), (1, 0, 3), (1,), (0, 0, 1)):
        places(make, choice, place_in(make, forum), *dots)
    places(make, choice, place_in(make, forum, state="cancelled"), 0, 3)
    stop(team, forum)
    assert "chacune" not in visitor.get(url(forum)).words
    page = tally(team, forum)
    assert "C’est compté" in page.words and count(ChoiceDot) == 0
    shown = visitor.get(url(forum))
    ranks = [
        (one.b.get_text(" ", strip=True), one.select_one(".title").get_text(strip=True))
        for one in shown.soup.select(".ranks li")
    ]
    assert ranks == [("Rang 1", WORDS[0]), ("Rang 1", WORDS[1]), ("Rang 1", WORDS[2])]
    assert shown.words.count("À égalité") == 3 and "5 personnes ont posé" in shown.words
    db.session.rollback()
    ballots = {}
    for row in db.session.query(ChoiceBallot):
        ballots.setdefault(row.ballot, []).append(row.dots)
    assert sorted(ballots) == [1, 2, 3, 4, 5] and sum(map(sum, ballots.values())) == 12
    rows = visitor.get(url(forum, "/ballots.csv")).text.splitlines()
    assert len(rows) == 1 + 5 + 2 and '"Total en ligne";"4";"4";"4"' in rows
    assert "Les bulletins, sans nom (CSV)" in shown.words
    assert "On compte un choix une fois" in team.get(url(forum, "/counting"), follow_redirects=True).words


def test_fewer_than_five_ballots_give_totals_alone(team, forum, choice, make, visitor):
    for dots in ((1, 2), (1, 2), (0, 0, 3), (2,)):
        places(make, choice, place_in(make, forum), *dots)
    assert "À moins de cinq bulletins" in team.get(url(forum, "/stopping")).words
    stop(team, forum)
    tally(team, forum)
    assert count(ChoiceDot) == count_ballots() == 0 and [one.placed for one in every(ChoiceCandidate)] == [4, 4, 3]
    rows = visitor.get(url(forum, "/ballots.csv")).text.splitlines()
    assert len(rows) == 3
    shown = visitor.get(url(forum)).words
    assert "Les totaux (CSV)" in shown and "Les bulletins, sans nom" not in shown


def count_ballots():
    db.session.rollback()
    return db.session.query(ChoiceBallot).count()


def test_a_phase_moved_back_reopens_nothing_and_no_forum_closes_before_the_count(team, member, forum, choice):
    shown = member.get(url(forum))
    member.submit(shown, BALLOT, **{"dots-0": "2"})
    page = team.submit(f"/forums/{forum.id}/closing", "form.form")
    assert page.status_code == 409 and "n’est pas compté" in page.words and again(forum).phase == "convergence"
    stop(team, forum)
    tally(team, forum)
    back = {"phase": "sessions", "seen": "convergence"}
    assert team.forge(f"/forums/{forum.id}/phase", data=back).status_code == 303
    assert "Ce que le cercle a choisi" in member.get(url(forum)).words and again(choice).is_counted
    team.forge(f"/forums/{forum.id}/phase", data={"phase": "convergence", "seen": "sessions"})
    assert again(choice).is_counted and member.submit(shown, BALLOT).status_code == 409
    page = team.submit(f"/forums/{forum.id}/closing", "form.form", follow=True)
    assert "Le forum est clos" in page.words


def test_what_is_decided_stands_below_until_the_forum_closes(team, member, forum, choice, make, visitor):
    idea = make.idea(title="Un transport de nuit")
    status = idea.status
    stop(team, forum)
    tally(team, forum)
    place = every(ChoiceCandidate)[0].id
    page = team.get(url(forum, f"/candidates/{place}/decision"))
    refused = team.submit(page, "form.form", decision="On essaie.", link="rien de connu")
    assert refused.status_code == 422 and "On essaie." in refused.soup.select_one("#decision").get_text()
    page = team.submit(
        page,
        "form.form",
        follow=True,
        decision="On essaie jusqu'en juin.",
        carried_by="La CdP Transport",
        link=f"#{idea.id}",
    )
    assert "La décision est écrite" in page.words
    shown = visitor.get(url(forum))
    assert "On essaie jusqu'en juin." in shown.words and "La CdP Transport" in shown.words
    assert shown.soup.select_one(f'main a[href^="/ideas/{idea.id}"]') and again(idea).status == status
    assert not shown.soup.select("a[href$='/decision']")
    # A colleague who wrote meanwhile is not written over unseen.
    first = team.get(url(forum, f"/candidates/{place}/decision"))
    team.submit(first, "form.form", decision="Un autre mot.")
    assert team.submit(first, "form.form", decision="Encore un autre.").status_code == 409
    make.at(db.session.get(Forum, forum.id), phase="closed")
    assert team.get(url(forum, f"/candidates/{place}/decision")).status_code == 404
    assert "Un autre mot." in visitor.get(url(forum)).words


def test_no_minutes_close_a_meeting_whose_ballots_have_their_owners(team, member, forum, choice):
    member.submit(url(forum), BALLOT, **{"dots-0": "2"})
    minutes = f"/events/{forum.id}/minutes"
    page = team.submit(minutes, "main form.form", body="Une belle journée.", button="publish")
    assert page.status_code == 409 and "n’est pas compté" in page.words and "belle journée" in page.text
    stop(team, forum)
    tally(team, forum)
    page = team.submit(minutes, "main form.form", body="Une belle journée.", button="publish", follow=True)
    assert page.status_code == 200 and again(choice).is_counted


def test_once_the_forum_is_closed_the_coordination_alone_corrects_a_decision(
    team, forum, choice, make, sign_in, visitor, clock
):
    stop(team, forum)
    tally(team, forum)
    place = every(ChoiceCandidate)[0].id
    page = url(forum, f"/candidates/{place}/decision")
    team.submit(page, "form.form", decision="On essaie.", carried_by="Lise Tremblay")
    team.submit(f"/forums/{forum.id}/closing", "form.form")
    clock.forward(days=20)
    assert team.get(page).status_code == 404 and "Lise Tremblay" in visitor.get(url(forum)).words
    boss = sign_in(make.user("Rita Roitelet", role="coordinator"))
    assert len(boss.get(url(forum)).soup.select("a[href$='/decision']")) == 1
    assert "La décision est écrite" in boss.submit(page, "form.form", carried_by="", follow=True).words
    for address in (url(forum), f"/forums/{forum.id}/report"):
        shown = visitor.get(address).words
        assert "On essaie." in shown and "Tremblay" not in shown and "Corrigé après la clôture, le 10 mars" in shown
    # Nothing is decided after the circle has gone.
    other = url(forum, f"/candidates/{every(ChoiceCandidate)[1].id}/decision")
    assert boss.submit(other, "form.form", decision="On ajoute.").status_code == 409


def test_a_decision_stands_whatever_becomes_of_whoever_wrote_it_and_of_what_it_leads_to(
    team, forum, fae, choice, make, visitor
):
    idea = make.idea(title="Un transport de nuit")
    stop(team, forum)
    tally(team, forum)
    page = url(forum, f"/candidates/{every(ChoiceCandidate)[0].id}/decision")
    team.submit(page, "form.form", decision="On essaie.", carried_by="La CdP Transport", link=f"#{idea.id}")
    make.at(idea, hidden_at=clocks.now(), hidden_reason="Une erreur")
    make.at(fae, name="", closed_at=clocks.now())
    shown = visitor.get(url(forum)).words
    assert "On essaie." in shown and "La CdP Transport" in shown
    assert "transport de nuit" not in shown and "Écrit par Ancien membre" in shown
