"""What somebody in charge, somebody just let in, or a member with a grudge tries with the keys that they have."""

import json

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models.changes import HeldRevision
from app.accounts.models.people import User
from app.comments.models import Comment
from app.core.db import db
from app.ideas.models import Idea
from app.journal.models import Entry
from app.moderation.appeals.service import appeals
from app.moderation.measures.models import Measure
from app.moderation.measures.service import members
from app.notifications.models import Notice
from app.web.notices import immediate_mails
from tests.moderation.gestures import found, judge
from tests.support.make import idea_page
from tests.support.rows import every, last
from tests.support.world import HERE

WHY, SAID, CIRCLE = "Une raison claire", "Madame Unetelle habite au 12", "canari-cercle"


@pytest.mark.parametrize("act", ["grant", "refuse"])
def test_an_appeal_of_somebody_kept_out_of_a_private_community_is_sealed_in_the_journal(make, visitor, act):
    make.community(slug=CIRCLE, name=CIRCLE, is_private=True)
    user = make.user()
    make.actor(user, member_of=[CIRCLE])
    make.idea(user, CIRCLE)
    judge_, team = make.actor(role="coordinator"), make.actor(facilitates=[CIRCLE])
    members.block(team, db.session.get_one(User, user.id), community_id=make.room(CIRCLE).id, reason=WHY)
    measure = last(Measure)
    appeals.appeal(make.actor(db.session.get_one(User, user.id)), measure, words="Relisez-moi, s'il vous plaît.")
    judge(act, judge_, found(judge_, measure))
    assert {entry.is_private for entry in db.session.scalars(select(Entry))} == {True}
    lines = [json.loads(line) for line in visitor.get("/journal.jsonl").get_data(as_text=True).splitlines()]
    assert len(lines) > 2 and all(line.get("sealed") and "reason" not in line for line in lines)
    assert "Lu de nouveau" not in visitor.get("/journal").words


def test_what_a_member_says_when_they_leave_is_not_in_the_journal_for_ever(make, sign_in, visitor):
    user = make.user()
    idea, browser = make.idea(user, HERE), sign_in(user)
    browser.submit(f"/ideas/{idea.id}/withdrawal", "form.form", reason=SAID)
    assert SAID in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words
    entry = last(Entry)
    assert (entry.kind, entry.facts["status"], entry.reason, entry.idea_id) == ("status", "withdrawn", "", idea.id)
    assert SAID not in visitor.get("/journal").words + visitor.get("/journal.jsonl").get_data(as_text=True)


@pytest.fixture(params=["idea", "comment"])
def waits(request, make, newcomer):
    """A first post that waits to be read, and the idea that it is or is about."""
    if request.param == "idea":
        idea = make.idea(newcomer, HERE, "pending", suspect="first")
        return idea, idea
    idea = make.idea(community=HERE)
    return make.comment(idea, newcomer, "Bonne idée!", status="pending", suspect="first"), idea


def address(post):
    return f"/{'ideas' if isinstance(post, Idea) else 'comments'}/{post.id}"


@pytest.mark.parametrize("place", ["its page", "the desk"])
def test_what_was_changed_while_it_was_read_is_not_let_through_unread(sign_in, visitor, newcomer, team, waits, place):
    post, idea = waits
    form = f"form[action='{address(post)}/admission']"
    path = idea_page(idea) if place == "its page" else "/moderation?queue=pending"
    page = team.get(path)
    sign_in(newcomer).submit(f"{address(post)}/edit", "main form", body="Achetez mes pilules")
    answer = team.submit(page, form)
    assert answer.status_code == 409 and "a changé pendant que vous le lisiez" in answer.words
    assert "pilules" not in visitor.get(idea_page(idea)).words and last(type(post)).status == "pending"
    team.submit(path, form)
    assert last(type(post)).status == "published"


def test_what_was_changed_while_a_reason_was_typed_is_not_refused_unread(sign_in, newcomer, team, waits):
    post, form = waits[0], f"{address(waits[0])}/refusal"
    page = team.get(form)
    sign_in(newcomer).submit(f"{address(post)}/edit", "main form", body="Le samedi, parlons de tomates.")
    answer = team.submit(page, "form.form", reason="C'est une annonce.")
    assert (
        answer.status_code == 409
        and "a changé pendant que vous le lisiez" in answer.words
        and "tomates" in answer.words
    )
    assert answer.soup.select_one("textarea").get_text().strip() == "C'est une annonce."
    assert not last(type(post)).is_hidden
    for version in ({}, {"version": ""}):
        assert team.forge(f"{address(post)}/admission", **version).status_code == 409
        assert team.forge(form, reason="C'est une annonce.", **version).status_code == 409
    assert last(type(post)).status == "pending" and not last(type(post)).is_hidden
    assert team.submit(answer, "form.form").status_code == 303 and last(type(post)).is_hidden


def test_a_newcomer_does_not_change_what_the_team_has_read_and_let_appear(make, sign_in, visitor, newcomer):
    """The first comment is polite and is let through; what takes its place waits to be read."""
    idea, browser = make.idea(community=HERE), sign_in(newcomer)
    comment = make.comment(idea, newcomer, "Bonne idée!", status="pending", suspect="first")
    page = browser.submit(f"/comments/{comment.id}/edit", "main form", body="Très bonne idée!")
    assert page.status_code == 303
    page = browser.get(f"/comments/{comment.id}/edit")
    make.at(comment, status="published", suspect="")
    answer = browser.submit(page, "main form", body="Achetez mes pilules", follow=True)
    assert answer.status_code == 200 and "Votre modification est reçue" in answer.words
    assert last(Comment).body == "Très bonne idée!" and last(HeldRevision).words == {"body": "Achetez mes pilules"}
    assert "pilules" not in visitor.get(f"/ideas/{idea.id}-{idea.slug}").words


def test_the_team_is_told_when_a_newcomer_changes_an_idea_that_it_let_appear(make, sign_in, clock, newcomer, fae):
    idea = make.idea(newcomer, HERE, body="Un texte de quelques mots qui dit pourquoi et comment.")
    other = make.idea(community=HERE)
    with_answer = make.idea(community=HERE, status="retained")
    reader = sign_in(make.paces(fae, desk="now"))
    writers = {one.id: sign_in(db.session.get_one(User, one.author_id)) for one in (idea, other, with_answer)}

    def edit(one, n):
        body = f"{one.body} {n}"
        assert writers[one.id].submit(f"/ideas/{one.id}/edit", "main form", body=body).status_code == 303

    def read_notices():
        """List what the team reads of it: which idea, in which version, and whether that is news."""
        rows = every(Notice)
        assert {row.user_id for row in rows} == {fae.id}
        return [(row.idea_id, row.facts["number"], row.read_at is None) for row in rows]

    for one in (idea, other, with_answer):
        edit(one, 1)
    assert read_notices() == [(idea.id, 2, True), (with_answer.id, 2, True)]
    page = reader.get("/notifications")
    assert "relisez ce qui change" in page.words and page.soup.select_one(
        f".notices a[href='/ideas/{idea.id}/revisions/2']"
    )
    clock.forward(minutes=10)
    assert immediate_mails.write_mails() == 2
    edit(idea, 2)
    assert read_notices() == [(with_answer.id, 2, True), (idea.id, 3, True)] and immediate_mails.write_mails() == 0
    reader.submit("/notifications", "form[action='/notifications/reading']")
    edit(idea, 3)
    assert read_notices()[-1] == (idea.id, 4, True)
    clock.forward(minutes=10)
    assert immediate_mails.write_mails() == 1
    clock.forward(hours=2)
    edit(idea, 4)
    clock.forward(minutes=10)
    assert read_notices()[-1] == (idea.id, 5, True) and immediate_mails.write_mails() == 1


def test_an_administrator_does_not_make_a_coordinator_in_silence(make, visitor):
    make.actor(role="admin")
    user = make.user("Nom Secret", role="admin")
    accounts.grant_site_role(make.actor(user), user, "coordinator")
    assert (last(Entry).kind, last(Entry).facts, last(Entry).is_private) == ("role", {"role": "coordinator"}, False)
    page = visitor.get("/journal").words
    assert "Coordination" in page and "Nom Secret" not in page
