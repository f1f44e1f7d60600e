"""Names that rows, waiting jobs, links and cookies of earlier versions hold: renaming one loses what was stored.

A name may be added at any time. One that goes away is migrated with its rows, and leaves its list here.
"""

from flask import Flask

from app.accounts.allowances import ALLOWANCES
from app.core.keys import Purpose
from app.moderation.measures import models as measures
from app.notifications import topics
from app.scheduled import JOBS

JOBS_THAT_WAIT = """
accounts facts followers heartbeat invitations late mail notices outbox plan_imports reminders requests
sittings summaries words
""".split()
COUNTED_ACTS = """
account administration again appeal autosave change change_email code code_all comment confirm_at draft
export forgot_at idea invite invited known letter mark move_request near open_at password register_at report
sign_in sign_in_all sign_in_at sitting sitting_draft standing team text
""".split()
NOTICES = """
account.restored account.second_factor account.signed_out account.suspended action.late answers.agreed
answers.due answers.remark answers.review answers.reviews appeal.granted appeal.opened appeal.refused
case.opened chain.action chain.author chain.follower chain.supporter charge.action charge.action_ended
charge.given charge.withdrawn comment.post comment.reply comment.used desk.case desk.idea follow.comment
follow.idea follow.merge follow.part follow.step follow.update freeze.review handover.accepted handover.open
handover.returned idea.back idea.revised idea.revised_since joined.member link.accepted link.declined
link.open linked.author linked.follower linked.supporter measure.block measure.freeze measure.hide
measure.hide_profile measure.lead measure.lift measure.move measure.publish measure.publish_change
measure.refuse measure.refuse_change measure.restore measure.restore_profile measure.suspend measure.unblock
measure.unsuspend measure.unwarn measure.warn member.removed merge.author merge.received merge.support
move_request.granted move_request.open move_request.refused part.author part.support plan.changed
profile.changed report.against report.cleared report.dismissed report.handled report.reopened role.admin
role.coordinator role.member split.author status status.joined support.first support.tens unlinked.author
unlinked.follower unlinked.proposer unlinked.supporter
""".split()
MEASURES = """
block freeze hand_over hide join_back lift lock merge move part publish publish_change refuse refuse_change
restore slow split suspend unlock unpublish warn
""".split()
PURPOSES = [
    "cookie-session",
    "wtf-csrf-token",
    "confirm",
    "reset",
    "change_email",
    "two_factor_setup",
    "unsubscribe mails",
    "unsubscribe again",
    "form",
    "queue",
    "limit",
    "known browser",
    "authenticator",
    "password",
    "recovery",
]


def test_a_job_that_waited_before_an_upgrade_is_done_after_it(app: Flask) -> None:
    huey = app.extensions["huey"]
    messages = {
        name: huey.serializer.serialize(["1", f"functools.{name}", None, 2, 30, None, [], {}])
        for name in JOBS_THAT_WAIT
    }
    found = {name: huey.deserialize_task(message).name for name, message in messages.items()}
    assert {name: task for name, task in found.items() if task != name} == {}


def test_kinds_that_are_stored_are_still_known() -> None:
    known = {
        "jobs": (JOBS_THAT_WAIT, JOBS),
        "counted acts": (COUNTED_ACTS, ALLOWANCES),
        "notices": (NOTICES, topics.KINDS),
        "measures": (MEASURES, measures.KINDS),
        "purposes of keys": (PURPOSES, [purpose.value for purpose in Purpose]),
    }
    lost = {what: sorted(set(stored) - set(now)) for what, (stored, now) in known.items()}
    assert {what: names for what, names in lost.items() if names} == {}
