"""The summaries: what a person was told in a day or a week, and what waits for their team, in one mail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.text.plain import excerpt
from app.core.unit import command
from app.desk import policy as desk_policy
from app.desk.queries import desk
from app.desk.queries.queues import READING, Scope
from app.hubs.queries import gaps, places
from app.ideas.queries.lists import NO_FILTERS, Filters
from app.notifications.models import SUMMARIES
from app.notifications.queries import notices as queries
from app.notifications.queries import settings
from app.notifications.queries.summaries import Period, get_last_period, list_due_users, moment_of
from app.notifications.service import settings as service
from app.plan.queries import late
from app.web.frame import locale, mail, team_words
from app.web.frame.filters import label, person
from app.web.notices import notice_mail, notice_view, unsubscribe
from app.web.notices.groups import NoticeGroup, group_by_subject
from app.web.notices.notice_mail import NoticeMail

# How many things a summary tells of; the page of notices has the rest.
MOST = 20
# How many notices are read for it, the last first.
READ = 200
TITLE = 60


@dataclass
class Section:
    """The things of one community, or those that moved on their journey; `colour` is the community's."""

    title: str
    colour: str = "neutral"
    groups: list[NoticeGroup] = field(default_factory=list)


def write_summaries() -> int:
    """Write the summaries that are due, as the worker does; return how many."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return sum(_write_period(get_last_period(pace)) for pace in SUMMARIES)


def _write_period(period: Period) -> int:
    count, last_id = 0, 0
    while people := list_due_users(period, after=last_id):
        for user_id, user in [(user.id, user) for user in people]:
            count += _try(user_id, user, period)
            last_id = user_id
    return count


def _try(user_id: int, user: User, period: Period) -> bool:
    """Write one summary; one that can't be written keeps none of the others back."""
    try:
        return _write(user, period)
    except Exception:
        current_app.logger.exception("the %s summary of account %s can't be written", period.pace, user_id)
        return False


@command
def _write(user: User, period: Period) -> bool:
    """Claim the summary of a person and put it in the outbox, both or neither; return whether there was one."""
    ids = service.claim(user, period)
    return ids is not None and notice_mail.queue_mail(user, compose_summary(user, ids, period))


def compose_summary(user: User, ids: Sequence[int], period: Period) -> NoticeMail | None:
    """Write a summary of some notices, and of what waits for a team, with the rights that its reader has now.

    It is never empty: what can no longer be read, or was read meanwhile, is not told.
    """
    actor = actor_for(user)
    notices = [one for one in reversed(queries.list_remaining(actor, sorted(ids)[-READ:])) if one.read_at is None]
    with force_locale(locale.TAGS[user.locale]):
        groups = group_by_subject(notice_view.build_views(actor, notices))
        waits = (
            _list_waiting(actor, _get_start(user, period)) if settings.get_paces(actor)["desk"] == period.pace else []
        )
        if not groups and not waits:
            return None
        shown, stop = groups[:MOST], unsubscribe.unsubscribe_url(user.id, "pace", period.pace)
        values: dict[str, Any] = {
            "sections": _gather(shown),
            "more": sum(len(group.views) for group in groups[MOST:]),
            "waits": waits,
            "greeting": _greet(user, shown),
            "when": _name_period(user, period),
            "subject": _name(shown, waits),
            "url": mail.endpoint_url("notices.index"),
            "stop": stop,
        }
    day = period.day_of(settings.get_weekday(user.id))
    about = notice_mail.get_origin(ids, pace=period.pace, day=day.isoformat())
    return NoticeMail("summary", values, mail.list_headers(stop=stop), about)


def _get_start(user: User, period: Period) -> datetime:
    """Return since when a summary tells what happened."""
    last = moment_of(period.day_of(settings.get_weekday(user.id)))
    return last - timedelta(days=1 if period.pace == "daily" else 7)


def _list_waiting(actor: Actor, since: datetime) -> list[tuple[str, str, str]]:
    """Say what waits on the desk of somebody who has a charge: each queue, how much, and its address."""
    if not desk_policy.READ.permits(actor, None):
        return []
    counts = desk.count_queues(Scope(actor))
    queues = [
        (
            str(team_words.QUEUES[name]),
            f"{min(count.all, desk.MOST)}{'+' if count.all > desk.MOST else ''}",
            mail.endpoint_url("moderation.desk", queue=name),
        )
        for name, count in counts.items()
        if count.all and name != READING
    ]
    return queues + (_list_late() if actor.is_coordinator else []) + _list_moves(Scope(actor), since)


def _list_late() -> list[tuple[str, str, str]]:
    """Say how many actions of the plan are late, to the coordination."""
    count = len(late.list_late_actions(clock.today()))
    return [(_("Actions du plan en retard"), str(count), mail.endpoint_url("plan.show", late=1))] if count else []


def _list_moves(scope: Scope, since: datetime) -> list[tuple[str, str, str]]:
    """Say how many needs wait for an action, where some came or left since a moment: in each community of a team.

    The coordination hears of the whole region, and nobody of a private community: nothing is said to wait there.
    """
    if places.count_waiting() is None:
        return []
    asked = [(_("Besoins qui attendent une action"), NO_FILTERS, "")] if scope.is_everywhere else []
    for room in () if asked else (room for room in scope.rooms if not room.is_private):
        name = _("Besoins qui attendent une action (%(community)s)", community=label(room))
        asked.append((name, Filters(community=(room.id,)), room.slug))
    found = [(name, gaps.count_moves(filters, since), slug) for name, filters, slug in asked]
    return [
        (
            name,
            _("%(count)s (%(came)s de plus, %(left)s de moins)", count=n.waiting, came=n.came, left=n.left),
            mail.endpoint_url("plan.gaps", community=slug or None),
        )
        for name, n, slug in found
        if n.came or n.left
    ]


def _gather(groups: Iterable[NoticeGroup]) -> list[Section]:
    """Gather things by community, after those that moved on their journey; those of no community come last."""
    moved, elsewhere = Section(_("Sur le chemin")), Section(_("Pour vous"))
    by_room: dict[int, Section] = {}
    for group in groups:
        room = group.subject.room if group.subject else None
        if group.has_moved:
            section = moved
        elif room:
            section = by_room.setdefault(room.id, Section(label(room), room.colour))
        else:
            section = elsewhere
        section.groups.append(group)
    return [section for section in (moved, *by_room.values(), elsewhere) if section.groups]


def _greet(user: User, groups: Sequence[NoticeGroup]) -> str:
    name = person(user)
    if any(group.has_moved for group in groups):
        return _("Bonjour %(name)s, du chemin a été fait.", name=name)
    if groups:
        return _("Bonjour %(name)s, voici ce qui a bougé.", name=name)
    return _("Bonjour %(name)s, votre équipe vous attend.", name=name)


def _name_period(user: User, period: Period) -> str:
    last = moment_of(period.day_of(settings.get_weekday(user.id)))
    if period.pace == "daily":
        return locale.format_day(last)
    return _(
        "Du %(first)s au %(last)s", first=locale.format_day(_get_start(user, period)), last=locale.format_day(last)
    )


def _name(groups: Sequence[NoticeGroup], waits: Sequence[Any]) -> str:
    """Say the first thing that a summary tells, and how many more."""
    if not groups:
        return _("Ce qui attend votre équipe")
    first, more = sorted(groups, key=lambda group: group.has_moved, reverse=True)[0], len(groups) - 1
    title = excerpt(first.subject.title, TITLE) if first.subject else first.views[0].sentence
    return _("Votre résumé : %(title)s", title=title) + (
        ngettext(", et %(num)s autre chose", ", et %(num)s autres choses", more) if more else ""
    )
