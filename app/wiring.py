"""The whole traffic on one page: what happens when something has happened, and what the worker runs."""
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.accounts import jobs as accounts
from app.accounts.signals import (
    AccountClosed,
    CharterChanged,
    ProfileChanged,
    SecondFactorDropped,
    SettingsChanged,
    SignedOut,
    SiteRoleGiven,
)
from app.comments import reactions as comments
from app.comments.signals import CommentHeld, CommentsCounted
from app.communities import invitations
from app.communities import reactions as communities
from app.communities.signals import (
    AccountSuspended,
    FacilitatorNamed,
    FacilitatorRelieved,
    MemberRemoved,
    SuspensionLifted,
)
from app.core import heartbeat
from app.core import mail as outbox
from app.core.jobs import Job
from app.core.signals import Signal
from app.ideas import reactions as ideas
from app.ideas.signals import AnswerAsked, AnswerReviewed, AnswersAsked, IdeaHeld, IdeaMoved, IdeaRevised
from app.moderation import reactions as moderation
from app.moderation.queries import reported
from app.moderation.signals import (
    AppealJudged,
    AppealMade,
    Assigned,
    CaseMoved,
    CaseOpened,
    HandoverAnswered,
    HandoverOffered,
    IdeaMerged,
    IdeaParted,
    IdeaSplit,
    MeasureTaken,
    MoveAnswered,
    MoveAsked,
)
from app.notifications import jobs as reminders
from app.notifications.reactions import accounts as notices_of_accounts
from app.notifications.reactions import answers as notices_of_answers
from app.notifications.reactions import desk as notices_of_the_desk
from app.notifications.reactions import handovers as notices_of_handovers
from app.notifications.reactions import measures as notices_of_measures
from app.notifications.reactions import merges as notices_of_merges
from app.notifications.reactions import reports as notices_of_reports
from app.updates import reactions as updates
from app.votes import reactions as votes
from app.web.accounts import address_answers
from app.web.frame import mail
from app.web.notices import pages

REACTIONS: Mapping[type[Signal], Sequence[Callable[[Any], None]]] = {
    AccountClosed: [
        communities.forget_places, votes.forget_names, ideas.drop_drafts, ideas.erase_waiting, comments.erase_waiting,
        moderation.forget_waiting, moderation.erase_requests, notices_of_accounts.forget],
    AccountSuspended: [notices_of_accounts.tell_of_suspension, moderation.write_suspension],
    AnswerAsked: [notices_of_answers.ask_colleagues],
    AnswerReviewed: [notices_of_answers.tell_of_review],
    AnswersAsked: [notices_of_answers.ask_to_read_many],
    CharterChanged: [moderation.write_charter],
    CommentHeld: [moderation.freeze_author],
    AppealJudged: [notices_of_reports.tell_of_judgement],
    AppealMade: [notices_of_reports.tell_of_appeal],
    Assigned: [notices_of_the_desk.tell_of_assignment],
    CaseMoved: [notices_of_reports.tell_of_decision],
    CaseOpened: [notices_of_reports.tell_of_case],
    CommentsCounted: [ideas.keep_count, updates.keep_count],
    FacilitatorNamed: [notices_of_accounts.tell_of_charge],
    FacilitatorRelieved: [notices_of_accounts.tell_of_relief],
    HandoverAnswered: [notices_of_handovers.tell_of_answer],
    HandoverOffered: [notices_of_handovers.tell_of_offer],
    IdeaHeld: [moderation.freeze_author],
    IdeaMerged: [notices_of_merges.tell_of_merge],
    IdeaMoved: [moderation.close_request, notices_of_answers.tell_of_step, moderation.write_step],
    IdeaParted: [notices_of_merges.tell_of_parting],
    IdeaSplit: [notices_of_merges.tell_of_split],
    IdeaRevised: [notices_of_the_desk.tell_of_revision],
    MemberRemoved: [notices_of_accounts.tell_of_removal, moderation.write_removal],
    MoveAnswered: [notices_of_handovers.tell_of_request_answer],
    MoveAsked: [notices_of_handovers.tell_of_request],
    MeasureTaken: [
        notices_of_measures.tell_of_measure, notices_of_measures.tell_of_branch, notices_of_measures.tell_of_freeze],
    ProfileChanged: [notices_of_the_desk.tell_of_profile],
    SecondFactorDropped: [notices_of_accounts.tell_of_second_factor],
    SettingsChanged: [moderation.write_settings],
    SignedOut: [notices_of_accounts.tell_of_signing_out],
    SiteRoleGiven: [notices_of_accounts.tell_of_role, moderation.write_role],
    SuspensionLifted: [notices_of_accounts.tell_of_lifting, moderation.write_lifting],
}

# What the law asks about a person in charge that their own room does not know.
FACTS = (reported.facts,)

JOBS: dict[str, Job] = {
    "heartbeat": Job(heartbeat.beat),
    "mail": Job(mail.deliver),
    "requests": Job(address_answers.answer),
    "notices": Job(pages.write_mails),
    "reminders": Job(reminders.remind, every=60),
    "outbox": Job(outbox.purge, every=60),
    "accounts": Job(accounts.purge, every=30),
    "invitations": Job(invitations.purge, every=60),
}
