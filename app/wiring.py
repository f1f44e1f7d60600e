"""The traffic between rooms: the reactions to each signal, and what search finds in each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.accounts import searchable as people_to_find
from app.accounts.signals import (
    AccountClosed,
    CharterChanged,
    PasswordSet,
    ProfileChanged,
    SecondFactorDropped,
    SettingsChanged,
    SignedOut,
    SiteRoleGiven,
)
from app.choices import reactions as choices
from app.comments import reactions as comments
from app.comments import searchable as comments_to_find
from app.comments.signals import CommentHeld, CommentPosted, CommentsCounted, CommentUsed
from app.communities import reactions as communities
from app.communities import searchable as communities_to_find
from app.communities.signals import (
    AccountSuspended,
    FacilitatorNamed,
    FacilitatorRelieved,
    IssuesCovered,
    MemberJoined,
    MemberLeft,
    MemberRemoved,
    SittingOpened,
    SuspensionLifted,
)
from app.core.signals import Signal
from app.desk import reactions as desk
from app.desk.signals import Assigned
from app.events import calendar_addresses, outsiders
from app.events import reactions as events
from app.events import searchable as events_to_find
from app.events.queries import charges as event_charges
from app.events.signals import (
    Arrived,
    ChargeGiven,
    EventCancelled,
    EventChanged,
    EventCloned,
    EventMoved,
    EventPublished,
    GuestRenamed,
    GuestsForgotten,
    MinutesCorrected,
    MinutesPublished,
    PlaceGivenBack,
    PlacesForgotten,
    PlacesGiven,
    PlaceTakenOver,
)
from app.forum import reactions as forum
from app.forum.signals import ForumEmptied, ForumRemoved, HostChanged, InterestGrew, PhaseMoved, TopicChanged
from app.ideas import reactions as ideas
from app.ideas import searchable as ideas_to_find
from app.ideas.signals import (
    AnswerAsked,
    AnswerReviewed,
    AnswersAsked,
    IdeaHeld,
    IdeaMoved,
    IdeaPublished,
    IdeaRevised,
    KindChanged,
)
from app.journal import reactions as journal
from app.moderation.appeals.service import appeals
from app.moderation.cases import queries as cases
from app.moderation.cases import reactions as case_reactions
from app.moderation.first_posts.service import frozen_accounts
from app.moderation.moves.service import requests as moves
from app.moderation.signals import (
    AppealJudged,
    AppealMade,
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
from app.notes import reactions as notes
from app.notes import searchable as topics_to_find
from app.notes.signals import LineCorrected, LineLinked, NotesPublished, ReviewEnded
from app.notifications.reactions import accounts as notices_of_accounts
from app.notifications.reactions import events as notices_of_events
from app.notifications.reactions import follows
from app.notifications.reactions import forums as notices_of_forums
from app.notifications.reactions import ideas as notices_of_ideas
from app.notifications.reactions import moderation as notices_of_moderation
from app.notifications.reactions import plan as notices_of_plan
from app.notifications.reactions import talk as notices_of_talk
from app.plan import reactions as plan
from app.plan import searchable as actions_to_find
from app.plan.queries import holders
from app.plan.signals import (
    BulletinCorrected,
    BulletinPosted,
    BulletinWithdrawn,
    HolderNamed,
    HolderRelieved,
    LinkAnswered,
    LinkEnded,
    LinkProposed,
    PlanArchived,
    PlanMadeCurrent,
    PlanPublished,
    PlanUnarchived,
)
from app.updates import reactions as updates
from app.updates import searchable as updates_to_find
from app.updates.signals import UpdatePublished
from app.votes import reactions as votes
from app.votes.signals import IdeaSupported
from app.web.accounts import security_mail

REACTIONS: Mapping[type[Signal], Sequence[Callable[[Any], None]]] = {
    AccountClosed: [
        communities.forget_places,
        votes.forget_names,
        ideas.drop_drafts,
        ideas.erase_waiting,
        comments.erase_waiting,
        forum.erase_waiting,
        plan.erase_proposals,
        desk.forget_waiting,
        appeals.forget_appeals,
        moves.erase_requests,
        notices_of_accounts.forget,
        plan.end_charges,
        events.end_charges,
        events.give_places_back,
        # Of places that were given back, the ballots are gone: these are those of meetings that are over.
        choices.forget_account,
        calendar_addresses.forget,
    ],
    AccountSuspended: [events.end_halls, notices_of_accounts.tell_of_suspension, journal.write_suspension],
    AnswerAsked: [notices_of_ideas.ask_colleagues],
    AnswerReviewed: [notices_of_ideas.tell_of_review],
    AnswersAsked: [notices_of_ideas.ask_to_read_many],
    ChargeGiven: [notices_of_events.tell_of_charge],
    CharterChanged: [journal.write_charter],
    CommentHeld: [frozen_accounts.freeze_author],
    AppealJudged: [notices_of_moderation.tell_of_judgement],
    AppealMade: [notices_of_moderation.tell_of_appeal],
    Arrived: [forum.admit_arrived],
    Assigned: [notices_of_moderation.tell_of_assignment],
    BulletinCorrected: [journal.write_correction],
    BulletinPosted: [journal.write_move, notices_of_plan.note_bulletin],
    BulletinWithdrawn: [journal.write_withdrawal],
    CaseMoved: [notices_of_moderation.tell_of_decision],
    CaseOpened: [notices_of_moderation.tell_of_case],
    CommentPosted: [notices_of_talk.tell_of_comment, follows.note_comment],
    CommentUsed: [notices_of_talk.tell_of_use],
    CommentsCounted: [
        ideas.copy_comments_count,
        plan.copy_comments_count,
        updates.copy_comments_count,
        events.copy_comments_count,
    ],
    EventCancelled: [
        journal.write_event_cancelled,
        events.tell_of_cancelling,
        notices_of_events.note_cancelling,
        choices.remove_uncounted,
    ],
    EventChanged: [events.tell_of_change, notices_of_events.note_change],
    EventCloned: [forum.begin_again],
    EventMoved: [journal.write_event_moved, events.tell_of_move, notices_of_events.note_move],
    EventPublished: [journal.write_event, notices_of_events.note_event],
    FacilitatorNamed: [notices_of_accounts.tell_of_charge],
    FacilitatorRelieved: [events.end_halls, outsiders.give_places_back, notices_of_accounts.tell_of_relief],
    ForumEmptied: [choices.remove_choice, notes.remove_notes],
    ForumRemoved: [
        case_reactions.keep_judged_topics,
        choices.keep_chosen,
        forum.end_rehearsal,
    ],
    GuestRenamed: [forum.rename_guest, notes.rename_guest],
    GuestsForgotten: [forum.forget_guests, notes.forget_guests, choices.forget_places],
    HandoverAnswered: [notices_of_ideas.tell_of_answer],
    HandoverOffered: [notices_of_ideas.tell_of_offer],
    HolderNamed: [journal.write_charge, notices_of_plan.tell_of_charge],
    HolderRelieved: [journal.write_relief, notices_of_plan.tell_of_relief],
    HostChanged: [notices_of_forums.tell_of_host],
    IdeaHeld: [frozen_accounts.freeze_author],
    IdeaMerged: [notices_of_ideas.tell_of_merge, follows.note_merge],
    IdeaMoved: [
        plan.end_links,
        moves.close_request,
        notices_of_ideas.tell_of_step,
        notices_of_plan.tell_of_return,
        follows.note_step,
        journal.write_step,
    ],
    IdeaParted: [notices_of_ideas.tell_of_parting, follows.note_parting],
    IdeaPublished: [follows.note_idea],
    IdeaSplit: [notices_of_ideas.tell_of_split],
    IdeaRevised: [notices_of_moderation.tell_of_revision],
    IdeaSupported: [notices_of_talk.tell_of_support],
    InterestGrew: [notices_of_forums.tell_of_interest],
    IssuesCovered: [journal.write_coverage],
    KindChanged: [journal.write_kind],
    LineCorrected: [choices.correct_words],
    LineLinked: [notices_of_forums.tell_of_line],
    LinkAnswered: [journal.write_link, notices_of_plan.tell_of_answer, notices_of_plan.note_link],
    LinkEnded: [journal.write_unlink, notices_of_plan.note_end],
    LinkProposed: [notices_of_plan.tell_of_proposal],
    MemberJoined: [follows.follow_again, notices_of_accounts.tell_of_joining],
    MemberLeft: [outsiders.give_places_back],
    MemberRemoved: [
        events.end_halls,
        outsiders.give_places_back,
        notices_of_accounts.tell_of_removal,
        journal.write_removal,
    ],
    MinutesCorrected: [journal.write_minutes_corrected],
    MinutesPublished: [
        choices.keep_uncounted_open,
        forum.close_with_meeting,
        journal.write_minutes,
        events.send_minutes,
        notices_of_events.note_minutes,
    ],
    MoveAnswered: [notices_of_ideas.tell_of_request_answer],
    MoveAsked: [notices_of_ideas.tell_of_request],
    MeasureTaken: [
        desk.release_moved,
        notices_of_moderation.tell_of_measure,
        notices_of_moderation.call_back_publication,
        notices_of_moderation.tell_of_branch,
        notices_of_moderation.tell_of_freeze,
    ],
    NotesPublished: [notices_of_forums.note_notes],
    PasswordSet: [security_mail.tell_of_password],
    PhaseMoved: [choices.keep_uncounted, journal.write_phase, notes.publish_closed],
    PlaceGivenBack: [forum.empty_place, choices.empty_place],
    PlaceTakenOver: [forum.give_to_account, notes.give_to_account],
    PlacesForgotten: [forum.forget_places, notes.forget_places, choices.forget_places],
    PlacesGiven: [notices_of_events.tell_of_places],
    PlanArchived: [journal.write_archived],
    PlanMadeCurrent: [journal.write_current],
    PlanUnarchived: [journal.write_unarchived],
    PlanPublished: [journal.write_plan, notices_of_plan.note_version],
    ProfileChanged: [notices_of_moderation.tell_of_profile],
    ReviewEnded: [notes.tell_guests, notices_of_forums.tell_of_review],
    SecondFactorDropped: [notices_of_accounts.tell_of_second_factor],
    SettingsChanged: [journal.write_settings],
    SignedOut: [notices_of_accounts.tell_of_signing_out],
    SiteRoleGiven: [outsiders.give_places_back, notices_of_accounts.tell_of_role, journal.write_role],
    SittingOpened: [journal.write_sitting],
    SuspensionLifted: [notices_of_accounts.tell_of_lifting, journal.write_lifting],
    TopicChanged: [notices_of_forums.note_topic],
    UpdatePublished: [follows.note_update],
}

# Rows of an actor from rooms above the one that builds it, for permissions: of whoever has a charge, of all.
ROWS_OF_STAFF = (cases.select_actor_rows,)
ROWS_OF_ALL = (holders.select_actor_rows, event_charges.select_actor_rows)

# What each room lets search find.
SOURCES = tuple(
    room.SOURCE
    for room in (
        ideas_to_find,
        comments_to_find,
        updates_to_find,
        actions_to_find,
        communities_to_find,
        people_to_find,
        events_to_find,
        topics_to_find,
    )
)
