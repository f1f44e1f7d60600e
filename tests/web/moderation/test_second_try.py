"""A refused first post is changed by its author and submitted again: it waits once more, and the team knows it."""

import pytest

from app.accounts import changes
from app.accounts.models.changes import HeldRevision
from app.comments.models import Comment
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.moderation.appeals.queries import measures
from app.moderation.measures.models import Measure
from app.notifications.queries import notices
from app.web.notices.immediate_mails import write_mails
from tests.support.rows import again, count, last

HERE = "securite-alimentaire"
REASON = "Dites où cela se passe."


@pytest.fixture(params=[Idea, Comment])
def refused(request, make, newcomer, team):
    """Return what a team has refused, and the addresses where it is shown and changed."""
    if request.param is Idea:
        content = make.idea(newcomer, HERE, "pending", suspect="first", title="Un bac à compost", body="Des restes.")
        paths = f"/ideas/{content.id}-{content.slug}", f"/ideas/{content.id}/edit", f"/ideas/{content.id}/refusal"
    else:
        content = make.comment(make.idea(community=HERE), newcomer, "Des restes.", status="pending", suspect="first")
        paths = tuple(f"/comments/{content.id}{end}" for end in ("", "/edit", "/refusal"))
    team.submit(paths[2], "form.form", reason=REASON)
    return content, *paths


def test_its_author_changes_it_and_submits_it_again(refused, sign_in, newcomer, team, visitor, clock):
    content, show, edit, _refusal = refused
    clock.forward(hours=3)
    browser = sign_in(newcomer)
    page = browser.get(edit)
    assert REASON in page.words and "Envoyer de nouveau" in page.words
    answer = browser.submit(page, "main form", body="Des restes, au marché du samedi.")
    assert "est de nouveau entre les mains de l’équipe" in browser.get(answer.headers["Location"]).words
    found = again(content)
    assert found.status == "pending" and not found.is_hidden and found.suspect.startswith("again first")
    desk = team.get("/moderation").words
    assert "nouvel essai" in desk and REASON in desk and "Suspect" not in desk
    assert visitor.get(show).status_code == 404


def test_the_same_words_are_not_submitted_again(refused, sign_in, newcomer):
    content, _show, edit, _refusal = refused
    answer = sign_in(newcomer).submit(edit, "main form")
    assert answer.status_code == 422 and "déjà lu ce texte tel quel" in answer.words and again(content).is_hidden


def test_a_refusal_that_the_page_did_not_show_is_read_first(refused, sign_in, newcomer, team):
    content, _show, edit, refusal = refused
    browser = sign_in(newcomer)
    browser.submit(edit, "main form", body="Des restes, au marché.")
    page = browser.get(edit)
    team.submit(refusal, "form.form", reason="Encore plus précis.")
    answer = browser.submit(page, "main form", body="Des restes, au marché du samedi.")
    assert answer.status_code == 409 and "Encore plus précis." in answer.words and "au marché du samedi" in answer.words
    assert again(content).is_hidden
    assert browser.submit(answer, "main form").status_code == 303 and not again(content).is_hidden


def test_the_notice_of_a_refusal_does_not_quote_what_was_written_since(make, refused, sign_in, newcomer, team, clock):
    content, _show, edit, _refusal = refused
    browser = sign_in(newcomer)
    clock.forward(minutes=5)
    browser.submit(edit, "main form", body="Du compost au marché.")
    team.submit("/moderation", f"form[action^='{edit.removesuffix('edit')}admission']")
    clock.forward(minutes=5)
    team.submit(edit.replace("edit", "hiding"), "form.form", reason="Le ton.")
    words = browser.get("/notifications").words
    assert REASON in words and "Le ton." in words and words.count("« Du compost") == isinstance(content, Comment)


def test_the_notice_of_the_refusal_leads_to_the_form_and_falls_away_once_it_was_sent(
    refused, sign_in, newcomer, clock, outbox
):
    content, _show, edit, _refusal = refused
    browser = sign_in(newcomer)
    notice = browser.get("/notifications").soup.find("a", string="Changer et envoyer de nouveau")
    assert notice["href"] == edit and notices.count_unread(actor_for(newcomer)) == 1
    browser.submit(edit, "main form", body="Des restes, au marché.")
    assert again(content).status == "pending" and notices.count_unread(actor_for(newcomer)) == 0
    clock.forward(minutes=11)
    write_mails()
    assert not outbox.to(newcomer.email)


def test_nobody_else_changes_it(refused, sign_in, make, team):
    content, _show, edit, _refusal = refused
    for browser in (sign_in(make.user()), team):
        assert browser.get(edit).status_code == 404
        assert browser.forge(edit, {"body": "Autre chose", "title": "Autre chose"}).status_code == 404
    assert again(content).body == "Des restes."


def test_it_may_be_refused_once_more_or_published(refused, sign_in, newcomer, team):
    content, show, edit, refusal = refused
    browser = sign_in(newcomer)
    browser.submit(edit, "main form", body="Des restes, au marché.")
    team.submit(refusal, "form.form", reason="Encore plus précis.")
    assert again(content).is_hidden
    browser.submit(edit, "main form", body="Des restes, au marché du samedi.")
    page = team.get(show) if isinstance(content, Idea) else team.get(team.get(show).headers["Location"])
    team.submit(page, "form[action$='admission']")
    db.session.expire_all()
    found = again(content)
    assert found.status == "published" and found.suspect == "" and found.hidden_reason is None


def test_the_refusal_has_no_effect_any_more(refused, sign_in, newcomer, team, fae):
    _content, _show, edit, _refusal = refused
    actor, measure_id = actor_for(fae), last(Measure).id
    assert measures.list_contested_measures(actor, Measure.id == measure_id)[0].has_effect
    sign_in(newcomer).submit(edit, "main form", body="Des restes, au marché.")
    assert not measures.list_contested_measures(actor, Measure.id == measure_id)[0].has_effect


@pytest.mark.both_engines
def test_what_was_refused_is_shown_to_the_team_beside_what_is_sent_again(refused, sign_in, newcomer, team, visitor):
    _content, show, edit, _refusal = refused
    browser = sign_in(newcomer)
    browser.submit(edit, "main form", body="Des restes, au marché.")
    slot = team.get("/moderation?queue=pending").soup.select_one(".slot")
    assert (
        slot.select_one(".diff del").get_text(strip=True) == "restes."
        and "marché." in slot.select_one(".diff ins").get_text()
    )
    page = team.get(show, follow_redirects=True)
    assert page.soup.select(".diff ins") and REASON in page.words
    assert not browser.get(show, follow_redirects=True).soup.select(".diff")
    assert team.get(edit.replace("/edit", "/refusal")).soup.select(".diff ins")
    team.submit(page, "form[action$='admission']")
    assert not visitor.get(show, follow_redirects=True).soup.select(".diff")


def test_what_was_refused_is_erased_with_the_account_and_after_ninety_days(refused, sign_in, newcomer):
    _content, _show, edit, _refusal = refused
    sign_in(newcomer).submit(edit, "main form", body="Des restes, au marché.")
    assert last(HeldRevision).former["body"] == "Des restes."
    with unit():
        changes.purge(clock.ago(days=90))
    assert last(HeldRevision).former
    with unit():
        changes.purge(clock.now())
    assert last(HeldRevision).former is None
    with unit():
        changes.forget(newcomer.id)
    assert count(HeldRevision) == 0
