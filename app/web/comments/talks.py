"""A talk as somebody reads it: what everybody is shown alike, and in it what this person can do with each comment."""
from collections.abc import Iterable
from functools import cache

from markupsafe import Markup

from app.comments.queries import own, pages
from app.comments.queries.tree import Entry, ThreadPage
from app.core.actor import ANYONE
from app.web.comments import acts, subjects
from app.web.comments.acts import Acts
from app.web.comments.subjects import Subject
from app.web.frame import drawings
from app.web.frame.drawings import TOKEN, Drawing, draw
from app.web.frame.session import me


def show(subject: Subject) -> Markup:
    """Return the page of a thread that the address asks for."""
    return _show_kept(subject) or show_page(subject, subjects.talk(me(), subject.thread))


def show_page(subject: Subject, talk: ThreadPage) -> Markup:
    """Return a page of a thread as it was read for this person."""
    return _fill(draw("comments/_talk.html", talk=talk, subject_url=subject.url), talk.entries)


def show_entries(talk: ThreadPage) -> Markup:
    """Return the comments of a page alone."""
    return _fill(draw("comments/_entries.html", talk=talk), talk.entries)


def _fill(drawing: Drawing, entries: Iterable[Entry]) -> Markup:
    return drawings.with_token(drawing.fill(_draw_own_tools(entries).by_hole))


def _show_kept(subject: Subject) -> Markup | None:
    """Return what the public reads, with this person's tools; None where they read more than that."""
    thread, asked = subject.thread, subjects.asked()
    if not drawings.reads_as_public() or not thread.is_public or thread.is_private or asked.at:
        return None
    rights, talk = acts.within(thread), cache(lambda: subjects.talk(ANYONE, thread))
    drawing = drawings.kept(
        ("talk", thread.id, asked), lambda: draw("comments/_talk.html", talk=talk(), subject_url=subject.url))
    marks = own.marks(me(), thread.id, [int(hole) for hole in drawing.holes])
    if marks.has_more:
        return None
    tools = drawings.kept(
        ("tools", thread.id, asked, rights), lambda: _draw_tools((entry, rights) for entry in talk().entries)).by_hole
    apart = [int(hole) for hole in drawing.holes if int(hole) in marks.comment_ids or hole not in tools]
    if apart:
        tools |= _draw_own_tools(pages.some(me(), apart)).by_hole
    return drawings.with_token(drawing.fill(tools))


def _draw_own_tools(entries: Iterable[Entry]) -> Drawing:
    """Draw the tools of comments for this person, who may have written or marked some of them."""
    return _draw_tools([(entry, acts.on(entry.comment)) for entry in entries])


def _draw_tools(entries: Iterable[tuple[Entry, Acts]]) -> Drawing:
    return draw("comments/_all_tools.html", entries=entries, is_staff=me().is_staff, csrf=TOKEN)
