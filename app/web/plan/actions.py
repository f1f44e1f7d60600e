"""The page of an action, and its feed."""

from collections.abc import Sequence
from typing import Any

from werkzeug.wrappers import Response

from app.comments.queries import reading as comments
from app.core import clock
from app.core.actor import ANYONE
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.events.queries import lists as events
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
    links,
    loaders,
    params,
    plan_words,
    read_state,
    structured,
)
from app.web.frame.feeds import Feed
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me
from app.web.plan import charts, milestones, tools
from app.web.plan.bp import bp
from app.web.plan.lines import name_places
from app.web.plan.summary import get_colour

SUMMARY = 160


@bp.get("/plan/actions/<id:action_id>")
@public(policy.READ_ACTION | policy.READ_OWN_ACTION, of=loaders.ACTION, shows="action")
def action(action: Action) -> str:
    subject, listing = (
        subjects.of_action(action),
        bulletins.list_bulletins(me(), action, before=params.id_param("before")),
    )
    read_state.note_shown("bulletin", [bulletin.id for bulletin in listing.items])
    follow = follow_button.of_action(action) if action.is_public else None
    new_ids = visits.list_new(action.thread, follow.following) if follow else ()
    is_for_engines = action.is_public and not me().is_someone
    return render(
        "plan/action.html",
        action=action,
        subject=subject,
        tools=tools.of_action(action),
        follow=follow,
        talk=talks.render_thread(subject, talks.read(action.thread), new_ids),
        new_ids=new_ids,
        text=_summarise(action),
        structured=structured.describe_action(action) if is_for_engines else None,
        form=talks.blank_form(),
        listing=listing,
        **_read(action, listing.items),
    )


def _read(action: Action, shown: Sequence[Bulletin]) -> dict[str, Any]:
    """Read what is shown of an action beside the bulletins of its page."""
    found = details.get_details(action)
    return {
        "details": found,
        "places": name_places(found.territories),
        "colour": get_colour(action.objective.orientation.position),
        "milestones": milestones.view_milestones(action, found),
        "late": _delay(action),
        "drop": bulletins.find_last_drop(action) if action.state == "dropped" else None,
        "holders": holders.list_holders(action.id),
        "effects": {bulletin.id: milestones.list_effects(bulletin, found) for bulletin in shown},
        "measures": [
            (indicator, points, charts.of_indicator(indicator, points))
            for indicator in found.indicators
            for points in [found.values.get(indicator.id, [])]
        ],
        "ideas": voices.list_leads(action),
        "updates": concerns.list_updates_on_action(me(), action.id),
        "talks_at": events.list_about(me(), "action_id", action.id),
    }


def _delay(action: Action) -> str:
    """Say how late the end of an action is; its milestones say it of themselves."""
    today = clock.today()
    return plan_words.tell_delay(late_since(action.state, [action.ends_on], today), today)


def _summarise(action: Action) -> str:
    return excerpt(markdown.to_line(action.body_html), SUMMARY) or action.title


@bp.get("/plan/actions/<id:action_id>.atom")
@public(policy.READ_ACTION, of=loaders.PUBLIC_ACTION)
def action_feed(action: Action) -> Response:
    return feeds.render_feed(lambda: _read_feed(action))


def _read_feed(action: Action) -> Feed:
    """Read the bulletins of an action, its comments and its text."""
    entries = [
        feed_entries.of_comment(comment) for comment in comments.list_latest(ANYONE, action.thread_id, feeds.SIZE)
    ]
    entries += [feed_entries.of_bulletin(bulletin) for bulletin in bulletins.list_latest(action, feeds.SIZE)]
    whole = feed_entries.of_action(action)
    return Feed(
        f"action/{action.id}",
        action.title,
        links.action_url(action),
        _summarise(action),
        feeds.list_newest([*entries, whole]),
    )
