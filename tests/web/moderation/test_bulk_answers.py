"""The same answer to many ideas: choose, check, publish; what can not move is named."""

import pytest

from app.desk.models import SavedReply
from app.ideas.models import Answer
from app.journal.models import Entry
from app.notifications.models import Notice
from tests.support.queries import costs_alike
from tests.support.rows import again, count, every

HERE, ELSEWHERE = "securite-alimentaire", "transport-collectif"
PAGE = f"/moderation/{HERE}/bulk"
FIELDS = {"status": "retained", "reason": "Décidé à la rencontre d'avril."}


def statuses(*ideas):
    return [again(idea).status for idea in ideas]


def titles(page, selector="#idea b"):
    return [tag.get_text() for tag in page.soup.select(selector)]


def check(team, *ideas):
    """Tick these ideas and ask what will change."""
    return team.submit(PAGE, "form.many", idea=[idea.id for idea in ideas], **FIELDS)


def test_the_list_holds_what_the_community_may_answer_and_nothing_else(make, team):
    answerable_ideas = [
        make.idea(community=HERE, title="Première idée"),
        make.idea(community=HERE, status="archived", title="Archivée"),
    ]
    (
        make.idea(community=ELSEWHERE),
        make.idea(community=HERE, status="draft"),
        make.idea(community=HERE, status="withdrawn"),
    )
    (
        make.idea(community=HERE, merged_into=answerable_ideas[0].id),
        make.idea(community=HERE, deleted_at=answerable_ideas[0].created_at),
    )
    assert titles(team.get(PAGE)) == ["Première idée", "Archivée"]
    assert titles(team.get(f"{PAGE}?status=archived")) == ["Archivée"]
    assert "Aucune idée ici" in team.get(f"{PAGE}?status=achieved").words
    assert team.get(f"{PAGE}?status=withdrawn").status_code == 400


def test_what_will_change_is_shown_before_anything_changes(make, team):
    going, staying = (
        make.idea(community=HERE, title="Celle qui va"),
        make.idea(community=HERE, status="archived", title="Celle qui reste"),
    )
    page = check(team, going, staying)
    assert page.status_code == 200 and statuses(going, staying) == ["published", "archived"]
    assert (
        "1 idée va recevoir cette réponse" in page.words.replace("’", "'") and "1 idée ne la recevra pas" in page.words
    )
    page = team.submit(page, "form.post", button="publish")
    assert page.status_code == 200 and statuses(going, staying) == ["retained", "archived"]
    assert titles(page, "section[aria-labelledby=others-title] a") == ["Celle qui reste"]
    assert "n'est pas possible depuis celle où l'idée se trouve" in page.words.replace("’", "'")


def test_each_idea_has_its_answer_its_line_in_the_journal_and_its_notice(make, team):
    ideas = [make.idea(community=HERE) for _n in range(3)]
    preview = check(team, *ideas)
    page = team.submit(preview, "form.post", button="publish")
    assert page.status_code == 200 and "3 idées ont reçu cette réponse" in page.words.replace("’", "'")
    assert count(Answer, Answer.published_at.is_not(None)) == count(Notice, Notice.kind == "status") == 3
    assert count(Entry, Entry.kind == "status", Entry.reason == FIELDS["reason"]) == 3
    again = team.submit(preview, "form.post", button="publish")
    assert "Rien n'a changé" in again.words.replace("’", "'") and count(Answer) == 3


def test_what_was_typed_and_ticked_comes_back_to_be_changed(make, team):
    idea, other = make.idea(community=HERE), make.idea(community=HERE, status="achieved")
    page = team.submit(check(team, idea, other), ".acts form:last-of-type", button="edit")
    assert page.status_code == 200 and FIELDS["reason"] in page.soup.select_one("#reason").get_text().replace("’", "'")
    assert len(page.soup.select("input[name=idea][checked]")) == 2
    elsewhere = team.forge(f"{PAGE}?status=published", data=FIELDS | {"idea": [other.id], "act": "edit"})
    assert [box["value"] for box in elsewhere.soup.select("input[name=idea][checked]")] == [str(other.id)]


def test_going_from_a_tab_to_another_loses_neither_words_nor_boxes(make, team):
    idea, other = make.idea(community=HERE), make.idea(community=HERE, status="achieved")
    page = team.submit(PAGE, "form.many", button=f"{PAGE}?status=achieved", idea=[idea.id], **FIELDS)
    for status, boxes in (("achieved", {idea.id, other.id}), ("declined", {idea.id}), ("published", {idea.id})):
        page = team.submit(page, "form.many", button=f"{PAGE}?status={status}")
        assert page.status_code == 200 and {int(box["value"]) for box in page.soup.select("input[name=idea]")} == boxes
        assert [box["value"] for box in page.soup.select("input[name=idea][checked]")] == [str(idea.id)]
        assert page.soup.select_one("#reason").get_text().strip() == FIELDS["reason"]
        assert page.soup.select_one("input[name=status][checked]")["value"] == FIELDS["status"]
    page = team.submit(page, "form.many", button=f"{PAGE}?status=declined", idea=[None])
    assert "Aucune idée ici" in page.words and statuses(idea, other) == ["published", "achieved"]
    page = team.submit(page, "form.many", button=PAGE)
    assert page.soup.select_one("#reason").get_text().strip() == FIELDS["reason"]


def test_a_saved_reply_begins_the_reason_and_what_was_ticked_stays(make, team, fae):
    idea = make.idea(community=HERE)
    reply = make.add(
        SavedReply(community_id=idea.community_id, title="Merci", body="Merci de l'avoir proposée.", by_id=fae.id)
    )
    page = team.submit(
        PAGE, "form.many", button="1", idea=[idea.id], status="retained", reason="Bonjour.", reply=str(reply.id)
    )
    assert page.soup.select_one("#reason").get_text().split() == "Bonjour. Merci de l'avoir proposée.".split()
    assert page.soup.select_one("input[name=idea][checked]") and statuses(idea) == ["published"]


def test_many_ideas_are_answered_and_stay_where_they_are(make, team):
    ideas = make.idea(community=HERE), make.idea(community=HERE, status="achieved")
    preview = team.submit(PAGE, "form.many", idea=[idea.id for idea in ideas], status="same", reason=FIELDS["reason"])
    page = team.submit(preview, "form.post", button="publish")
    assert "2 idées ont reçu cette réponse" in page.words and statuses(*ideas) == ["published", "achieved"]
    assert count(Entry, Entry.kind == "answer") == count(Notice, Notice.kind == "status") == 2


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "x" * 2001}, {"idea": []}])
def test_a_wrong_form_changes_nothing_and_comes_back(make, team, wrong):
    idea = make.idea(community=HERE)
    fields = FIELDS | {"idea": [idea.id]} | wrong
    for answer in (team.submit(PAGE, "form.many", **fields), team.forge(f"{PAGE}/publication", data=fields)):
        assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert statuses(idea) == ["published"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "withdrawn"},
        {"status": "planned"},
        {"status": "nothing"},
        {"idea": list(range(1, 102))},
        {"idea": ["x"]},
    ],
)
def test_what_was_not_offered_changes_nothing_and_comes_back(make, team, wrong):
    idea = make.idea(community=HERE)
    for path in (PAGE, f"{PAGE}/publication"):
        answer = team.forge(path, data=FIELDS | {"idea": [idea.id]} | wrong)
        assert answer.status_code == 422 and answer.soup.select_one(".error-summary")
    assert statuses(idea) == ["published"]


def test_ideas_of_another_community_are_as_if_they_were_not(make, team):
    theirs = make.idea(community=ELSEWHERE, title="Chez les voisins")
    for path in (PAGE, f"{PAGE}/publication"):
        page = team.forge(path, data=FIELDS | {"idea": [theirs.id, 2**40]})
        assert page.status_code == 200 and "Chez les voisins" not in page.words
    assert statuses(theirs) == ["published"]


def test_what_is_hidden_meanwhile_stays_and_is_named(make, team):
    idea = make.idea(community=HERE, title="Masquée depuis")
    preview = check(team, idea)
    make.at(idea, hidden_at=idea.created_at, hidden_reason="non")
    page = team.submit(preview, "form.post", button="publish")
    assert "Masquée depuis" in page.words and "Elle n'est plus publique" in page.words.replace("’", "'")


@pytest.mark.parametrize("who", ["facilitator", "coordinator"])
def test_where_answers_are_reviewed_many_become_drafts_to_read_whoever_writes(
    make, team, sign_in, outbox, answer_review, who
):
    colleague = make.user("Colette Collègue", facilitates=[HERE])
    writer = team if who == "facilitator" else sign_in(make.user("Corinne Coordination", role="coordinator"))
    going = [make.idea(community=HERE, title=f"À relire {n}") for n in (1, 2)]
    begun_idea, staying_idea = (
        make.idea(community=HERE, title="Déjà commencée"),
        make.idea(community=HERE, status="archived", title="Celle qui reste"),
    )
    sign_in(colleague).submit(
        f"/ideas/{begun_idea.id}/status",
        "#answer-form",
        button="save",
        status="declined",
        reason="Les mots d'une collègue.",
    )
    ids = [idea.id for idea in (*going, begun_idea, staying_idea)]
    page = writer.get(PAGE)
    assert "une autre personne de l'équipe lit chaque réponse" in page.words.replace("’", "'")
    page = writer.submit(page, "form.many", idea=[str(n) for n in ids], **FIELDS)
    assert "2 réponses attendront une relecture" in page.words and "vont changer d'étape" not in page.words.replace(
        "’", "'"
    )
    assert titles(page, "section[aria-labelledby=with_draft-title] a") == ["Déjà commencée"]
    assert titles(page, "section[aria-labelledby=others-title] a") == ["Celle qui reste"]
    page = writer.submit(page, "form.post", button="review")
    assert "Rien n'a encore paru" in page.words.replace("’", "'") and "2 réponses attendent une relecture" in page.words
    assert statuses(*going, begun_idea, staying_idea) == ["published", "published", "published", "archived"]
    drafts = every(Answer)
    assert [(one.reason, one.is_asked, one.published_at) for one in drafts] == [
        ("Les mots d'une collègue.", False, None),
        *[(FIELDS["reason"], True, None)] * 2,
    ]
    assert count(Entry, Entry.kind == "status") == 0
    [notice] = every(Notice, Notice.kind == "answers.reviews", Notice.user_id == colleague.id)
    desk = sign_in(colleague).get("/notifications")
    assert (
        "relire 2 réponses avant qu'elles paraissent" in desk.words.replace("’", "'").replace("\u00a0", " ")
        and notice.facts["count"] == 2
    )
    queue = sign_in(colleague).get(desk.soup.select_one('.notices a[href*="queue=reviews"]')["href"])
    assert "À relire 1" in queue.words and "À relire 2" in queue.words
    again = writer.forge(f"{PAGE}/publication", data=FIELDS | {"idea": ids})
    assert "3 idées ont déjà un brouillon" in again.words and count(Answer) == 3


def test_a_long_list_is_paged_and_costs_the_same(make, team):
    costs_alike(lambda times: [make.idea(community=HERE) for _n in range(times + 17)], (team, PAGE))
    page = team.get(PAGE)
    following = team.submit(page, "form.many", button=page.soup.select_one(".acts [formaction*=after]")["formaction"])
    assert len(titles(page)) == 50 and len(titles(following)) == 4 and team.get(f"{PAGE}?after=1.1").status_code == 200
    assert "C'est tout" in team.get(f"{PAGE}?after=9999999999999999.1").words.replace("’", "'")
    assert team.get(f"{PAGE}?after=x").status_code == 404
