"""The reason that a team gives, on every form that asks one: it is needed, a saved reply goes in, nothing is lost."""

import pytest

from app.core import clock
from app.core.unit import unit
from app.desk.models import SavedReply
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover
from tests.support import tables
from tests.support.world import HERE

ELSEWHERE, WORDS = "transport-collectif", "Merci. Ce texte parle d'autre chose que de cette idée."


@pytest.fixture
def reply(make, fae):
    return make.add(SavedReply(community_id=make.room(HERE).id, title="Hors du sujet", body=WORDS, by_id=fae.id))


@pytest.fixture
@unit()
def pages(make):
    """Every page of a team that asks a reason."""
    author = make.user("Rose")
    idea, pending_idea, hidden_idea = (
        make.idea(author, HERE),
        make.idea(author, HERE, "pending"),
        make.idea(author, HERE, hidden_at=clock.now(), hidden_reason="x"),
    )
    comment = make.comment(idea, author, status="pending")
    case = make.add(Case(idea_id=idea.id, community_id=idea.community_id))
    closed_case = make.add(
        Case(
            idea_id=hidden_idea.id,
            community_id=idea.community_id,
            state="dismissed",
            decided_at=clock.now(),
            reason="x",
        )
    )
    measure = make.add(
        Measure(kind="warn", user_id=author.id, by_id=author.id, community_id=idea.community_id, reason="x")
    )
    appeal = make.add(Appeal(measure_id=measure.id, user_id=author.id, words="On m'a lue de travers."))
    make.restriction(author, kind="freeze")
    other = make.user("Sam")
    other_comment, about = make.comment(idea, other), f"about=idea-{make.idea(other, HERE).id}"
    afar = make.idea(author, ELSEWHERE)
    offer = make.add(
        Handover(idea_id=afar.id, from_id=afar.community_id, to_id=idea.community_id, reason="x", by_id=author.id)
    )
    return {
        "slow": f"/ideas/{idea.id}/slow-mode",
        "move": f"/ideas/{idea.id}/move",
        "branch": f"/comments/{other_comment.id}/move",
        "undoing": f"/measures/{measure.id}/undoing",
        "handover": f"/moderation/handovers/{offer.id}",
        **{name: f"/members/{other.id}/{name}?{about}" for name in ("warning", "suspension", "block")},
        "measure": f"/ideas/{idea.id}/hiding",
        "lock": f"/ideas/{idea.id}/lock",
        "refusal": f"/ideas/{pending_idea.id}/refusal",
        "comment": f"/comments/{comment.id}/refusal",
        "freeze": f"/members/{author.id}/freeze",
        "answer": f"/ideas/{idea.id}/status",
        "case": f"/moderation/cases/{case.id}",
        "reopening": f"/moderation/cases/{closed_case.id}",
        "appeal": f"/moderation/appeals/{appeal.id}",
    }


FORM, REASON = "form:has([name=reply])", "textarea[name=reason], textarea[name=words]"
# All that these forms ask beside the reason: the act would be done, if it were not for the button of the reply.
REST = {"slow": {"minutes": "5"}, "move": {"community": ELSEWHERE}}
ACTS = {"answer": "publish", "handover": "return", "case": "hide", "appeal": "refuse"}


def reason_fields(name, text):
    return {"words" if name == "handover" else "reason": text} | REST.get(name, {})


def test_a_reply_is_added_to_what_was_typed_and_nothing_else_happens(team, reply, pages):
    before = tables.photo()
    for name, path in pages.items():
        page = team.get(path)
        for choice, text, whole_text in (
            (reply.id, "", WORDS),
            (reply.id, "Bonjour Rose,", f"Bonjour Rose,\n\n{WORDS}"),
            ("", "Bonjour Rose,", "Bonjour Rose,"),
        ):
            answer = team.submit(page, FORM, button="1", reply=str(choice), **reason_fields(name, text))
            assert answer.status_code == 200 and answer.soup.select_one(".error-summary") is None, name
            assert answer.soup.select_one(REASON).get_text().strip().replace("\r", "") == whole_text, name
        assert tables.changed_tables(before, tables.photo()) <= {"sessions"}, name


def test_a_reason_is_asked_and_what_was_typed_comes_back(team, reply, pages):
    before = tables.photo()
    for name, path in pages.items():
        page = team.get(path)
        for wrong in ("", "non", "x" * 2001):
            answer = team.submit(page, FORM, button=ACTS.get(name, ""), **reason_fields(name, wrong))
            assert answer.status_code == 422 and answer.soup.select_one(".error-summary"), (name, wrong)
            assert answer.soup.select_one(REASON).get_text().strip() == wrong, name
        assert tables.changed_tables(before, tables.photo()) <= {"sessions"}, name


def test_a_reply_of_another_community_or_of_none_is_not_found(team, reply, pages, make, fae):
    other = make.add(
        SavedReply(community_id=make.room(ELSEWHERE).id, title="Réponse voisine", body="Secret.", by_id=fae.id)
    )
    for name, path in pages.items():
        page = team.get(path)
        assert "Réponse voisine" not in page.text and "Secret." not in page.text, name
        action = page.soup.select_one(FORM)["action"]
        for reply_id in (str(other.id), "999", "x", "-1"):
            answer = team.forge(
                action, reason_fields(name, "Bonjour"), act=ACTS.get(name, "hide"), reply=reply_id, begin="1"
            )
            assert answer.status_code == 404 and "Secret." not in answer.text, (name, reply_id)


def test_the_other_fields_are_kept_too(team, reply, pages):
    page = team.submit(pages["answer"], FORM, button="1", reason="", reply=str(reply.id), status="retained")
    assert page.soup.select_one("[name=status][checked]")["value"] == "retained"


def test_a_page_without_replies_offers_to_prepare_some(team, pages):
    page = team.get(pages["measure"])
    assert page.soup.select_one(".replies select") is None and f"/moderation/{HERE}/replies" in page.text


def test_an_idea_without_a_community_has_no_replies(make, sign_in, reply):
    idea = make.idea(community_id=None)
    browser = sign_in(make.user(role="coordinator"))
    assert browser.get(f"/ideas/{idea.id}/hiding").soup.select_one(".replies") is None
    assert (
        browser.forge(f"/ideas/{idea.id}/hiding", reason="Bonjour", reply=str(reply.id), begin="1").status_code == 404
    )


def test_from_the_desk_the_way_back_is_kept_while_a_reply_is_added(team, reply, pages):
    page = team.submit(f"{pages['refusal']}?back=pending////", FORM, button="1", reason="", reply=str(reply.id))
    answer = team.submit(page, FORM, button="")
    assert answer.headers["Location"] == "/moderation?queue=pending&at=list-0"


def test_replies_are_offered_once_just_before_the_reason_which_says_who_will_read_it(team, reply, pages):
    for name, path in pages.items():
        page = team.get(path)
        form = page.soup.select_one(FORM)
        assert [one["name"] for one in form.select(f"select[name=reply], {REASON}")] == [
            "reply",
            next(iter(reason_fields(name, ""))),
        ], name
        hint = page.soup.find(id=form.select_one(REASON)["aria-describedby"].split()[0]).get_text()
        assert name == "handover" or "journal public" in hint or "tout le monde" in hint, name
