import pytest
from sqlalchemy import select

from app.comments.models import Thread
from app.core.db import db
from app.core.errors import Forbidden
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as service

FIRST = "securite-alimentaire"


def acts(contents):
    """Yield each act, what it is done to, and what undoes it."""
    for name, content in contents.items():
        yield "hide", content, "restore"
        if name != "comment":
            yield "lock", content, "unlock"


def test_those_in_charge_take_measures_that_are_recorded(make, contents):
    for actor in (make.actor(facilitates=[FIRST]), make.actor(role="coordinator")):
        for name, content, undo in acts(contents):
            for act in (name, undo):
                getattr(service, act)(actor, content, reason=f"parce que {act}")
                measure = db.session.scalars(select(Measure).order_by(Measure.id.desc()).limit(1)).one()
                assert (measure.kind, measure.by_id, measure.reason) == (act, actor.id, f"parce que {act}")
                column = f"{type(content).__name__.lower()}_id"
                assert getattr(measure, column) == content.id and measure.community_id and measure.at


def test_nobody_else_does(people, contents):
    for name, content, undo in acts(contents):
        for act in (name, undo):
            with pytest.raises(Forbidden):
                getattr(service, act)(people["neighbour"], content, reason="parce que")
    assert db.session.scalars(select(Measure)).all() == []


def test_a_measure_is_taken_once(make, contents):
    actor = make.actor(role="coordinator")
    for name, content, undo in acts(contents):
        with pytest.raises(Forbidden):
            getattr(service, undo)(actor, content, reason="parce que")
        getattr(service, name)(actor, content, reason="parce que")
        with pytest.raises(Forbidden):
            getattr(service, name)(actor, content, reason="parce que")
        getattr(service, undo)(actor, content, reason="parce que")


def test_hiding_keeps_the_words_and_restoring_gives_them_back(make, contents):
    actor, idea = make.actor(facilitates=[FIRST]), contents["idea"]
    service.hide(actor, idea, reason="Hors sujet")
    assert idea.body and idea.hidden_reason == "Hors sujet" and not idea.is_public
    assert not db.session.get_one(Thread, idea.thread_id).is_public
    service.restore(actor, idea, reason="Erreur de notre part")
    assert idea.is_public and db.session.get_one(Thread, idea.thread_id).is_public


def test_an_idea_that_no_community_leads_is_moderated_by_coordinators(make):
    idea = make.idea(community_id=None)
    with pytest.raises(Forbidden):
        service.hide(make.actor(facilitates=[FIRST]), idea, reason="Hors sujet")
    service.hide(make.actor(role="coordinator"), idea, reason="Hors sujet")
    assert db.session.scalars(select(Measure)).one().community_id is None
