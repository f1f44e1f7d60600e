"""The report of a forum as a text in Markdown."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from app.core.text import escaping
from app.core.text.escaping import escape_in_link
from app.core.text.plain import one_line
from app.web.choices import counted
from app.web.choices.counted import CountedChoice
from app.web.frame import event_words
from app.web.frame.filters import colon
from app.web.frame.locale import format_day, format_moment
from app.web.notes.report_words import ReportWords, SaidLine, SessionWords, absolute


def write(found: ReportWords) -> Iterator[str]:
    """Yield the report as Markdown, line by line: what people wrote is read as they wrote it."""
    event = found.forum.event
    yield f"# {escape(event.question)}"
    yield f"\n{escape(event.title)}, {escape(event_words.tell_when(event))}\n"
    yield from (f"- {figure.label}{colon()}{figure.words}" for figure in found.figures)
    yield f"- {_('Compte rendu complet')}{colon()}{format_moment(found.complete_at)}"
    if found.way:
        yield "\n## " + _("De la voix au résultat") + "\n"
        yield from (f"- {reach.count} {reach.words}" for reach in found.way)
    if found.choice:
        yield from _write_choice(found.choice)
    yield f"\n## {_('Le déroulement')}\n"
    for hour in found.hours:
        yield f"- {hour.start}{colon()}{escape(', '.join(filter(None, [hour.words, hour.more])))}"
    for session in found.sessions:
        yield from _write_session(session)
    if found.ends:
        yield "\n## " + _("Ce qui s'arrête, et pourquoi") + "\n"
        yield from (f"- {escape(line.row.text)}{_tell_fate(line)}" for line in found.ends)
    if found.not_held:
        yield "\n## " + _("Sujets qui n'ont pas été tenus") + "\n"
        yield from (f"- {escape(one.topic.title)}. {escape(one.reason)}" for one in found.not_held)


def _write_session(session: SessionWords) -> Iterator[str]:
    yield f"\n## {escape(session.topic.title)}\n"
    yield escape(" · ".join(filter(None, [session.cell, session.host, session.people])))
    yield from (f"\n{escape(line)}" for line in session.text.splitlines() if line.strip())
    if session.lines:
        yield ""
    for line in session.lines:
        more = ", ".join(filter(None, [line.row.holder, line.due]))
        yield f"- **{line.kind}.** {escape(line.row.text)}" + (f" ({escape(more)})" if more else "") + _tell_fate(line)
    if session.from_paper:
        yield f"\n*{escape(session.from_paper)}*"
    yield from (f"\n*{_tell_correction(at, reason)}*" for at, reason in session.corrections)


def _tell_fate(line: SaidLine) -> str:
    """Say after a line what it has become, with its step, its address and why it stopped."""
    fate = line.fate
    if fate is None:
        return ""
    thing = f"{colon()}[{escape_in_link(fate.thing.title)}]({absolute(fate.url)})" if fate.thing else ""
    step = f", {fate.step}" if fate.step else ""
    reason = f". {_('Motif')}{colon()}{escape(fate.reason)}" if fate.reason else ""
    return f" → {fate.label}{thing}{step}{reason}"


def _write_choice(found: CountedChoice) -> Iterator[str]:
    yield "\n## " + _("Ce que le cercle a choisi") + "\n"
    yield counted.tell_ballots(found) + "\n"
    for place, one in found.ranked:
        text = f"[{escape_in_link(one.text)}]({absolute(one.url)})" if one.url else escape(one.text)
        yield f"- **{place.rank}.** {text}{colon()}{counted.tell_dots(found.choice, place)}"
        if decision := one.decision:
            yield f"  - **{_('Décision :')}** {escape(decision.text)}"
            if decision.carried_by:
                yield "  - " + escape(_("Qui s'en charge : %(name)s", name=decision.carried_by))
            if decision.link:
                yield f"  - [{escape_in_link(decision.link[1])}]({absolute(decision.link[0])})"


def _tell_correction(at: Any, reason: str) -> str:
    return _("Corrigé le %(day)s : %(reason)s", day=format_day(at), reason=escape(reason))


def escape(text: str) -> str:
    """Write a text on one line of Markdown."""
    return escaping.escape(one_line(text))
