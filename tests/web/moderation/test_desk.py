"""The pages of the desk: whose they are, what they count and list, and where an act begun there leads back to."""

import pytest

from app.accounts.models.changes import HeldRevision
from app.core import clock
from app.desk.models import Assignment
from app.ideas.models import Answer
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, Report
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover, MoveRequest
from app.web.frame import team_words
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.make_plan import MakePlan
from tests.support.rows import again
from tests.support.world import HERE

ELSEWHERE, DESK = "transport-collectif", "/moderation"


def pending(make, n=1, **columns):
    ideas = [
        make.idea(
            make.user(f"Nina {k}"), HERE, "pending", title=f"Une première idée, {k}", **{"suspect": "first"} | columns
        )
        for k in range(n)
    ]
    for k, idea in enumerate(ideas):
        make.at(idea, saved_at=clock.ago(hours=50 - k))
    return ideas


def row_ids(page):
    return [row["id"] for row in page.soup.select(".slot")]


def read_counts(page):
    """Return the number beside the name of each queue."""
    return {
        link.get_text(" ", strip=True).rsplit(" ", 1)[0]: int(link.select_one(".counted").get_text())
        for link in page.soup.select(".queues a")
    }


def name(queue):
    return str(team_words.QUEUES[queue])


def test_the_menu_leads_to_the_desk_those_who_have_a_charge(make, fae, sign_in, visitor):
    for browser in (visitor, *map(sign_in, (make.user(), make.user(role="admin")))):
        assert 'href="/moderation"' not in browser.get("/").text
    assert 'href="/moderation"' in sign_in(fae).get("/").text


def test_a_charge_that_ended_and_a_suspension_leave_no_desk(make, fae, sign_in, team):
    over = make.user()
    make.facilitator(over, HERE, expires_at=clock.ago(days=1))
    assert sign_in(over).get(DESK).status_code == 403
    assert team.get(DESK).status_code == 200
    make.restriction(fae)
    assert team.get(DESK).status_code == 403


def test_when_nothing_waits_everything_is_up_to_date(team, make):
    page = team.get(DESK)
    assert (
        page.soup.h1.get_text() == "Tout est à jour" and set(read_counts(page).values()) == {0} and row_ids(page) == []
    )
    assert page.soup.select_one(".queues [aria-current]") is None
    page = team.get(f"{DESK}?queue=cases")
    assert page.soup.h1.get_text() == name("cases") and "Aucun signalement n" in page.words
    pending(make)
    page = team.get(f"{DESK}?queue=cases")
    assert page.soup.select_one(".empty .acts a")["href"] == "/moderation?queue=pending"


def test_each_queue_shows_what_waits_in_it_and_counts_it(team, fae, make):
    author, colleague = make.user("Rose"), make.user("Coline")
    idea = make.idea(author, HERE, title="Celle qui a tout")
    make.comment(idea, make.user("Nina"), "Un premier mot.", status="pending", suspect="first")
    pending(make, body="Un long texte. " * 200)
    make.comment(idea, author, "Ce que l'on n'a pas lu.")
    case = make.add(Case(idea_id=idea.id, community_id=idea.community_id))
    make.add(Report(case_id=case.id, user_id=author.id, reason="spam"))
    for subject in (
        {"user_id": author.id},
        {"comment_id": make.comment(idea, author, "Caché.", hidden_at=clock.now(), hidden_reason="x").id},
    ):
        measure = make.add(
            Measure(
                kind="hide" if "comment_id" in subject else "warn",
                by_id=colleague.id,
                community_id=idea.community_id,
                reason="Non",
                **subject,
            )
        )
        make.add(Appeal(measure_id=measure.id, user_id=author.id, words="On m'a lue de travers."))
    make.add(
        Answer(idea_id=idea.id, status="retained", reason="Nous la retenons.", by_id=colleague.id, asked_at=clock.now())
    )
    make.add(
        Answer(
            idea_id=make.idea(author, HERE).id,
            status="",
            reason="Pas encore.",
            by_id=colleague.id,
            asked_at=clock.now(),
        )
    )
    offered_idea = make.idea(author, ELSEWHERE, title="Offerte par d'autres")
    make.add(
        Handover(
            idea_id=offered_idea.id,
            from_id=offered_idea.community_id,
            to_id=idea.community_id,
            reason="C'est votre affaire.",
            by_id=colleague.id,
        )
    )
    lost_idea = make.idea(author, community_id=None, title="Offerte par la coordination")
    make.add(Handover(idea_id=lost_idea.id, to_id=idea.community_id, reason="À vous?", by_id=colleague.id))
    misplaced_idea = make.idea(author, HERE, title="Mieux ailleurs")
    make.add(
        MoveRequest(
            idea_id=misplaced_idea.id, to_id=make.room(ELSEWHERE).id, reason="Ce n'est pas ici.", by_id=author.id
        )
    )
    make.add(
        HeldRevision(
            idea_id=misplaced_idea.id,
            by_id=author.id,
            state="open",
            suspect="new words",
            words={"title": "Plutôt mes pilules", "body": misplaced_idea.body, "summary": "", "tags": []},
        )
    )
    make.restriction(author, kind="freeze")
    make.at(make.idea(author, HERE, title="En retard"), status_at=clock.ago(days=31))
    make.at(make.idea(author, HERE, "planned", title="Endormie"), status_at=clock.ago(days=91))
    plans = MakePlan(make)
    action = plans.action()
    (
        plans.link(action, make.idea(author, HERE, title="À lier"), answer=None, reason="Elle y répond."),
        plans.link(action, make.idea(author, HERE, "retained")),
    )
    dropped_action = plans.action("Une cuisine")
    plans.link(dropped_action, make.idea(author, HERE, "retained", title="Revenue du plan"))
    plans.say(dropped_action, "Faute de moyens.", state="dropped")
    session = session_in(make, phase="closed", room=make.room(HERE))
    publish_in(make, session)
    line_in(make, session, "Un répit de nuit")
    texts = {
        "links": "Elle y répond.",
        "returned": "Faute de moyens.",
        "unlinked": "Endormie",
        "pending": "Lire tout le texte",
        "cases": "Publicité",
        "appeals": "On m'a lue de travers.",
        "reviews": "Nous la retenons.",
        "handovers": "C'est votre affaire.",
        "requests": "Ce n'est pas ici.",
        "changes": "pilules",
        "frozen": "Rose",
        "unanswered": "En retard",
        "unread": "Ce que l'on n'a pas lu.",
        "said": "Des notes au chemin",
        "stalled": "Endormie",
    }
    numbers = read_counts(team.get(DESK))
    assert numbers == {
        name(queue): {"pending": 2, "appeals": 2, "reviews": 2, "handovers": 2}.get(queue, 1) for queue in texts
    }
    for queue, words_of_it in texts.items():
        for path in (DESK, f"{DESK}/{HERE}"):
            page = team.get(f"{path}?queue={queue}")
            assert words_of_it in page.words and len(row_ids(page)) == numbers[name(queue)], queue
            assert page.soup.select_one(".queues [aria-current]").get_text(" ", strip=True).startswith(name(queue))


def test_an_offer_leads_to_the_page_where_it_is_answered(team, make):
    idea = make.idea(make.user("Rose"), ELSEWHERE)
    handover = make.add(
        Handover(
            idea_id=idea.id,
            from_id=idea.community_id,
            to_id=make.room(HERE).id,
            reason="À vous.",
            by_id=make.user("Coline").id,
        )
    )
    page = team.get(f"{DESK}?queue=handovers")
    assert (
        team.submit(page.soup.select_one(".slot-acts a")["href"], "form.form", button="accept", words="").status_code
        == 303
    )
    assert handover.id and not row_ids(team.get(f"{DESK}?queue=handovers"))


def test_ideas_without_a_community_are_the_coordination_s(team, make, boss):
    make.idea(community_id=None, title="Sans communauté")
    assert read_counts(boss.get(DESK))[name("orphans")] == 1
    assert "Sans communauté" in boss.get(f"{DESK}?queue=orphans").words
    assert boss.get(f"{DESK}/{HERE}?queue=orphans").status_code == 400
    assert name("orphans") not in read_counts(team.get(DESK)) and team.get(f"{DESK}?queue=orphans").status_code == 400


@pytest.mark.parametrize("query", ["queue=lost", "mine=2", "queue=pending&queue=cases", "at=" + "x" * 300])
def test_an_unknown_parameter_is_refused(team, query):
    assert team.get(f"{DESK}?{query}").status_code == 400


def test_a_place_that_is_broken_is_no_page_and_one_past_the_end_says_so(team, make):
    pending(make)
    assert team.get(f"{DESK}?queue=pending&after=n-importe-quoi").status_code == 404
    page = team.get(f"{DESK}?queue=pending&after=1.9999999999999999.idea.1")
    assert "C'est tout" in page.words.replace("’", "'")


def test_a_long_queue_is_paged(team, make):
    pending(make, 21)
    page = team.get(DESK)
    rest = team.get(page.soup.select_one(".pages .next")["href"])
    assert len(row_ids(page)) == 20 and len(row_ids(rest)) == 1 and not set(row_ids(page)) & set(row_ids(rest))
    assert read_counts(rest)[name("pending")] == 21 and rest.soup.select_one(".pages .first")


def test_one_filters_what_is_in_ones_own_hands(team, fae, make):
    ideas = pending(make, 3)
    make.add(Assignment(idea_id=ideas[2].id, user_id=fae.id, by_id=fae.id))
    page = team.get(DESK)
    assert row_ids(page)[0] == f"item-idea-{ideas[2].id}" and page.soup.select_one(".slot.is-mine .hands b")
    page = team.get(f"{DESK}?mine=1")
    assert row_ids(page) == [f"item-idea-{ideas[2].id}"] and read_counts(page)[name("pending")] == 1
    page = team.get(f"{DESK}?queue=unanswered&mine=1")
    assert "mine=1" in page.soup.select_one(".empty .acts a")["href"]
    make.at(ideas[2], status="published", status_at=clock.now())
    page = team.get(f"{DESK}?mine=1")
    assert page.soup.select_one("h1").get_text() == "Entre vos mains" and page.soup.select_one(
        ".eyebrow"
    ).get_text().startswith("Bureau")
    assert (
        "Rien à votre nom" in page.words
        and page.soup.select_one(".empty .acts a")["href"] == "/moderation?queue=pending"
    )


def test_a_first_post_is_published_from_the_desk_which_comes_back_at_the_next_one(team, make):
    ideas = pending(make, 3)
    answer = team.submit(f"{DESK}?queue=pending", f"#item-idea-{ideas[0].id} form")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/moderation?queue=pending&at=idea-{ideas[1].id}#item-idea-{ideas[1].id}"
    page = team.get(answer.headers["Location"])
    assert page.soup.select_one("[data-autofocus]")[
        "id"
    ] == f"item-idea-{ideas[1].id}" and "C'est publié." in page.words.replace("’", "'")
    assert again(ideas[0]).status == "published"
    answer = team.submit(f"{DESK}/{HERE}?queue=pending", f"#item-idea-{ideas[2].id} form", button="1")
    assert answer.headers["Location"] == f"/moderation/{HERE}?queue=pending&at=list-0"
    page = team.get(answer.headers["Location"])
    assert (
        page.soup.select_one("[data-autofocus]")["id"] == f"item-idea-{ideas[1].id}"
        and "paraîtra désormais" in page.words
    )
    page = team.submit(page, ".slot form", follow=True)
    assert page.soup.select_one("[data-autofocus] .empty") and read_counts(page)[name("pending")] == 0


def test_a_first_comment_is_refused_from_the_desk_with_a_reason(team, make):
    idea = make.idea(community=HERE)
    comments = [
        make.comment(idea, make.user(), f"Mot {n}", status="pending", suspect="first links:4") for n in range(2)
    ]
    page = team.get(team.get(DESK).soup.select_one(f"#item-comment-{comments[0].id} [data-key=r]")["href"])
    assert page.soup.select_one(".form-acts a")["href"].startswith("/moderation?queue=pending")
    answer = team.submit(page, "form.form", reason="Hors du sujet, désolé")
    assert (
        answer.headers["Location"]
        == f"/moderation?queue=pending&at=comment-{comments[1].id}#item-comment-{comments[1].id}"
    )
    assert again(comments[0]).hidden_reason == "Hors du sujet, désolé"


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/logout",
        "pending",
        "pending/a/b/c/d",
        "pending//2//",
        "pending/../1//",
        "pending//1//idea-0x",
        "PENDING////",
    ],
)
def test_an_act_never_leads_to_an_address_that_was_given(team, make, back):
    idea = pending(make)[0]
    page = team.get(f"/ideas/{idea.id}/refusal", query_string={"back": back})
    assert (
        page.soup.select_one("[name=back]") is None
        and page.soup.select_one(".form-acts a")["href"] == f"/ideas/{idea.id}-{idea.slug}"
    )
    answer = team.forge(f"/ideas/{idea.id}/admission", back=back, version=idea.version)
    assert answer.headers["Location"] == f"/ideas/{idea.id}-{idea.slug}" and again(idea).status == "published"


def test_an_act_sent_back_to_an_unknown_place_of_ours_meets_no_page(team, make):
    ideas = pending(make, 2)
    for idea, back in zip(ideas, ("lost////", f"pending/{ELSEWHERE}///"), strict=True):
        answer = team.forge(f"/ideas/{idea.id}/admission", back=back, version=idea.version)
        assert answer.status_code == 303 and team.get(answer.headers["Location"]).status_code in (400, 404)
