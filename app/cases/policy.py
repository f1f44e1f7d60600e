"""Who may report a content, decide on what was reported, appeal against a measure, and judge the appeal."""
from datetime import timedelta
from typing import Any

from app.accounts import policy as accounts
from app.accounts.models.people import Profile
from app.comments import policy as comments
from app.comments.models import Comment
from app.communities import policy as communities
from app.core import clock
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.moderation.models.dossiers import Content, Contested, Dossier, place
from app.updates import policy as updates
from app.updates.models import Update

TIME_TO_APPEAL = timedelta(days=30)
OUT_OF_SIGHT = ("hide", "refuse")
MAY_BE_APPEALED = ("hide", "refuse", "warn", "suspend", "block")
CONTENT_READ: dict[type, Permission] = {
    Idea: ideas.READ, Comment: comments.READ, Update: updates.READ, Profile: accounts.READ_PROFILE}
CONTENT_READ_OWN: dict[type, Permission] = {
    Idea: ideas.READ_OWN, Comment: comments.READ_OWN, Update: updates.READ_OWN, Profile: accounts.READ_OWN_PROFILE}
CONTENT_RESTORE: dict[type, Permission] = {
    Idea: ideas.RESTORE, Comment: comments.RESTORE, Update: updates.RESTORE, Profile: accounts.RESTORE_PROFILE}
CONTENT_HIDE: dict[type, Permission] = {
    Idea: ideas.HIDE, Comment: comments.HIDE, Update: updates.HIDE, Profile: accounts.HIDE_PROFILE}


def reads_it(actor: Actor, content: Content) -> bool:
    return CONTENT_READ[type(content)].permits(actor, content)


def reads_own(actor: Actor, content: Content) -> bool:
    return CONTENT_READ_OWN[type(content)].permits(actor, content)


def is_in_sight(_actor: Actor, content: Content) -> bool:
    """Published: what is hidden, waits or was taken back needs no report."""
    if isinstance(content, Idea):
        return content.is_published
    return content.is_visible if isinstance(content, Comment) else content.is_public


def takes_part_there(actor: Actor, content: Content) -> bool:
    return communities.may_take_part_there(actor, place(content))


def wrote_it(actor: Actor, content: Content) -> bool:
    return actor.is_someone and content.author_id == actor.id


def did_not_write_it(actor: Actor, content: Content) -> bool:
    return not wrote_it(actor, content)


def is_masked(_actor: Actor, content: Content) -> bool:
    return content.is_hidden and not content.is_deleted


def has_any_charge(actor: Actor, _subject: Any) -> bool:
    return actor.is_coordinator or bool(actor.facilitates)


def has_charge_of_it(actor: Actor, dossier: Any) -> bool:
    """The charge of the community where the content stands now; without a community, it is the coordinators'."""
    return communities.facilitates(actor, dossier)


def is_concerned(actor: Actor, dossier: Dossier | Contested) -> bool:
    return actor.is_someone and dossier.concerned_id == actor.id


def is_not_concerned(actor: Actor, dossier: Dossier | Contested) -> bool:
    return not is_concerned(actor, dossier)


def decides_on_it(actor: Actor, dossier: Dossier | Contested) -> bool:
    """The charge of its community, or that of another when nobody but its author has it.

    A profile and a person stand in no community; of the measures on a content, only what took it out of sight.
    """
    content = dossier.content
    if has_charge_of_it(actor, dossier) or content is None or isinstance(content, Profile):
        return has_charge_of_it(actor, dossier)
    is_theirs = isinstance(dossier, Dossier) or dossier.measure.kind in OUT_OF_SIGHT
    return is_theirs and communities.stands_in(actor, place(content), dossier.concerned_id)


def case_is_of_another(actor: Actor, dossier: Dossier) -> bool:
    return is_of_another(actor, dossier.content)


def is_on_another(actor: Actor, contested: Contested) -> bool:
    """It is neither on them, nor on what they wrote or reported."""
    return is_not_concerned(actor, contested) and not contested.is_party


def is_open_case(_actor: Actor, dossier: Dossier) -> bool:
    return dossier.case.state == "open"


def is_closed_case(_actor: Actor, dossier: Dossier) -> bool:
    return dossier.case.state != "open"


def may_hide_it(actor: Actor, dossier: Dossier) -> bool:
    return CONTENT_HIDE[type(dossier.content)].permits(actor, dossier.content)


def can_be_appealed(_actor: Actor, contested: Contested) -> bool:
    return contested.measure.kind in MAY_BE_APPEALED


def is_in_time(_actor: Actor, contested: Contested) -> bool:
    return clock.now() - contested.measure.at < TIME_TO_APPEAL


def has_effect(_actor: Actor, contested: Contested) -> bool:
    return contested.has_effect


def was_never_appealed(_actor: Actor, contested: Contested) -> bool:
    return contested.appeal is None


def is_appealed(_actor: Actor, contested: Contested) -> bool:
    return contested.appeal is not None


def waits_for_judgement(_actor: Actor, contested: Contested) -> bool:
    return contested.appeal is not None and contested.appeal.state == "open"


def did_not_take_it(actor: Actor, contested: Contested) -> bool:
    return contested.measure.by_id != actor.id


READ = Permission("content:read", [reads_it])
READ_OWN = Permission("content:read_own", [reads_own])
REPORT = Permission("content:report", [reads_it, is_in_sight, takes_part_there, did_not_write_it])
CONTEST = Permission("content:contest", [wrote_it, is_masked])
CASE_LIST = Permission("case:list", [has_any_charge])
CASE_READ = Permission("case:read", [decides_on_it, is_not_concerned])
CASE_DECIDE = Permission("case:decide", [decides_on_it, case_is_of_another, is_open_case])
CASE_HIDE = Permission("case:hide", [decides_on_it, case_is_of_another, is_open_case, may_hide_it])
CASE_REOPEN = Permission("case:reopen", [decides_on_it, case_is_of_another, is_closed_case])
MEASURE_FOLLOW = Permission("measure:follow", [is_concerned, can_be_appealed])
MEASURE_APPEAL = Permission(
    "measure:appeal", [is_concerned, can_be_appealed, is_in_time, has_effect, was_never_appealed])
APPEAL_READ = Permission("appeal:read", [decides_on_it, is_not_concerned, is_appealed])
APPEAL_JUDGE = Permission("appeal:judge", [decides_on_it, is_on_another, did_not_take_it, waits_for_judgement])
