"""What the layout needs of the request: one object, `page` in every template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, get_flashed_messages, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.core import settings
from app.core.text.plain import initials
from app.web.frame import destination, faces, local_drafts, locale, pictures, posting, read_state, redisplay, refusals
from app.web.frame.responses import AT_PLACE
from app.web.frame.session import me

SECTIONS = ("ideas", "map", "events", "plan", "communities", "account", "moderation", "notifications", "about")


@dataclass(frozen=True)
class Member:
    id: int
    name: str
    initials: str
    is_staff: bool
    is_new: bool
    holds_actions: bool


@dataclass(frozen=True)
class Officer:
    name: str
    email: str


class Page:
    """Lazy on purpose: a page that shows no form asks for no token, so an anonymous reader gets no cookie."""

    def __init__(self, asset: Callable[[str], str], integrity: Callable[[str], str]):
        self.asset, self.integrity = asset, integrity

    lang = property(lambda self: locale.get_language())
    lang_tag = property(lambda self: locale.TAGS[locale.get_language()].replace("_", "-"))
    theme = property(lambda self: locale.get_theme())
    site_name = property(lambda self: current_app.config["SITE_NAME"])
    organisation = property(lambda self: current_app.config["SITE_ORGANISATION"])
    demo = property(lambda self: current_app.config["DEMO"])
    path = property(lambda self: request.path)
    this_page = property(lambda self: locale.this_page())
    goal = property(lambda self: request.args.get("goal", ""))
    # The form that this page answers, which its switches send again.
    answered_form = property(lambda self: redisplay.find_unsent_form())
    answered_fields = property(lambda self: redisplay.pack(self.answered_form))

    @property
    def flashes(self) -> list[tuple[str, Any]]:
        """Return what was done, which is where the reader is taken, then what comes of it."""
        found = [(kind.rstrip(AT_PLACE), text) for kind, text in _messages()]
        again = [("info", redisplay.message())] if redisplay.is_asked() else []
        return [*again, *sorted(found, key=lambda notice: notice[0] == "info")]

    @property
    def received(self) -> str | None:
        """Name the text that was just received, whatever page comes after it: the browser keeps it no more."""
        return local_drafts.pop_received()

    @property
    def is_at_place(self) -> bool:
        """Tell whether the page opens at what changed: by its anchor, a row of a list, an item of the desk."""
        return "at" in request.args or any(kind.endswith(AT_PLACE) for kind, _text in _messages())

    @property
    def privacy_officer(self) -> Officer | None:
        """Return who answers for privacy; `reflexe check` warns an operator who named nobody."""
        name, email = current_app.config["PRIVACY_OFFICER_NAME"], current_app.config["PRIVACY_OFFICER_EMAIL"]
        return Officer(name, email) if email else None

    @property
    def after_sign_in(self) -> str:
        """Return where a sign-in that begins on this page leads: back to it; from a form of accounts, on from it."""
        if request.blueprint == "security" or request.endpoint == "accounts.registered":
            return destination.get_goal_of_address()
        return "" if self.section == "account" else request.path

    @property
    def section(self) -> str:
        first = request.path.strip("/").split("/")[0]
        return first if first in SECTIONS else ""

    @property
    def member(self) -> Member | None:
        if "member" not in g:
            g.member = _member()
        found: Member | None = g.member
        return found

    unread = property(lambda self: read_state.count_unread())

    @property
    def address(self) -> str:
        return current_app.config["SITE_URL"].rstrip("/") + request.path

    @property
    def canonical(self) -> str:
        """Return the one address of this page; in the language that it asks for, it is a page of its own."""
        return self.address + (f"?lang={locale.get_asked_language()}" if locale.get_asked_language() else "")

    @property
    def picture(self) -> pictures.Picture:
        """Return the picture of the site, for a page that has none of its own."""
        return pictures.build_picture(pictures.of_site(), "site.picture")

    def allowance(self, name: str) -> int:
        """Return a limit of new accounts: `links`, `mentions` or `posts_per_hour`."""
        return int(settings.get_value(f"new_{name}"))

    @property
    def owes_charter(self) -> bool:
        """Tell whether the charter changed and the reader has yet to accept it."""
        return self.member is not None and me().owes_charter

    @property
    def pause(self) -> str:
        """Say why the reader may not take part for now; nothing when they may."""
        return posting.explain_pause() if me().is_suspended else ""

    def pause_in(self, community_id: int | None) -> str:
        """Say why the reader may not take part in a community for now; nothing when they may."""
        return posting.explain_pause(community_id) if posting.is_out(community_id) else ""

    def when_again(self, thread: Any) -> str:
        """Say when the reader may speak again in a slow thread; nothing when they need not wait."""
        return posting.explain_slow_mode(thread)

    def csrf(self) -> str:
        return generate_csrf()


def _messages() -> list[Any]:
    """Return what acts said, each with its kind."""
    return list(get_flashed_messages(with_categories=True))


def _member() -> Member | None:
    if not current_user or not current_user.is_authenticated:
        return None
    return Member(
        current_user.id, current_user.name, initials(current_user.name), me().is_staff, me().is_new, bool(me().holds)
    )


def init_app(app: Flask, assets: Any) -> None:
    page = Page(assets.urls.__getitem__, assets.integrity.__getitem__)
    faces.init_app(app, assets.urls["img/quilt.svg"])
    app.jinja_env.globals.update(page=page, why_out=refusals.explain_exclusion)
