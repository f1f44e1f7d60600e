"""The kind of act that each address with a form counts (`app/accounts/allowances.py` has the figures).

Every such address is here, or the site does not start. The counts are rows of `attempts`, so that all workers share
them.
"""

from flask import Flask, request
from flask_login import current_user

from app.accounts import limits
from app.web.accounts import attempts
from app.web.frame import network
from app.web.frame.session import me

BY_BLUEPRINT = {
    "accounts": "account",
    "admin": "administration",
    "comments": "text",
    "communities": "team",
    "ideas": "text",
    "moderation": "team",
    "notices": "account",
    "plan": "team",
    "reference": "team",
    "site": "team",
    "updates": "team",
    "votes": "mark",
}
BY_ENDPOINT = {
    "accounts.close": "password",
    "communities.accept_invitation": "standing",
    "communities.join": "standing",
    "communities.leave": "standing",
    "communities.revoke_invitation": "standing",
    "ideas.autosave": "autosave",
    "ideas.near": "near",
    "moderation.appeal_measure": "appeal",
    "moderation.withdraw_held_revision": "text",
    "security.mf_recovery_codes": "account",
    "security.two_factor_setup": "account",
    "site.accept_charter": "standing",
    "plan.link_action": "text",
    "plan.link_idea": "text",
    **{
        f"notices.{act}_{noun}": "mark"
        for act in ("follow", "unfollow")
        for noun in ("idea", "update", "action", "community", "tag", "issue", "territory")
    },
    **{f"comments.{act}": "mark" for act in ("mark_useful", "unmark_useful", "mark_used", "unmark_used")},
    **{
        f"ideas.{act}": "team"
        for act in (
            "write_answer",
            "drop_answer",
            "send_answer_to_review",
            "take_up_answer",
            "merge_into",
            "part_merged",
            "split_off",
            "join_back",
            "relate",
            "unrelate",
            "add_note",
            "delete_note",
        )
    },
}
# Addresses whose service or flow counts, under these kinds, because more than the form decides: a copy that is sent
# twice counts once, several keys are counted, or failures alone.
BY_SERVICE = {
    "comments.on_idea": ("comment",),
    "comments.on_update": ("comment",),
    "comments.on_action": ("comment",),
    "communities.list_invitations": ("invite", "invited"),
    "ideas.autosave_new": ("draft", "sitting_draft"),
    "ideas.create": ("idea", "sitting", "draft", "sitting_draft"),
    "moderation.ask_for_move": ("move_request",),
    **{
        f"moderation.report_{noun}": ("report",)
        for noun in ("action", "bulletin", "comment", "idea", "profile", "update")
    },
    "security.confirm_email": ("password", "open_at"),
    **{f"security.{flow}": tuple(kind for kind, _key in counts) for flow, counts in attempts.FLOWS.items()},
}
EXEMPT = {
    "accounts.revoke": "it ends a session",
    "accounts.revoke_all": "it ends sessions, and there are none left to end",
    "notices.stop": "the link of a mail, good for one person; mail services send it for many, from one address",
    "moderation.check_bulk_answer": "it shows what would be published, and keeps nothing",
    "site.choose_language": "it sets a cookie of one word, and keeps nothing",
    "site.choose_theme": "it sets a cookie of one word, and keeps nothing",
    "site.preview_charter": "it shows how a text will look, and keeps nothing",
    "security.change_email_confirm": "the link of a mail, good for one address",
    "security.reset_password": "the link of a mail, good for one account",
    "security.logout": "leaving is always possible",
    "security.tf_select": "there is no such page here",
    "security.two_factor_rescue": "there is no such page here",
    "ideas.preview": "it shows how a text will look, and keeps nothing",
}


def of(endpoint: str) -> str | None:
    """Return the kind under which an address is counted; None where its service counts, or where it is exempt."""
    if endpoint in BY_SERVICE or endpoint in EXEMPT:
        return None
    return BY_ENDPOINT.get(endpoint) or BY_BLUEPRINT.get(endpoint.partition(".")[0])


def init_app(app: Flask) -> None:
    app.before_request(_count)


def _count() -> None:
    """Count an act for the account, else for the network address. Raise TooMany; the page gives back what was typed."""
    kind = of(request.endpoint or "") if request.method == "POST" else None
    if kind is not None and limits.rules.get().is_on:
        limits.take(kind, me() if current_user.is_authenticated else network.address())


def check(app: Flask) -> None:
    """Raise RuntimeError if an address takes a form and has no limit."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    free = sorted(name for name in endpoints if not (name in BY_SERVICE or name in EXEMPT or of(name)))
    if free:
        raise RuntimeError(f"routes that take a form without a limit: {', '.join(free)}")
