"""What moved in what the reader follows, as their first page tells it: each line names the thing followed."""

from dataclasses import replace
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.text.plain import excerpt
from app.notifications.queries.followed import FollowedNews, Thing
from app.web.frame import links, news, words
from app.web.frame.news import LONGEST, NewsItem
from app.web.frame.session import me
from app.web.notices.contents import name_followed

TITLE = 60
# What becomes of a thing, by the first part of a kind, with what is drawn for it.
HAPPENED = {
    "linked": (_l("Au plan"), "signpost"),
    "unlinked": (_l("Hors du plan"), "x"),
    "plan": (_l("Nouvelle version du plan"), "signpost"),
    "moved": (_l("Rencontre déplacée"), "calendar-plus"),
    "changed": (_l("Rencontre modifiée"), "calendar-plus"),
    "cancelled": (_l("Rencontre annulée"), "x"),
    "minutes": (_l("Compte rendu"), "calendar-plus"),
    "follow": (words.CONTENTS["event"], "calendar-plus"),
}


class _Step(NamedTuple):
    status: str
    stays: bool
    reason: str
    at: Any


def tell(one: FollowedNews) -> NewsItem:
    """Tell one thing under the name of what is followed."""
    return replace(_tell(one), about=_name(one))


def _tell(one: FollowedNews) -> NewsItem:
    if one.update:
        return news.of_update(one.update, one.at, one.update.text)
    if one.action and one.bulletin:
        return news.of_bulletin(
            one.bulletin, one.bulletin.body_html, one.action, news.get_colour(one.action.community_id)
        )
    if one.idea and one.kind == "follow.step":
        facts = one.facts
        step = _Step(facts["status"], bool(facts.get("stays")), facts["reason"], one.at)
        return news.of_step(step, one.idea, links.idea_url(one.idea))
    if one.idea and one.kind == "follow.idea":
        return _of(one, one.idea, links.idea_url(one.idea), (words.KINDS[one.idea.kind], "plus"))
    return _of_change(one)


def _of_change(one: FollowedNews) -> NewsItem:
    happened = HAPPENED[one.kind.partition(".")[0]]
    if one.event:
        return _of(one, one.event, links.event_url(one.event), happened)
    if one.idea:
        return _of(one, one.idea, links.idea_url(one.idea), happened)
    assert one.action is not None, "what is told of is an idea, an update, an action or a meeting"
    return _of(one, one.action, links.action_url(one.action), happened)


def _of(one: FollowedNews, thing: Thing, url: str, happened: tuple[Any, str]) -> NewsItem:
    (said, icon), reason = happened, str(one.facts.get("reason") or "")
    text, colour = excerpt(reason or thing.text, LONGEST), news.get_colour(thing.community_id)
    return NewsItem(one.at, "underway", said, thing, url, text, thing.lang, icon, colour)


def _name(one: FollowedNews) -> str:
    """Name what is followed: what led to its reader, else the thing itself, which they support, keep or follow."""
    if one.update:
        return name_followed(me(), "community", one.update.community_id or 0, "")
    if one.kind in ("follow.idea", "follow.event"):
        way, number = str(one.facts.get("by", "")), int(one.facts.get("of", 0))
        return name_followed(me(), way, number, one.tag or "") or _("Ce que vous suivez")
    if one.event:
        return _("Vous suivez cette rencontre")
    if one.idea and one.bulletin:
        return _("« %(words)s »", words=excerpt(one.idea.title, TITLE))
    if one.idea:
        return _("Vous l'appuyez") if one.is_supported else _("Vous suivez ce fil")
    is_held = one.action is not None and one.action.id in me().holds
    return _("Vous tenez cette action à jour") if is_held else _("Vous suivez cette action")
