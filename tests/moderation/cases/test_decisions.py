"""What is decided of a case: with a reason, told to those concerned, undone, and in the journal."""

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import ImportedAuthor
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.permits import can
from app.journal.models import Entry
from app.moderation.cases import queries
from app.moderation.cases.models import Case, CaseFile
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.moderation.gestures import WHY, close, last_case, lines, report_content
from tests.support.rows import every, notices_by_user
from tests.support.world import HERE


@pytest.mark.parametrize("noun", ["idea", "comment", "update"])
def test_hiding_and_closing_is_one_gesture_with_one_reason(cast, contents, noun):
    content = contents[noun]
    case_file = report_content(cast["member"], content)
    close("hide_and_handle", cast["facilitator"], case_file)
    measure = db.session.scalars(select(Measure)).one()
    case = db.session.get_one(Case, case_file.id)
    assert content.is_hidden and content.hidden_reason == measure.reason == case.reason == WHY
    assert (case.state, case.measure_id, case.decided_by) == ("handled", measure.id, cast["facilitator"].id)
    assert [kind for kind, _reason, _on in lines()] == ["hide", "case"]
    assert not notices_by_user("report.against") and content.author_id in notices_by_user("measure.hide")
    assert notices_by_user("report.handled")[cast["member"].id].facts["reason"] == WHY


def test_what_is_hidden_already_is_not_hidden_again(cast, contents):
    case_file = report_content(cast["member"], contents["idea"])
    measures.hide(cast["coordinator"], contents["idea"], reason=WHY)
    with pytest.raises(Forbidden):
        close("hide_and_handle", cast["facilitator"], case_file)
    assert last_case().case.state == "open"


def test_handling_may_name_a_measure_that_was_taken_since_and_no_other(make, cast, contents):
    content, actor = contents["idea"], cast["facilitator"]
    measures.lock(actor, content, reason="Bien avant")
    make.at(db.session.scalars(select(Measure)).one(), at=clock.ago(days=2))
    case_file = report_content(cast["member"], content)
    before = db.session.scalar(select(func.max(Measure.id)))
    measures.unlock(actor, content, reason="Depuis")
    since = db.session.scalar(select(func.max(Measure.id)))
    make.add(Measure(kind="warn", user_id=content.author_id, community_id=content.community_id, reason="Attention"))
    make.add(Measure(kind="warn", user_id=content.author_id, community_id=None, reason="Ailleurs"))
    choices = queries.list_measures(last_case())
    assert [one.reason for one in choices] == ["Attention", "Depuis"]
    with pytest.raises(Invalid):
        close("handle", actor, case_file, measure_id=before)
    close("handle", actor, case_file, measure_id=since)
    assert db.session.get_one(Case, case_file.id).measure_id == since


def test_what_nobody_here_wrote_has_the_measures_of_its_content_alone(make, people):
    from_elsewhere = make.add(ImportedAuthor(source="ailleurs", name="Quelqu'un"))
    idea = make.idea(imported_author_id=from_elsewhere.id, community=HERE)
    case_file = report_content(people["member"], idea)
    make.add(Measure(kind="warn", user_id=make.user().id, community_id=idea.community_id, reason="Une autre personne"))
    assert queries.list_measures(case_file) == []
    close("handle", people["facilitator"], case_file)
    assert not notices_by_user("report.against")


def test_the_author_is_told_when_it_is_upheld_and_never_who_reported(cast, contents):
    case_file = report_content(cast["member"], contents["idea"], words="Mes mots")
    close("handle", cast["facilitator"], case_file)
    notice = notices_by_user("report.against")[contents["idea"].author_id]
    assert notice.facts == {"reason": WHY} and notice.idea_id == contents["idea"].id


def test_the_author_is_not_troubled_by_what_was_dismissed(cast, contents):
    close("dismiss", cast["facilitator"], report_content(cast["member"], contents["idea"]))
    assert set(notices_by_user("report.dismissed")) == {cast["member"].id}
    assert contents["idea"].author_id not in {
        user for kind in ("report.against", "report.cleared") for user in notices_by_user(kind)
    }


def test_an_author_who_was_told_is_told_when_it_does_not_stand(cast, contents):
    case_file = report_content(cast["member"], contents["idea"])
    close("handle", cast["facilitator"], case_file)
    close("reopen", cast["coordinator"], case_file)
    case = db.session.get_one(Case, case_file.id)
    assert (case.state, case.decided_at, case.decided_by, case.reason) == ("open", None, None, "")
    close("dismiss", cast["coordinator"], case_file)
    assert contents["idea"].author_id in notices_by_user("report.cleared")
    assert set(notices_by_user("report.reopened")) == {cast["member"].id}
    steps = [(step.state, step.reason) for step in queries.list_steps(case_file)]
    assert steps == [("handled", WHY), ("open", WHY), ("dismissed", WHY)]


def test_a_case_is_closed_once_and_opened_again_once(cast, contents):
    case_file = report_content(cast["member"], contents["idea"])
    close("dismiss", cast["facilitator"], case_file)
    for act in ("dismiss", "handle", "hide_and_handle"):
        with pytest.raises(Conflict):
            close(act, cast["coordinator"], case_file)
    close("reopen", cast["facilitator"], case_file)
    with pytest.raises(Conflict):
        close("reopen", cast["coordinator"], case_file)


def test_a_case_is_not_opened_again_beside_another(cast, contents):
    first = report_content(cast["member"], contents["idea"])
    close("dismiss", cast["facilitator"], first)
    report_content(cast["member"], contents["idea"])
    with pytest.raises(Conflict):
        close("reopen", cast["facilitator"], first)


def test_the_journal_tells_what_was_decided_of_nobody(cast, contents):
    case_file = report_content(cast["member"], contents["comment"], words="Mes mots à moi")
    report_content(cast["neighbour"], contents["comment"])
    close("dismiss", cast["facilitator"], case_file)
    close("reopen", cast["facilitator"], case_file)
    found = [(entry.kind, entry.facts, entry.reason) for entry in every(Entry)]
    assert found == [("case", {"state": state, "on": "comment"}, WHY) for state in ("dismissed", "open")]
    assert {entry.idea_id for entry in db.session.scalars(select(Entry))} == {None}


def test_a_content_that_went_leaves_a_case_that_can_be_closed(make, cast, contents):
    case_file = report_content(cast["member"], contents["comment"])
    make.at(contents["comment"], deleted_at=clock.now())
    case_file = queries.find_case_file(case_file.id)
    assert not can(cast["facilitator"], "content:read", case_file.content)
    with pytest.raises(Forbidden):
        close("hide_and_handle", cast["facilitator"], case_file)
    close("dismiss", cast["facilitator"], case_file)
    assert isinstance(case_file, CaseFile) and case_file.case.state == "dismissed"
