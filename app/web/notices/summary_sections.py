"""What a summary tells, in its order: the reader's own road, what they were answered, what they follow, the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.web.notices.contents import NoticeSubject
from app.web.notices.groups import JOURNEY_KINDS, group_by_subject
from app.web.notices.mail_panels import MailPanel, view_step
from app.web.notices.notice_view import NoticeView

# Of how many things a summary tells, and how much of each; the page of notices has the rest.
MOST, DEEP = 20, 10
OWN, ANSWERS, FOLLOWED, OTHERS = range(4)


@dataclass(frozen=True)
class SummaryGroup:
    """What is told of one subject, the last first; `panel` draws where it stands, where its road went on."""

    subject: NoticeSubject | None
    views: Sequence[NoticeView]
    panel: MailPanel | None = None


@dataclass
class SummarySection:
    """The things of one part; the first part has no title where roads alone are in it."""

    title: str
    groups: list[SummaryGroup] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """The parts of a summary, and how many notices they leave to the page."""

    sections: list[SummarySection]
    more: int

    @property
    def groups(self) -> list[SummaryGroup]:
        return [group for section in self.sections for group in section.groups]

    @property
    def own_step(self) -> MailPanel | None:
        """Return the first of the reader's own roads that went on."""
        return next((group.panel for group in self.groups if group.panel), None)


def gather(views: Sequence[NoticeView]) -> Told:
    """Sort what a person was told, the last first, into the parts of a summary; in each, what moved comes first."""
    titles = "", _("On vous a répondu"), _("Dans ce que vous suivez"), _("Pour vous")
    sections, told, count = [SummarySection(title) for title in titles], 0, 0
    for number, section in enumerate(sections):
        groups = group_by_subject([view for view in views if _find_part(view) == number])
        for group in sorted(groups, key=lambda group: not group.has_moved):
            if count < MOST:
                shown = group.views[:DEEP]
                count, told = count + 1, told + len(shown)
                panel = view_step(shown[0]) if number == OWN else None
                section.groups.append(SummaryGroup(group.subject, shown, panel))
    return Told([section for section in sections if section.groups], len(views) - told)


def _find_part(view: NoticeView) -> int:
    if view.subject and view.subject.is_own and (view.state or view.notice.kind.startswith(JOURNEY_KINDS)):
        return OWN
    return {"reply": ANSWERS, "follow": FOLLOWED}.get(view.notice.topic, OTHERS)
