"""A file of ideas or of comments from elsewhere: what its columns say, and its rows under our names."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from app.exchange import csv_rows, dates, lines, meanings, translation
from app.exchange.lines import FileLine
from app.exchange.report import ABOUT_ANOTHER, RESERVATIONS, Report, RowError
from app.exchange.reservations import find_reservation, is_about_reservations
from app.exchange.translation import Answers

MOST_HEADINGS = 500
Step = Callable[[int], object]
_HOST = re.compile(r"[a-z0-9.-]{3,200}")


@dataclass
class Survey:
    """What one reading of a file found: its columns, and what has to be asked before anything comes in."""

    rows: int = 0
    headings: Counter[str] = field(default_factory=Counter)
    reservations: Counter[str] = field(default_factory=Counter)
    orders: Counter[str] = field(default_factory=Counter)
    """Which number of a date is the day, in how many dates."""
    date: str = ""
    """A date that can be read two ways."""
    subjects: Counter[str] = field(default_factory=Counter)
    """The kinds of things that the comments are about."""
    host: str = ""


@dataclass
class Source:
    """A file, as JSON Lines, with what was answered about it; `left_out` has the ids of the rows that say private."""

    path: Path
    kind: str
    answers: Answers
    include: frozenset[str] = frozenset()
    survey: Survey = field(default_factory=Survey)
    left_out: set[str] = field(default_factory=set)

    def rows(self, report: Report, *, step: Step = lambda _n: None) -> Iterator[FileLine]:
        """Yield the rows under our names; those that say private, or are about something else, are counted only."""
        for line in lines.read_lines(self.path, report.refuse, step=step):
            translated = self.translate(line)
            if why := self._reservation(line) or self._other_subject(translated):
                report.leave_out(why)
                self.left_out.add(str(translated.row.get("id")))
            else:
                yield translated

    def rows_at(self, places: Iterable[tuple[int, int]]) -> Iterator[FileLine]:
        return map(self.translate, lines.read_lines_at(self.path, places))

    def translate(self, line: FileLine) -> FileLine:
        return line._replace(row=translation.translate(line.row, self.answers))

    def _reservation(self, line: FileLine) -> str:
        found = find_reservation(translation.flatten(line.row))
        return "" if found in self.include else found

    def _other_subject(self, line: FileLine) -> str:
        subject = line.row.get("commentable_type", self.answers.subject)
        is_other = subject != self.answers.subject and not translation.is_comment(str(subject))
        return ABOUT_ANOTHER if is_other else ""

    @property
    def columns(self) -> dict[str, str]:
        """Return the field of each column that is read."""
        found = {heading: self.answers.find_meaning(heading) for heading in self.survey.headings}
        return {heading: meaning.field for heading, meaning in found.items() if meaning}

    @property
    def unread(self) -> dict[str, int]:
        """Return the columns that nobody reads, with how many rows say something there."""
        return {
            heading: count
            for heading, count in sorted(self.survey.headings.items())
            if not self.answers.find_meaning(heading) and not is_about_reservations(heading)
        }

    @property
    def has_open_dates(self) -> bool:
        """Tell whether one has to say which number of the dates is the day."""
        return not self.answers.dates and self.survey.orders.total() > 0

    @property
    def has_open_subject(self) -> bool:
        """Tell whether one has to say which of several kinds of things the comments are to be about."""
        return not self.answers.subject and len(self.survey.subjects) > 1

    @property
    def platform(self) -> str:
        return meanings.find_platform(self.survey.headings)


@contextmanager
def open_source(
    path: Path, kind: str, answers: Answers | None = None, *, include: Iterable[str] = ()
) -> Iterator[Source]:
    """Open a file (JSON Lines or CSV) and look at all its rows; the days and the source that it says are answered."""
    asked = replace(answers or Answers(), kind=kind)
    words = frozenset(RESERVATIONS if "all" in include else include)
    with TemporaryDirectory() as folder:
        if not csv_rows.is_json(path):
            target = Path(folder) / "rows.jsonl"
            csv_rows.write_json_lines(path, target, kind)
            path, asked = target, replace(asked, form="text")
        source = Source(path, kind, asked, words)
        _look(source)
        source.answers = _answer(source)
        yield source


def _look(source: Source) -> None:
    survey = source.survey
    for line in lines.read_lines(source.path, _pass_over):
        row = translation.flatten(line.row)
        survey.rows += 1
        _count_headings(survey, row)
        if found := find_reservation(row):
            survey.reservations[found] += 1
        values = translation.gather(row, source.answers)
        _look_at_values(survey, values)


def _pass_over(_line: int, _error: RowError) -> None:
    """Leave a line that can't be read: whoever takes the rows refuses it."""


def _count_headings(survey: Survey, row: Mapping[str, Any]) -> None:
    for heading, value in row.items():
        if value not in translation.EMPTY and (heading in survey.headings or len(survey.headings) < MOST_HEADINGS):
            survey.headings[heading] += 1


def _look_at_values(survey: Survey, values: Mapping[str, Any]) -> None:
    for name in ("created_at", "updated_at"):
        if order := dates.find_order(values.get(name)):
            survey.orders[order] += 1
            survey.date = survey.date or (str(values[name]) if order == dates.EITHER else "")
    subject = values.get("commentable_type")
    if isinstance(subject, str) and not translation.is_comment(subject) and len(survey.subjects) < MOST_HEADINGS:
        survey.subjects[subject] += 1
    if not survey.host and isinstance(address := values.get("url"), str):
        survey.host = _find_host(address)


def _find_host(address: str) -> str:
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if _HOST.fullmatch(host) else ""


def _answer(source: Source) -> Answers:
    """Add to the answers what the file itself says."""
    answers, survey = source.answers, source.survey
    known = {order for order in (dates.DAY_FIRST, dates.MONTH_FIRST) if survey.orders[order]}
    order = answers.dates or (known.pop() if len(known) == 1 else "")
    name = answers.source or survey.host or source.platform
    subject = answers.subject or (next(iter(survey.subjects)) if len(survey.subjects) == 1 else "")
    has_ids = "id" in source.columns.values()
    return replace(answers, dates=order, source=name, subject=subject, without_ids=not has_ids)
