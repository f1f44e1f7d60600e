"""What the worker does at its hours, each job by its name."""

from app.accounts import jobs as accounts
from app.choices import retention as choice_retention
from app.choices.service import ballots
from app.communities import invitations, sittings
from app.core import heartbeat
from app.core import mail as outgoing_mail
from app.core.jobs import Job
from app.events import halls, outsiders
from app.events import mails as event_mails
from app.events import retention as event_retention
from app.exchange import plan_imports
from app.figures import jobs as figures
from app.forum import retention as forum_retention
from app.forum.service import interests, rehearsals
from app.notifications import jobs as reminders
from app.notifications.service import facts
from app.results import jobs as results
from app.search.index import forgetting
from app.web.accounts import address_answers
from app.web.events import place_mails
from app.web.notices import delivery, immediate_mails, summaries
from app.web.site import upkeep

JOBS: dict[str, Job] = {
    "heartbeat": Job(heartbeat.beat),
    "mail": Job(delivery.deliver),
    "requests": Job(address_answers.answer_requests),
    "notices": Job(immediate_mails.write_mails),
    "summaries": Job(summaries.write_summaries, every=10),
    "followers": Job(reminders.tell_followers),
    "reminders": Job(reminders.remind, every=60),
    "late": Job(reminders.remind_holders, every=60),
    "facts": Job(facts.purge, every=60, erases=True),
    "outbox": Job(outgoing_mail.purge, every=60, erases=True),
    "accounts": Job(accounts.purge, every=30, erases=True),
    "backups": Job(upkeep.back_up, every=60, only_looks=True),
    "check": Job(upkeep.watch, every=60, when_closed=upkeep.watch_closed),
    "words": Job(forgetting.forget_lost_words, every=60, erases=True),
    "word_counts": Job(results.count_words_daily, every=60),
    "comment_months": Job(figures.count_comments, every=60),
    "persons": Job(figures.count_persons, every=60),
    "invitations": Job(invitations.purge, every=60, erases=True),
    "sittings": Job(sittings.purge, every=60, erases=True),
    "plan_imports": Job(plan_imports.purge, every=60, erases=True),
    "event_mails": Job(place_mails.write_mails),
    "event_reminders": Job(event_mails.ask_reminders, every=10),
    "event_outsiders": Job(outsiders.look, every=60),
    "halls": Job(halls.purge, every=60, erases=True),
    "registrations": Job(event_retention.purge, every=60, erases=True),
    "forum_interests": Job(interests.fold_all),
    "choice_voters": Job(ballots.fold_all),
    "choice_dots": Job(choice_retention.purge, every=60, erases=True),
    "forum_names": Job(forum_retention.purge, every=60, erases=True),
    "rehearsals": Job(rehearsals.purge, every=60, erases=True),
}
