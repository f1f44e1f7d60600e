"""The gestures that the tests of appeals repeat."""

from app.accounts.models.people import User
from app.core.db import db
from app.moderation.appeals.queries import measures as queries
from app.moderation.appeals.service import appeals as service
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents as measures
from tests.support.measures import last_measure
from tests.support.world import HERE

WORDS, WHY = "On a lu de travers ce que j'écrivais là.", "Lu de nouveau, avec soin."


def hide_content(judges, contents, noun="idea"):
    measures.hide(judges["facilitator"], contents[noun], reason="Hors du sujet")
    return last_measure()


def found(actor, measure):
    return queries.find_contested_measure(actor, Measure.id == measure.id)


def appeal_measure(judges, measure):
    service.appeal(judges["author"], measure, words=WORDS)
    return found(judges["coordinator"], measure)


def judge(act, actor, contested_measure):
    content = found(actor, contested_measure.measure).content
    getattr(service, act)(actor, content, contested_measure.appeal, reason=WHY)


def on_person(make, judges, kind, community=HERE):
    room = make.room(community) if community else None
    author = db.session.get_one(User, judges["author"].id)
    data = {} if kind == "warn" else {"restriction": make.restriction(author, room, kind=kind).id}
    return make.add(
        Measure(
            kind=kind,
            user_id=author.id,
            community_id=room and room.id,
            reason="Motif",
            data=data,
            by_id=judges["facilitator"].id,
        )
    )
