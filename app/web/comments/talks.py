"""A talk as somebody reads it: what everybody is shown alike, and in it what this person can do with each comment."""

from collections.abc import Collection, Iterable
from typing import Any

from markupsafe import Markup

from app.comments.queries import own, pages
from app.comments.queries.tree import Entry, ThreadPage
from app.communities.queries import reads_as_public
from app.forms.comments import CommentForm
from app.web.comments import acts, rows, subjects
from app.web.comments.acts import Acts
from app.web.comments.subjects import Subject
from app.web.comments.tools import draw_tools
from app.web.frame import shared, sight
from app.web.frame.drawings import draw, fill, hole, holes, texts
from app.web.frame.session import me

# The names of two holes that stay empty: what is between them is folded.
FOLD, UNFOLD = "fold", "unfold"


def show(subject: Subject, new_ids: Collection[int] = ()) -> Markup:
    """Return the page of a thread that the address asks for; the comments of `new_ids` are marked as new."""
    return show_kept(subject, new_ids) or show_page(subject, subjects.talk(me(), subject.thread), new_ids)


def show_page(subject: Subject, talk: ThreadPage, new_ids: Collection[int] = ()) -> Markup:
    """Return a page of a thread as it was read for this person."""
    html = _draw_page(subject, talk)
    _note_shown(html)
    return fill(html, _mark_new(_draw_tools_of(talk.entries), new_ids))


def show_entries(talk: ThreadPage) -> Markup:
    """Return the comments of a page alone."""
    sight.show("comment", [entry.id for entry in talk.entries])
    return fill(Markup().join(rows.draw(talk).values()), _draw_tools_of(talk.entries))


def show_kept(subject: Subject, new_ids: Collection[int]) -> Markup | None:
    """Return what the public reads, with this person's tools; None where that is not what they read.

    A comment that is asked for is shown otherwise.
    """
    thread, asked = subject.thread, subjects.asked()
    is_alike = reads_as_public(me()) and thread.is_public and not thread.is_private
    if not is_alike or asked.at:
        return None
    rights = acts.within(thread)
    html = shared.kept(("talk", thread.id, asked), lambda: _draw_page(subject, subject.public_talk, page=None))
    comment_ids = [int(name) for name in holes(html) if name not in (FOLD, UNFOLD)]
    marks = own.marks(me(), thread.id, comment_ids)
    if marks.has_more:
        return None
    tools = texts(
        shared.kept(
            ("tools", thread.id, asked, rights),
            lambda: _draw_tools([(entry, rights) for entry in subject.public_talk.entries]),
        )
    )
    apart = [row_id for row_id in comment_ids if row_id in marks.comment_ids or str(row_id) not in tools]
    tools = tools | _draw_tools_of(pages.some(me(), apart)) if apart else tools
    _note_shown(html)
    return fill(html, _mark_new(tools, new_ids))


def _note_shown(html: Markup) -> None:
    """Note the comments that stand open on a page: those behind a line that is folded are not read there yet."""
    open_ids, is_folded = [], False
    for name in holes(html):
        if name in (FOLD, UNFOLD):
            is_folded = name == FOLD
        elif not is_folded:
            open_ids.append(int(name))
    sight.show("comment", open_ids)


def blank_form() -> dict[str, Any]:
    """Return what a page takes a comment with: a form, and its fields, in which nobody has typed anything yet."""
    if not me().is_someone:
        return {"form": None}
    form = CommentForm(formdata=None)
    fields = shared.kept("comment fields", lambda: draw("comments/_fields.html", form=form, page=None))
    return {"form": form, "fields": fields}


def _mark_new(tools: dict[str, Markup], new_ids: Collection[int]) -> dict[str, Markup]:
    """Put before the tools of each new comment a mark that says so."""
    names = tools.keys() & {str(number) for number in new_ids}
    mark = draw("comments/_new.html") if names else Markup()
    return tools | {name: mark + tools[name] for name in names}


def _draw_page(subject: Subject, talk: ThreadPage, **more: Any) -> Markup:
    return draw("comments/_talk.html", talk=talk, rows=rows.draw(talk), subject_url=subject.url, **more)


def _draw_tools_of(entries: Iterable[Entry]) -> dict[str, Markup]:
    """Draw the tools of comments for this person, who may have written or marked some of them."""
    return texts(_draw_tools([(entry, acts.on(entry.comment)) for entry in entries]))


def _draw_tools(entries: Iterable[tuple[Entry, Acts]]) -> Markup:
    """Draw the tools of each comment after its own hole."""
    return Markup().join(
        hole(entry.id) + draw_tools(entry.comment, rights, is_marked=entry.is_marked) for entry, rights in entries
    )
