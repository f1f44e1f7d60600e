"""The summaries: what a person was told in a day or a week, and what waits for their team, in one mail."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
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
from app.web.frame import locale, mail, mail_drawing, nouns, team_words
from app.web.frame.filters import first_name, label, person
from app.web.notices import notice_mail, notice_view, unsubscribe
from app.web.notices.notice_mail import NoticeMail
from app.web.notices.summary_parts import attempt, find_nearby, find_quiet
from app.web.notices.summary_sections import Told, gather

# How many notices are read for it, the last first.
READ = 200
TITLE = 60


def write_summaries() -> int:
    """Write the summaries that are due, as the worker does; return how many."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        notice_mail.read_names()
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
    day = period.day_of(settings.get_weekday(user.id))
    with force_locale(locale.TAGS[user.locale]):
        told = gather(notice_view.build_views(actor, notices))
        waits = _find_waits(actor, user, told, period, day)
        if not told.groups and not waits:
            return None
        stop = unsubscribe.unsubscribe_url(user.id, "pace", period.pace)
        values = _say(user, told, waits) | _find_parts(actor, user, told, period, day)
        values |= {"when": _name_period(day, period), "stop": stop, "inks": mail_drawing.INKS}
    about = notice_mail.get_origin(ids, pace=period.pace, day=day.isoformat())
    return NoticeMail("summary", values, mail.list_headers(stop=stop), about)


def _find_waits(actor: Actor, user: User, told: Told, period: Period, day: date) -> list[tuple[str, str, str]]:
    """Return what waits on the desk; where nothing else is told, a failure keeps the summary for the next time."""
    if settings.get_paces(actor)["desk"] != period.pace:
        return []
    since = _get_start(day, period)
    if not told.groups:
        return _list_waiting(actor, since)
    return attempt("desk", user.id, lambda: _list_waiting(actor, since)) or []


def _say(user: User, told: Told, waits: Sequence[Any]) -> dict[str, Any]:
    """Return what was told and what waits, with the head of the mail."""
    return {
        "sections": told.sections,
        "more": told.more,
        "waits": waits,
        "greeting": _greet(user, told),
        "subject": _name(told, waits),
        "url": mail.endpoint_url("notices.index"),
    }


def _find_parts(actor: Actor, user: User, told: Told, period: Period, day: date) -> dict[str, Any]:
    """Return what is beside what was told; None in the place of what is not there, or failed."""
    threads = {group.subject.thread_id for group in told.groups if group.subject}
    since = _get_start(day, period)
    quiet = attempt("two minutes", user.id, lambda: find_quiet(actor, user, day))
    asked = quiet.idea_id if quiet else 0
    return {
        "quiet": quiet,
        "near": attempt("near", user.id, lambda: find_nearby(actor, user, since, threads, asked)),
    }


def _get_start(day: date, period: Period) -> datetime:
    """Return since when a summary tells what happened."""
    return moment_of(day) - timedelta(days=1 if period.pace == "daily" else 7)


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


def _greet(user: User, told: Told) -> str:
    name = first_name(user.name) or person(user)
    if step := told.own_step:
        return _("Bonjour %(name)s, %(own)s avance.", name=name, own=nouns.get_noun(step.kind).own)
    if told.groups:
        return _("Bonjour %(name)s, voici ce qui a bougé près de chez vous.", name=name)
    return _("Bonjour %(name)s, votre équipe vous attend.", name=name)


def _name_period(day: date, period: Period) -> str:
    if period.pace == "daily":
        return locale.format_day(moment_of(day))
    return _("Votre semaine : %(days)s", days=locale.format_days(_get_start(day, period).date(), day))


def _name(told: Told, waits: Sequence[Any]) -> str:
    """Say the first thing that a summary tells, and how many more."""
    if not told.groups:
        return _("Ce qui attend votre équipe")
    first, more = told.groups[0], len(told.groups) - 1
    title = excerpt(first.subject.title, TITLE) if first.subject else first.views[0].sentence
    return _("Votre résumé : %(title)s", title=title) + (
        ngettext(", et %(num)s autre nouvelle", ", et %(num)s autres nouvelles", more) if more else ""
    )
