"""A session of a closed forum, with three lines that a member wrote; a team that reviews them."""

import pytest

from app.core import clock
from app.core.db import db
from app.forum.models import Forum
from app.notes.models import NoteLine, PublishedLine, PublishedNotes, SessionNotes
from tests.notes.stored import session_in
from tests.support.world import HERE

WORDS = "Que les aidants de nuit aient droit au même répit que ceux de jour"


@pytest.fixture
def session(make):
    topic = session_in(make)
    make.at(db.session.get_one(Forum, topic.forum_id), phase="closed", phase_at=clock.now())
    return topic


@pytest.fixture
def forum(session):
    return db.session.get_one(Forum, session.forum_id)


@pytest.fixture
def address(forum):
    return f"/forums/{forum.id}/review"


@pytest.fixture
def writer(make):
    return make.user("Denise Marguerite")


@pytest.fixture
def lines(make, session, writer):
    make.add(SessionNotes(topic_id=session.id, people_there=34))
    make.add(PublishedNotes(topic_id=session.id, people_there=34))
    found = []
    for kind, text in (("need", WORDS), ("idea", "Une maison où dormir une nuit"), ("action", "Écrire une lettre")):
        line = make.add(NoteLine(topic_id=session.id, kind=kind, text=text, user_id=writer.id, sent_as=text))
        found.append(
            make.add(PublishedLine(id=line.id, topic_id=session.id, position=len(found), kind=kind, text=text))
        )
    return [line.id for line in found]


@pytest.fixture
def room(make):
    return make.room(HERE)


@pytest.fixture
def josiane(make):
    return make.user("Josiane Bouleau", role="coordinator")


@pytest.fixture
def team(josiane, sign_in):
    return sign_in(josiane)


@pytest.fixture
def karim(make, sign_in):
    return sign_in(make.user("Karim Bouleau", role="coordinator"))
