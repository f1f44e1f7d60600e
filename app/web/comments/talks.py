"""A talk as its reader is shown it: which comments a page holds, and what each looks like (`rows.py`)."""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain

from markupsafe import Markup

from app.comments.models import Thread
from app.comments.queries import pages
from app.comments.queries.tree import ThreadPage
from app.forms.comments import CommentForm
from app.web.comments import rows
from app.web.comments.subjects import Subject
from app.web.frame import read_state
from app.web.frame.drawings import draw
from app.web.frame.params import id_param, single_param
from app.web.frame.session import me


def read(thread: Thread, *, beside: Collection[int] = ()) -> ThreadPage:
    """Return the page of a thread that the address asks for, and the beginnings of the threads `beside`."""
    sort, at = single_param("sort", pages.SORTS, "oldest"), id_param("at")
    page = pages.get_thread_page(me(), thread, sort=sort, after=single_param("after"), at=at, beside=beside)
    return replace(page, is_unfolded=single_param("replies", ("all",)) == "all")


def render_thread(subject: Subject, talk: ThreadPage, new_ids: Collection[int] = ()) -> Markup:
    """Draw a page of the talk under a subject; the comments of `new_ids` are marked as new.

    What is behind a line that is folded is not read there yet: it is not noted as shown.
    """
    read_state.note_shown("comment", [entry.id for entry in talk.open_entries])
    return draw("comments/_talk.html", talk=talk, rows=rows.read(talk, new_ids), subject_url=subject.url)


def show_entries(talk: ThreadPage) -> Markup:
    """Draw the comments of a page alone."""
    read_state.note_shown("comment", [entry.id for entry in talk.entries])
    return draw("comments/_rows.html", rows=list(chain.from_iterable(rows.read(talk).values())))


def blank_form() -> CommentForm | None:
    """Return the form that a page takes a comment with, in which nothing is typed yet; None for the public."""
    return CommentForm(formdata=None) if me().is_someone else None
