"""The whole traffic on one page: what happens when something has happened, and what the worker runs."""
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.accounts import jobs as accounts
from app.accounts.signals import AccountClosed
from app.comments.signals import CommentsCounted
from app.communities import reactions as communities
from app.core import mail as outbox
from app.core.jobs import Job
from app.core.signals import Signal
from app.ideas import reactions as ideas
from app.updates import reactions as updates
from app.votes import reactions as votes
from app.web import mail

REACTIONS: Mapping[type[Signal], Sequence[Callable[[Any], None]]] = {
    AccountClosed: [communities.forget_places, votes.forget_names, ideas.drop_drafts],
    CommentsCounted: [ideas.keep_count, updates.keep_count],
}

JOBS: dict[str, Job] = {
    "mail": Job(mail.deliver),
    "outbox": Job(outbox.purge, every=60),
    "accounts": Job(accounts.purge, every=30),
}
