"""Who may report a content, and who reads, decides and opens again the case of what was reported."""

from app.comments.models import Comment
from app.communities import policy as communities
from app.communities.policy import has_any_charge
from app.contents.models import Content, container_of
from app.contents.policy import CONTENT_HIDE, did_not_write_it, is_not_concerned, reads_it, stands_in
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
from app.events.models.meetings import Event
from app.forum.models import ForumTopic
from app.ideas.models import Idea
from app.moderation.cases.models import CaseFile


def is_in_sight(_actor: Actor, content: Content) -> bool:
    """Published: what is hidden, waits or was taken back needs no report."""
    if isinstance(content, Idea | Event):
        return content.is_published
    if isinstance(content, ForumTopic):
        return content.is_in_sight and content.forum.event.is_published
    return content.is_visible if isinstance(content, Comment) else content.is_public


def takes_part_there(actor: Actor, content: Content) -> bool:
    return communities.may_take_part_there(actor, container_of(content))


def decides_on_it(actor: Actor, case_file: CaseFile) -> bool:
    """The charge of the community where the content stands now, or of another when only its author has that one."""
    return communities.facilitates(actor, case_file) or stands_in(actor, case_file.content)


def case_is_of_another(actor: Actor, case_file: CaseFile) -> bool:
    return is_of_another(actor, case_file.content)


def is_open_case(_actor: Actor, case_file: CaseFile) -> bool:
    return case_file.case.state == "open"


def is_closed_case(_actor: Actor, case_file: CaseFile) -> bool:
    return case_file.case.state != "open"


def may_hide_it(actor: Actor, case_file: CaseFile) -> bool:
    return CONTENT_HIDE[type(case_file.content)].permits(actor, case_file.content)


REPORT = Permission("content:report", [reads_it, is_in_sight, takes_part_there, did_not_write_it])
CASE_LIST = Permission("case:list", [has_any_charge])
CASE_READ = Permission("case:read", [decides_on_it, is_not_concerned])
CASE_DECIDE = Permission("case:decide", [decides_on_it, case_is_of_another, is_open_case])
CASE_HIDE = Permission("case:hide", [decides_on_it, case_is_of_another, is_open_case, may_hide_it])
CASE_REOPEN = Permission("case:reopen", [decides_on_it, case_is_of_another, is_closed_case])
