"""Convergence through its pages, until it stops: what is chosen among, and a ballot."""

import pytest

from app.choices.models import Choice, ChoiceCandidate
from app.core import clock as clocks
from tests.choices.stored import WORDS
from tests.forum.stored import place_in, topic_in
from tests.support.door import comes
from tests.support.make_plan import MakePlan
from tests.support.queries import PUBLIC, record_statements
from tests.support.rows import again, count
from tests.web.choices.presses import BALLOT, add_line, count_dots, dots_of, press, purse, url
from tests.web.forum.hall import enter

ASKED = {"HX-Request": "true"}


def test_the_team_opens_a_choice_among_lines_ideas_and_its_own_words(team, forum, make, visitor):
    topic = topic_in(make, forum, title="Se déplacer")
    line = add_line(make, topic, "Payer le chauffeur ensemble")
    old = add_line(make, topic, "Une ligne changée")
    add_line(make, topic, "La ligne qui la remplace", replaces_id=old.id, first_id=old.id)
    add_line(make, topic, "Une ligne retirée", removed_at=clocks.now())
    hidden = topic_in(make, forum, title="Masqué", hidden_at=clocks.now(), hidden_reason="Une erreur")
    add_line(make, hidden, "Une ligne masquée")
    idea = make.idea(title="Un jardin partagé")
    page = team.get(url(forum))
    assert "Ouvrir un choix" in page.words and "Aucun choix" in visitor.get(url(forum)).words
    form = team.get(url(forum, "/opening"))
    boxes = [one.get_text(" ", strip=True) for one in form.soup.select("#lines .check")]
    assert boxes == ["Payer le chauffeur ensemble (Se déplacer)", "La ligne qui la remplace (Se déplacer)"]
    page = team.submit(
        form,
        "form.form",
        follow=True,
        lines=[str(line.id)],
        ideas=f"#{idea.id}",
        typed="Un autobus du soir\n\nUn bail type",
    )
    assert "Le choix est ouvert" in page.words
    shown = visitor.get(url(forum))
    assert [one.get_text(strip=True) for one in shown.soup.select("main .list .title")] == [
        "Payer le chauffeur ensemble",
        "Un jardin partagé",
        "Un autobus du soir",
        "Un bail type",
    ]
    assert shown.soup.select_one("form.ballot") is None and "Set-Cookie" not in shown.headers
    assert team.get(url(forum, "/opening")).headers["Location"] == url(forum)


def test_one_chooses_among_forty_ideas_and_no_action(team, forum, make):
    ideas = [make.idea(title=f"Une idée de chez nous, la {n}e") for n in range(39)]
    lines = "\n".join(f"#{one.id}" for one in (*ideas, ideas[0]))
    action = MakePlan(make).action("Un plan de transport")
    page = team.submit(url(forum, "/opening"), "form.form", ideas=f"{lines}\n/plan/actions/{action.id}")
    assert page.status_code == 422 and "est une action du plan" in page.words and count(Choice) == 0
    team.submit(page, "form.form", ideas=lines, typed="Un four")
    assert count(ChoiceCandidate) == 40


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"typed": "Une seule"}, "choisit parmi 2 à 40"),
        ({"typed": "\n".join(f"Proposition {n}" for n in range(41))}, "41"),
        ({"typed": "Un bail\nxx"}, "ligne 2"),
        ({"typed": "Un bail\nUn four", "dots": "11"}, "de 1 à 10"),
        ({"typed": "Un bail\nUn four", "dots": "2", "most_on_one": "3"}, "plus que toutes"),
        ({"typed": "Un bail\nUn four", "ideas": "#999999"}, "ne mène à"),
    ],
)
def test_what_cannot_be_chosen_among_is_said_and_kept(team, forum, typed, said):
    page = team.submit(url(forum, "/opening"), "form.form", **typed)
    assert page.status_code == 422 and count(Choice) == 0
    assert said in page.words.lower()
    assert typed["typed"] in page.soup.select_one("#typed").get_text()


def test_a_member_places_dots_takes_one_off_and_types_numbers(member, forum, choice):
    page = member.get(url(forum))
    assert dots_of(page) == ["0", "0", "0"] and purse(page) == "Il vous reste 5 pastilles"
    page = press(member, page, "Poser")
    page = press(member, page, "Poser")
    assert dots_of(page) == ["2", "0", "0"] and purse(page) == "Il vous reste 3 pastilles"
    page = press(member, page, "Retirer")
    assert dots_of(page) == ["1", "0", "0"]
    # What is typed beside the button that is pressed is stored with it.
    page = press(member, page, "Poser", WORDS[1], **{"dots-2": "2"})
    assert dots_of(page) == ["1", "1", "2"]
    page = member.submit(page, BALLOT, follow=True, **{"dots-0": "3", "dots-1": "", "dots-2": "2"})
    assert dots_of(page) == ["3", "0", "2"] and "Toutes vos pastilles sont posées" in page.words
    page = member.submit(page, BALLOT, follow=True, **{"dots-0": "", "dots-1": "", "dots-2": ""})
    assert count_dots() == 0 and purse(page) == "Il vous reste 5 pastilles"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("3", "3", ""), "Vous avez posé 6 pastilles, et vous en avez 5 : retirez-en 1"),
        (("4", "", ""), "Au plus 3 sur une même ligne"),
        (("-1", "", ""), "Écrivez un nombre"),
        (("beaucoup", "1", ""), "Écrivez un nombre entier"),
        (("9" * 40, "1", ""), "Écrivez un nombre"),
    ],
)
def test_too_many_dots_are_refused_in_words_and_nothing_typed_is_lost(member, forum, choice, typed, said):
    page = member.submit(url(forum), BALLOT, **{"dots-0": "1"})
    page = member.submit(url(forum), BALLOT, **{f"dots-{n}": text for n, text in enumerate(typed)})
    assert page.status_code == 422 and said in page.words.replace("\xa0", " ")
    assert dots_of(page) == list(typed) and count_dots() == 1


def test_one_more_dot_than_one_has_is_refused_where_one_stands(member, forum, choice):
    member.submit(url(forum), BALLOT, **{"dots-0": "3", "dots-1": "2"})
    page = press(member, member.get(url(forum)), "Poser", WORDS[2])
    assert page.status_code == 422 and "retirez-en 1" in page.words and dots_of(page) == ["3", "2", "0"]


def test_a_guest_with_a_pass_has_a_ballot_too_and_nobody_without_a_place(forum, choice, make, visitor, sign_in):
    comes(make, forum, "Ana Sans Compte", "ABC234")
    page = visitor.get(url(forum))
    assert page.soup.select_one("form.ballot") is None and "il faut une place" in page.words
    stranger = sign_in(make.user()).get(url(forum))
    assert stranger.soup.select_one("form.ballot") is None
    enter(visitor, forum, "ABC234")
    page = press(visitor, visitor.get(url(forum)), "Poser")
    assert dots_of(page) == ["1", "0", "0"]


def test_how_many_placed_theirs_is_counted_now_and_then(member, forum, choice, make, sign_in, clock, visitor):
    member.submit(url(forum), BALLOT, **{"dots-0": "1"})
    assert "1 personne a posé" in visitor.get(url(forum)).words
    other = make.user()
    place_in(make, forum, other)
    browser = sign_in(other)
    browser.submit(url(forum), BALLOT, **{"dots-0": "1"})
    assert again(choice).voters_count == 1
    clock.forward(seconds=6)
    browser.submit(url(forum), BALLOT, **{"dots-0": "2"})
    assert again(choice).voters_count == 2


def test_a_choice_is_taken_back_until_somebody_places_a_dot(team, member, forum, choice):
    page = team.submit(url(forum, "/deletion"), "form.form", follow=True)
    assert "est retiré" in page.words and count(Choice) == count(ChoiceCandidate) == 0
    team.submit(url(forum, "/opening"), "form.form", typed="Un bail\nUn four")
    member.submit(url(forum), BALLOT, **{"dots-0": "1"})
    page = team.submit(url(forum, "/deletion"), "form.form", follow=True)
    assert "ne se retire plus" in page.words and count(Choice) == 1


def test_whoever_comes_after_a_choice_was_taken_back_or_stopped_is_told(team, colleague, member, forum, choice):
    seen, placing = colleague.get(url(forum, "/deletion")), member.get(url(forum))
    team.submit(url(forum, "/deletion"), "form.form")
    late = colleague.submit(seen, "form.form", follow=True)
    assert late.status_code == 200 and "n'est plus là" in late.words.replace("’", "'")
    late = member.submit(placing, BALLOT, follow=True, **{"dots-0": "1"})
    assert late.status_code == 200 and "n'est plus là" in late.words.replace("’", "'")
    team.submit(url(forum, "/opening"), "form.form", typed="Un bail\nUn four")
    team.submit(url(forum, "/stopping"), "form.form")
    late = colleague.submit(seen, "form.form", follow=True)
    assert "déjà fermé" in late.words and count(Choice) == 1


def test_a_candidate_says_no_more_than_its_reader_may_read(team, forum, make, visitor):
    topic, idea = topic_in(make, forum, title="Se déplacer"), make.idea(title="Un jardin partagé")
    line = add_line(make, topic, "Payer le chauffeur ensemble")
    team.submit(url(forum, "/opening"), "form.form", lines=[str(line.id)], ideas=f"#{idea.id}", typed="Un four")
    make.at(topic, hidden_at=clocks.now(), hidden_reason="Une erreur")
    make.at(idea, hidden_at=clocks.now(), hidden_reason="Une erreur")
    page = visitor.get(url(forum)).words
    assert "chauffeur" not in page and "jardin" not in page and "Un four" in page and "plus en vue" in page
    assert "chauffeur" in team.get(url(forum)).words


def test_the_pages_are_whole_in_english(team, member, forum, choice):
    member.forge("/language", data={"lang": "en", "next": url(forum)})
    page = member.submit(url(forum), BALLOT, **{"dots-0": "9"})
    assert page.status_code == 422 and "At most 3 on one line" in page.words


def test_what_a_page_asks_for_again_is_how_many_placed_theirs_and_nothing_of_whoever_asks(
    team, member, forum, choice, visitor, clock
):
    page = visitor.get(url(forum))
    live = page.soup.select_one("[data-live]")
    assert live.has_attr("data-open") and "0 personne" in page.soup.select_one("[data-piece=voters]").get_text()
    with record_statements() as statements:
        first = visitor.get(live["data-live"], headers=ASKED)
    assert len(statements) <= PUBLIC, statements
    member.submit(url(forum), BALLOT, **{"dots-0": "3"})
    part = visitor.get(live["data-live"], headers=ASKED | {"If-None-Match": first.headers["ETag"]})
    assert part.status_code == 200 and "1 personne a posé" in part.words and "Set-Cookie" not in part.headers
    assert member.get(live["data-live"], headers=ASKED).words == part.words
    assert not part.soup.select("form, input, [data-marks], .pips")
    # A ballot that changes makes nothing anew.
    for placed in ({"dots-0": "2", "dots-1": "1"}, {"dots-0": "1", "dots-1": "1"}):
        clock.forward(seconds=6)
        member.submit(url(forum), BALLOT, **placed)
    known = ASKED | {"If-None-Match": part.headers["ETag"]}
    assert visitor.get(live["data-live"], headers=known).status_code == 304
    stages = [stage_of(part)]
    for act in ("/stopping", "/counting"):
        team.submit(url(forum, act), "form.form")
        stages.append(stage_of(visitor.get(live["data-live"], headers=ASKED)))
    assert stages == ["choice open 0", "choice stopped 0", "choice counted 0"]


def stage_of(page):
    return page.soup.select_one("[data-piece^=choice]")["data-piece"]


def test_a_ballot_that_comes_once_the_phase_is_another_is_refused_in_words_and_kept_in_sight(
    team, member, forum, choice
):
    shown = member.get(url(forum))
    member.submit(shown, BALLOT, **{"dots-0": "1"})
    team.forge(f"/forums/{forum.id}/phase", data={"phase": "sessions", "seen": "convergence"})
    page = member.submit(shown, BALLOT, **{"dots-0": "3", "dots-1": "2"})
    assert page.status_code == 409 and "plus à la convergence" in page.words.replace("\xa0", " ")
    assert dots_of(page)[:2] == ["3", "2"] and count_dots() == 1
    assert "Vous y avez mis 1 pastille" in member.get(url(forum)).words
    team.forge(f"/forums/{forum.id}/phase", data={"phase": "convergence", "seen": "sessions"})
    assert dots_of(member.get(url(forum))) == ["1", "0", "0"]
