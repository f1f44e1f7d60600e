"""The kit of a forum on paper: whatever the site does, it does too, and no step waits for a phone.

A paper is in the language of the meeting, whoever prints it; the page around it is in that of its reader.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.forum import policy
from app.forum.models import Forum
from app.forum.queries.layout import Layout, get_layout
from app.web.forum import sheets, words
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.frame.drawings import draw
from app.web.frame.locale import TAGS
from app.web.frame.responses import render
from app.web.frame.routes import members


@dataclass(frozen=True)
class Paper:
    """A paper of the kit: what it is for, how many are printed of it, what stands on it."""

    title: Any
    purpose: Any
    count: Callable[[Layout], str]
    gather: Callable[[Forum], dict[str, Any]]


@bp.get("/forums/<id:forum_id>/papers")
@members(policy.ARRANGE, of=FORUM)
def list_papers(forum: Forum) -> str:
    """Say what each paper is for, and how many to print."""
    wall = get_layout(forum.id)
    papers = [(_link(forum, name), paper, paper.count(wall)) for name, paper in PAPERS.items()]
    return render("forum/papers/kit.html", forum=forum, event=forum.event, papers=papers)


def _link(forum: Forum, name: str) -> str:
    """Return the page of a paper: ballots are those of what the forum chooses among, once it does."""
    if name == BALLOTS:
        return url_for("choices.print_ballots", forum_id=forum.id)
    return url_for(".print_sheet", forum_id=forum.id, sheet=name)


@bp.get("/forums/<id:forum_id>/papers/<any(programme,rooms,principles,slips,notes):sheet>")
@members(policy.ARRANGE, of=FORUM)
def print_sheet(forum: Forum, sheet: str) -> str:
    return draw_sheet(forum, sheet, PAPERS[sheet].gather)


def draw_sheet(forum: Forum, sheet: str, gather: Callable[[Forum], dict[str, Any]]) -> str:
    """Return the page of a paper, which `gather` fills in the language of the meeting."""
    event, paper = forum.event, PAPERS[sheet]
    with force_locale(TAGS[event.lang]):
        body = draw(f"forum/papers/_{sheet}.html", event=event, **gather(forum))
    return render("forum/papers/sheet.html", forum=forum, event=event, paper=paper, body=body)


def _count_programme(wall: Layout) -> str:
    count = len(sheets.cut(wall))
    return ngettext(
        "%(num)s feuille, en deux ou trois exemplaires.", "%(num)s feuilles, en deux ou trois exemplaires.", count
    )


def _count_rooms(wall: Layout) -> str:
    return ngettext("%(num)s feuille, une par salle.", "%(num)s feuilles, une par salle.", len(wall.rooms))


def _count_principles(_wall: Layout) -> str:
    # A sheet each, and one for the law, one for the invitation.
    count = len(words.PRINCIPLES) + 2
    return ngettext("%(num)s feuille.", "%(num)s feuilles.", count)


def _count_slips(wall: Layout) -> str:
    """Say how many sheets give three slips for two cells of the wall: some topics are joined, some withdrawn."""
    slips = -(-_count_cells(wall) * 3 // 2)
    copies = max(1, -(-slips // sheets.SLIPS_ON_A_SHEET))
    return ngettext(
        "%(num)s exemplaire : trois feuillets pour deux cases du mur.",
        "%(num)s exemplaires : trois feuillets pour deux cases du mur.",
        copies,
    )


def _count_notes(wall: Layout) -> str:
    free = _count_cells(wall) - len(wall.cells)
    if not free:
        return _("Une par séance : toutes sont placées.")
    return ngettext(
        "Une par séance placée; %(num)s exemplaire de la vide, pour la case libre.",
        "Une par séance placée; %(num)s exemplaires de la vide, pour les cases libres.",
        free,
    )


def _count_ballots(_wall: Layout) -> str:
    return _("Un bulletin par personne.")


def _count_cells(wall: Layout) -> int:
    return len(wall.rooms) * len(wall.session_slots)


BALLOTS = "ballots"
PAPERS = {
    "programme": Paper(
        _l("Programme"),
        _l("Les salles et les heures, avec ce qui est placé. Les cases vides s'écrivent à la main."),
        _count_programme,
        sheets.gather_programme,
    ),
    "rooms": Paper(
        _l("Affiches des salles"),
        _l("Le nom de la salle, comment s'y rendre, ce qui s'y passe à chaque heure."),
        _count_rooms,
        sheets.gather_rooms,
    ),
    "principles": Paper(
        _l("Affiches des principes"),
        _l("Quatre principes, une loi, une invitation : à poser autour du cercle."),
        _count_principles,
        sheets.gather_principles,
    ),
    "slips": Paper(
        _l("Feuillets de sujet"),
        _l("On y écrit son sujet, on le dit au micro, on le pose au mur. À couper en quatre."),
        _count_slips,
        sheets.gather_slips,
    ),
    "notes": Paper(
        _l("Feuilles de notes"),
        _l("Six minutes pour en remplir une à la fin d'une séance, puis on la pose au mur. La dernière est vide."),
        _count_notes,
        sheets.gather_notes,
    ),
    BALLOTS: Paper(
        _l("Bulletins"),
        _l(
            "Pour dire, à la convergence, ce qui vient en premier. Ils portent les propositions du choix une fois "
            "qu'il est ouvert; avant, des lignes vides et cinq pastilles."
        ),
        _count_ballots,
        sheets.gather_ballots,
    ),
}
