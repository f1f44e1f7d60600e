"""The page of an action, and its feed."""

from collections.abc import Collection, Iterable
from typing import Any

from markupsafe import Markup
from werkzeug.wrappers import Response

from app.comments.queries import reading as comments
from app.core import clock
from app.core.actor import ANYONE
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.plan import policy
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.plan.progress import late_since
from app.plan.queries import bulletins, concerns, details, holders, voices
from app.web.comments import subjects, talks, visits
from app.web.frame import (
    feed_entries,
    feeds,
    follow_button,
    loaders,
    params,
    plan_words,
    shared,
    sight,
    structured,
)
from app.web.frame import links as addresses
from app.web.frame.drawings import draw, fill, holes
from app.web.frame.feeds import Feed
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.frame.support import render
from app.web.plan import charts, milestones, tools
from app.web.plan.bp import bp
from app.web.plan.lines import name_places
from app.web.plan.summary import colour_of

SUMMARY = 160


@bp.get("/plan/actions/<id:action_id>")
@public(policy.READ_ACTION | policy.READ_OWN_ACTION, of=loaders.ACTION, shows="action")
def action(action: Action) -> str:
    subject, before = subjects.of_action(action), params.number("before")
    parts, shown = _draw_parts(action, before)
    follow = follow_button.of_action(action) if action.is_public else None
    new_ids = visits.list_new(action.thread, follow.following) if follow else ()
    is_for_engines = action.is_public and not me().is_someone
    own = _draw_holes(action, shown) | ({"follow": draw("notices/_follow.html", follow=follow)} if follow else {})
    return render(
        "plan/action.html",
        action=action,
        parts=fill(parts, own),
        subject=subject,
        colour=_colour(action),
        talk=talks.show(subject, new_ids),
        new_ids=new_ids,
        text=_summarise(action),
        structured=structured.action(action) if is_for_engines else None,
        **talks.blank_form(),
    )


def _draw_parts(action: Action, before: int | None) -> tuple[Markup, Collection[Bulletin]]:
    """Draw what everybody is shown of an action, and return the bulletins in it that this person can do something with.

    Whoever wrote one that is hidden reads it there too: what was made for the public is not theirs.
    """
    parts = shared.part("plan/_action.html", ("action", action.id, before), lambda: _read(action, before))
    if not me().is_someone:
        return parts, ()
    ids = {int(name) for name in holes(parts) if name.isdecimal()}
    found = bulletins.on_page(me(), action, ids)
    sight.show("bulletin", ids | found.keys())
    if found.keys() - ids:
        parts = draw("plan/_action.html", page=None, **_read(action, before))
    return parts, found.values()


def _read(action: Action, before: int | None) -> dict[str, Any]:
    """Read what everybody is shown of an action."""
    found, listing = details.read(action), bulletins.of_action(me(), action, before=before)
    return {
        "action": action,
        "details": found,
        "places": name_places(found.territories),
        "colour": _colour(action),
        "milestones": milestones.view_milestones(action, found),
        "late": _delay(action),
        "drop": bulletins.last_drop(action) if action.state == "dropped" else None,
        "holders": holders.of_action(action.id),
        "listing": listing,
        "effects": {bulletin.id: milestones.list_effects(bulletin, found) for bulletin in listing.items},
        "measures": [
            (indicator, points, charts.of_indicator(indicator, points))
            for indicator in found.indicators
            for points in [found.values.get(indicator.id, [])]
        ],
        "ideas": voices.leads_of_action(action),
        "updates": concerns.of_action(me(), action.id),
    }


def _draw_holes(action: Action, shown: Iterable[Bulletin]) -> dict[str, Markup]:
    """Draw what depends on this person: what they can do with the action and with each bulletin."""
    if not me().is_someone:
        return {}
    drawn = {str(one.id): draw("moderation/_bulletin_report.html", bulletin=one) for one in shown}
    return drawn | {"tools": draw("plan/_tools.html", action=action, tools=tools.of_action(action))}


def _colour(action: Action) -> str:
    return colour_of(action.objective.orientation.position)


def _delay(action: Action) -> str:
    """Say how late the end of an action is; its milestones say it of themselves."""
    today = clock.today()
    return plan_words.tell_delay(late_since(action.state, [action.ends_on], today), today)


def _summarise(action: Action) -> str:
    return excerpt(markdown.to_line(action.body_html), SUMMARY) or action.title


@bp.get("/plan/actions/<id:action_id>.atom")
@public(policy.READ_ACTION, of=loaders.PUBLIC_ACTION)
def action_feed(action: Action) -> Response:
    return feeds.answer(lambda: _read_feed(action))


def _read_feed(action: Action) -> Feed:
    """Read the bulletins of an action, its comments and its text."""
    entries = [feed_entries.of_comment(comment) for comment in comments.latest(ANYONE, action.thread_id, feeds.SIZE)]
    entries += [feed_entries.of_bulletin(bulletin) for bulletin in bulletins.latest(action, feeds.SIZE)]
    whole = feed_entries.of_action(action)
    return Feed(
        f"action/{action.id}",
        action.title,
        addresses.action(action),
        _summarise(action),
        feeds.newest([*entries, whole]),
    )
