"""How many forms of each kind one person may send within an hour: every address that takes one is here, or the site
does not start. What is counted is rows, those of `attempts`, so that all workers count the same ones."""
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, request
from flask_login import current_user

from app.accounts import limits
from app.core.errors import N_, TooMany
from app.web.accounts import attempts
from app.web.frame import network
from app.web.frame.session import me

HOUR = timedelta(hours=1)
MANY = N_("Vous avez envoyé beaucoup de formulaires de ce genre en peu de temps. "
          "Réessayez dans %(minutes)s minutes.")


@dataclass(frozen=True)
class Allowance:
    kind: str
    most: int


# What a team does is wide: it stops a script, or an account in the wrong hands, and never somebody at work.
TEAM, ADMINISTRATION = Allowance("team", 1_200), Allowance("administration", 300)
MARK, TEXT, STANDING = Allowance("mark", 600), Allowance("text", 120), Allowance("standing", 60)
ACCOUNT, APPEAL = Allowance("account", 60), Allowance("appeal", 20)
# A script sends it three seconds after the last word.
AUTOSAVE = Allowance("autosave", 1_200)
BY_BLUEPRINT = {
    "accounts": ACCOUNT, "admin": ADMINISTRATION, "comments": TEXT, "communities": TEAM, "ideas": TEXT,
    "moderation": TEAM, "notices": ACCOUNT, "reference": TEAM, "site": TEAM, "updates": TEAM, "votes": MARK}
BY_ENDPOINT = {
    "communities.accept_invitation": STANDING, "communities.join": STANDING, "communities.leave": STANDING,
    "communities.revoke_invitation": STANDING, "ideas.autosave": AUTOSAVE, "moderation.appeal_measure": APPEAL,
    "moderation.withdraw_held_revision": TEXT, "security.mf_recovery_codes": ACCOUNT,
    "security.two_factor_setup": ACCOUNT, "site.accept_charter": STANDING,
    **{f"comments.{act}": MARK for act in ("mark_useful", "unmark_useful", "mark_used", "unmark_used")},
    **{f"ideas.{act}": TEAM for act in (
        "write_answer", "drop_answer", "send_answer_to_review", "take_up_answer", "merge_into", "part_merged",
        "split_off", "join_back", "relate", "unrelate", "add_note", "delete_note")}}
# What counts by itself, because more than the form decides: a copy sent twice is one, several keys are counted, or a
# failure alone. The kind under which it does.
INSIDE = {
    "accounts.closing": "password", "comments.on_idea": "comment", "comments.on_update": "comment",
    "communities.list_invitations": "invite", "ideas.autosave_new": "draft", "ideas.create": "idea draft",
    "moderation.ask_for_move": "move_request", "moderation.report_comment": "report",
    "moderation.report_idea": "report", "moderation.report_profile": "report", "moderation.report_update": "report",
    **{f"security.{flow}": " ".join(one.kind for one in known) for flow, known in attempts.LIMITS.items()}}
EXEMPT = {
    "accounts.revoke": "it ends a session",
    "accounts.revoke_all": "it ends sessions, and there are none left to end",
    "moderation.check_bulk_answer": "it shows what would be published, and keeps nothing",
    "site.preview_charter": "it shows how a text will look, and keeps nothing",
    "security.change_email_confirm": "the link of a mail, good for one address",
    "security.confirm_email": "the link of a mail, good for one address",
    "security.logout": "leaving is always possible",
    "security.tf_select": "there is no such page here",
    "security.two_factor_rescue": "there is no such page here",
    "ideas.preview": "it shows how a text will look, and keeps nothing",
}


def of(endpoint: str) -> Allowance | None:
    """Return what is counted before an act; None where the act counts by itself, or is exempt."""
    if endpoint in INSIDE or endpoint in EXEMPT:
        return None
    return BY_ENDPOINT.get(endpoint) or BY_BLUEPRINT.get(endpoint.partition(".")[0])


def init_app(app: Flask) -> None:
    app.before_request(_count)


def _count() -> None:
    """Count the act that is asked for, of whoever is signed in, else of an address; what was typed comes back."""
    allowed = of(request.endpoint or "") if request.method == "POST" else None
    if allowed is None or not limits.rules.get().is_on:
        return
    who = me() if current_user.is_authenticated else network.address()
    seconds = limits.count(allowed.kind, who, most=allowed.most, within=HOUR)
    if seconds:
        raise TooMany(MANY, retry_after=seconds, minutes=limits.minutes(seconds))


def check(app: Flask) -> None:
    """Refuse to start with an address that takes a form and has no limit."""
    taking = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    free = sorted(name for name in taking if not (name in INSIDE or name in EXEMPT or of(name)))
    if free:
        raise RuntimeError(f"routes that take a form without a limit: {', '.join(free)}")
