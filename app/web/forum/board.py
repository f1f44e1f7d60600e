"""The board of a forum: everybody reads it; its team chooses a topic there, and presses on the cell where it goes."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.errors import N_
from app.core.numbers import row_number
from app.forms.board import PlacingForm
from app.forum import policy
from app.forum.models import Forum, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import board as queries
from app.forum.queries import forums, layout
from app.forum.queries.topics import select_topics
from app.forum.service import placing as service
from app.forum.service.placing import Place
from app.web.forum import board_view, live, wall
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM, TOPIC
from app.web.forum.topics import ONE
from app.web.frame.attempt import attempt
from app.web.frame.params import single_param
from app.web.frame.responses import done, render
from app.web.frame.routes import members, public
from app.web.frame.session import me

PLACING = f"{ONE}/placing"
LATE = N_("Ce sujet ne se place plus : il n'est plus au mur, ou le forum est clos.")
# What somebody faster may have changed: the topic left the wall, the forum is closed.
STATES = [policy.is_topic_in_sight, policy.is_topic_live, policy.is_running_now]


@bp.get("/forums/<id:forum_id>/board")
@public(policy.READ, of=FORUM)
def board(forum: Forum) -> str:
    """Show who is where and when; `?topic=` names the topic that the team is about to place, or to move."""
    found, arrangement = layout.list_with_arrangement(select_topics(forum.id), forum.id)
    topics = queries.sort_by_people(found)
    asked, may_place = row_number(single_param("topic")), _may_place(forum, topics)
    chosen = next((topic for topic in topics if topic.id == asked), None) if may_place else None
    return render(
        "forum/board.html",
        "forum/_board_part.html",
        forum=forum,
        event=forum.event,
        board=board_view.describe(forum, arrangement, topics, chosen),
        may_place=may_place,
        is_lost=may_place and bool(asked) and chosen is None,
        who=Participant(forum),
        # The team sees the presses of its own; while it chooses a cell, nothing moves, and the page says that it did.
        live=live.describe(forum, "board", is_open=not may_place or chosen is not None, is_held=chosen is not None),
    )


def _may_place(forum: Forum, topics: Sequence[ForumTopic]) -> bool:
    """Tell whether the reader places the topics on the wall: one as well as the other."""
    return bool(topics) and policy.PLACE_TOPIC.permits(me(), Participant(forum, topic=topics[0]))


@bp.post(PLACING)
@members(policy.PLACE_TOPIC, of=TOPIC, late=STATES, limit="team", form_on="forum.board")
def place_topic(who: Participant) -> Response:
    """Give a topic the cell that was pressed: its first, or another."""
    form, topic, forum_id = PlacingForm(), policy.get_topic(who), who.forum.id
    topic_id, was_placed = topic.id, topic.is_placed
    outcome = attempt(form, lambda: service.place(me(), who, form.place, form.seen_place), late=LATE)
    if outcome.code:
        return _refuse(forum_id, topic_id, form)
    values = {"title": topic.title, "cell": _tell(who, form.place)}
    if was_placed:
        return _done(forum_id, topic_id, _("« %(title)s » est déplacé : %(cell)s.", **values))
    # What comes next is the next topic that waits.
    is_last = all(one.is_placed for one in queries.list_on_wall(forum_id))
    url = url_for(".board", forum_id=forum_id, _anchor=f"topic-{topic_id}" if is_last else "waiting")
    return done(url, _("« %(title)s » est placé : %(cell)s.", **values))


@bp.post(f"{PLACING}/exchange")
@members(policy.PLACE_TOPIC, of=TOPIC, late=STATES, limit="team", form_on="forum.board")
def swap_topics(who: Participant) -> Response:
    """Exchange the cells of a topic and of the one that was pressed."""
    form, topic, forum_id = PlacingForm(), policy.get_topic(who), who.forum.id
    topic_id = topic.id
    outcome = attempt(form, lambda: service.swap(me(), who, form.place, form.seen_place, form.other_id), late=LATE)
    if outcome.code:
        return _refuse(forum_id, topic_id, form)
    values = {"title": topic.title, "cell": _tell(who, form.place)}
    return _done(forum_id, topic_id, _("Les deux séances sont échangées. « %(title)s » : %(cell)s.", **values))


@bp.post(f"{PLACING}/withdrawal")
@members(policy.PLACE_TOPIC, of=TOPIC, late=STATES, limit="team", form_on="forum.board")
def take_off_topic(who: Participant) -> Response:
    """Take a topic out of its room: it waits for another."""
    form, topic, forum_id = PlacingForm(), policy.get_topic(who), who.forum.id
    topic_id = topic.id
    outcome = attempt(form, lambda: service.take_off(me(), who, form.seen_place), late=LATE)
    if outcome.code:
        return _refuse(forum_id, topic_id, form)
    return _done(forum_id, topic_id, _("« %(title)s » n'a plus de case : il attend ici.", title=topic.title))


@bp.post(f"{ONE}/again")
@members(policy.PLACE_TOPIC, of=TOPIC, late=STATES, limit="team", form_on="forum.board")
def hold_topic_again(who: Participant) -> Response:
    """Hold a topic once more, in the cell that was pressed."""
    form, topic, forum_id = PlacingForm(), policy.get_topic(who), who.forum.id
    topic_id = topic.id
    outcome = attempt(form, lambda: service.hold_again(me(), who, form.place), late=LATE)
    if outcome.code:
        return _refuse(forum_id, topic_id, form)
    values = {"title": topic.title, "cell": _tell(who, form.place)}
    return _done(forum_id, outcome.result.id, _("« %(title)s » se tient de nouveau : %(cell)s.", **values))


def _tell(who: Participant, at: Place) -> str:
    """Say which cell one is."""
    arrangement = forums.get_arrangement(who.forum.id)
    slot = next((slot for slot in arrangement.slots if slot.id == at.slot_id), None)
    room = next((room for room in arrangement.rooms if room.id == at.room_id), None)
    return wall.tell_cell(who.forum.event, room, slot) if slot and room else _("une case qui vient de changer")


def _done(forum_id: int, topic_id: int, message: str) -> Response:
    """Say what was done, on the board, where the topic stands now."""
    return done(url_for(".board", forum_id=forum_id, _anchor=f"topic-{topic_id}"), message)


def _refuse(forum_id: int, topic_id: int, form: PlacingForm) -> Response:
    """Say why it was not done, on the board, with the topic chosen as before."""
    url = url_for(".board", forum_id=forum_id, topic=topic_id)
    return done(url, "; ".join(map(str, form.form_errors)), "warning")
