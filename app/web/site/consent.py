"""Before an act: whoever owes consent to the charter is shown what changed, and keeps what they typed."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, current_app, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import charter, policy, queries
from app.accounts.models.documents import Document
from app.accounts.models.people import User
from app.core.text.diff import Piece, word_diff
from app.forms.base import parse_number
from app.web.frame import documents, loaders, locale, unsent_form
from app.web.frame.responses import go, replace_page
from app.web.frame.session import forget_me, me

FIELD = "charter_accepted"
# What needs no consent: one's account and notices, the charter itself, drafts, withdrawals and appeals.
FREE_ROOMS = ("accounts", "notices", "site")
FREE = (
    "ideas.autosave",
    "ideas.autosave_new",
    "ideas.preview",
    "ideas.discard",
    "comments.delete",
    "votes.name",
    "moderation.appeal_measure",
)
FREE_END = "/withdrawal"


def init_app(app: Flask) -> None:
    app.before_request(_charter_first)


def _charter_first() -> Response | None:
    """Lead to the charter whoever begins to write; show it above what they typed to whoever sends a form."""
    rule = request.url_rule
    if rule is None or rule.rule not in list_acts() or not me().owes_charter:
        return None
    if request.method != "POST":
        return go("site.accept_charter", next=request.full_path.rstrip("?"))
    user = loaders.get_own_account(me(), policy.MANAGE)
    if charter.accept(me(), user, parse_number(request.form.get(FIELD))):
        forget_me()
        return None
    return _ask(user)


def list_acts() -> frozenset[str]:
    """Return the rules of the acts that need consent to the charter, found once."""
    found: frozenset[str] | None = current_app.extensions.get("acts_under_charter")
    if found is None:
        rules = current_app.url_map.iter_rules()
        found = frozenset(rule.rule for rule in rules if "POST" in (rule.methods or ()) and _asks(rule))
        current_app.extensions["acts_under_charter"] = found
    return found


def _asks(rule: Any) -> bool:
    view = current_app.view_functions[rule.endpoint]
    room = rule.endpoint.partition(".")[0]
    is_free = room in FREE_ROOMS or rule.endpoint in FREE or rule.rule.endswith(FREE_END)
    return bool(getattr(view, "needs_account", False)) and not is_free


def _ask(user: User) -> Response:
    """Show the charter above what was typed, to be sent in one press; htmx puts it in the place of the page."""
    fields, texts = unsent_form.read_form()
    others = [(name, value) for name, value in fields if name != FIELD]
    return replace_page(render_page(user, request.full_path.rstrip("?"), others, texts=texts, code=403))


def render_page(user: User, action: str, fields: Sequence[tuple[str, str]], *, texts: Any = (), code: int) -> Response:
    """Show what changed since the version that a person accepted, and what they may do; `fields` are sent on."""
    now, since = documents.get_charter(), queries.list_charter_versions(after=user.charter_version)
    before, _older = queries.get_charter_version(user.charter_version)
    body = render_template(
        "site/charter/acceptance.html",
        now=now,
        since=since,
        changes=list_changes(before, now),
        action=action,
        hidden_fields=fields,
        texts=texts,
        send=_("J'accepte et j'envoie") if code == 403 else _("J'accepte la charte"),
    )
    answer = make_response(body, code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def render_version(document: Document) -> dict[str, Any]:
    """Return the HTML of a version in the reader's language, and its language when it is not the page's."""
    is_english = locale.get_language() == "en" and bool(document.body_en)
    html = documents.render_html(document.body_en if is_english else document.body)
    return {"html": html, "lang": None if is_english or locale.get_language() == "fr" else "fr"}


def list_changes(before: Document | None, document: Document) -> list[Piece]:
    """Return what changed from one version to another, in the reader's language where both have it."""
    if before is None:
        return []
    is_english = locale.get_language() == "en" and before.body_en and document.body_en
    texts = [(one.body_en if is_english else one.body) for one in (before, document)]
    return word_diff(*map(documents.fill_names, texts))
