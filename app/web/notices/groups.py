"""What a person was told of one subject, as their page, their first page and their mails gather it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.actor import Actor
from app.notifications.models import Notice
from app.web.frame import nouns, words
from app.web.notices.contents import NoticeContents, NoticeSubject
from app.web.notices.notice_view import NoticeView, build_view

# How many notices of a subject stand open at the least.
LATEST = 3
JOURNEY_KINDS = ("status", "follow.step", "chain", "linked", "unlinked")


@dataclass(frozen=True)
class NoticeGroup:
    """What a person was told of one subject, the last first."""

    subject: NoticeSubject | None
    views: list[NoticeView]

    @property
    def head(self) -> str:
        """Say in a word or two what the subject is to the reader."""
        if self.subject is None:
            return ""
        name = str(nouns.get_noun(self.subject.kind).own) if self.subject.is_own else ""
        return name[:1].upper() + name[1:] or str((words.KINDS | words.CONTENTS)[self.subject.kind])

    @property
    def anchor(self) -> str:
        """Name the place of the group on its page."""
        return f"about-{self.subject.thread_id}" if self.subject else f"notice-{self.views[0].notice.id}"

    @property
    def recent(self) -> list[NoticeView]:
        """Return what was not read, and what was read lately."""
        return self.views[: self._length]

    @property
    def earlier(self) -> list[NoticeView]:
        """Return what was read before, unless it is short enough to stand with the rest."""
        return self.views[self._length :]

    @property
    def _length(self) -> int:
        last_new = max((n for n, view in enumerate(self.views, 1) if view.is_new), default=0)
        length = max(last_new, LATEST)
        return length if len(self.views) > length + 1 else len(self.views)

    @property
    def has_moved(self) -> bool:
        """Tell whether it moved on their journey."""
        return _has_moved(view.notice for view in self.views)

    @property
    def news(self) -> int:
        """Count what was not read."""
        return sum(view.is_new for view in self.views)

    @property
    def waits(self) -> int:
        """Count what is still to be read elsewhere."""
        return sum(view.is_new and not view.is_said_whole for view in self.views)


def group_by_subject(views: Sequence[NoticeView]) -> list[NoticeGroup]:
    """Gather what is about one subject, where the last notice of it stands."""
    groups: dict[int, NoticeGroup] = {}
    for view in views:
        groups.setdefault(_key(view.subject, view.notice), NoticeGroup(view.subject, [])).views.append(view)
    return list(groups.values())


@dataclass(frozen=True)
class LatestNews:
    """The last thing that a person was told of one subject, with how many `others` of it they were told."""

    subject: NoticeSubject | None
    view: NoticeView
    others: int


def list_latest(actor: Actor, notices: Sequence[Notice], size: int) -> list[LatestNews]:
    """Describe the last notice of each subject, so many at most; what moved on its journey comes first."""
    contents, found = NoticeContents(actor, notices), dict[int, list[Notice]]()
    for notice in notices:
        found.setdefault(_key(contents.subject(notice), notice), []).append(notice)
    shown = sorted(found.values(), key=lambda group: not _has_moved(group))[:size]
    views = [build_view(contents, group[0]) for group in shown]
    return [LatestNews(view.subject, view, len(group) - 1) for view, group in zip(views, shown, strict=True)]


def _key(subject: NoticeSubject | None, notice: Notice) -> int:
    return subject.thread_id if subject else -notice.id


def _has_moved(notices: Iterable[Notice]) -> bool:
    return any(notice.kind.startswith(JOURNEY_KINDS) for notice in notices)
