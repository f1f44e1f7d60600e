"""The plates of what was said, and of how long it waited: months, and delays by community."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.communities.queries import get_public_rooms
from app.core import months
from app.core.text.plain import excerpt
from app.figures import plates
from app.figures.plates import DelayLine, MonthLine
from app.ideas.figure_codes import IMPORTED
from app.ideas.models import KINDS
from app.web.figures.address import Address
from app.web.figures.tables import (
    Cell,
    Plate,
    Table,
    format_days,
    format_month_code,
    leave_out_empty,
    write_days,
    write_half,
    write_number,
    write_text,
)
from app.web.frame.charts import Bar, Chart, Column, Series, draw_bars, draw_columns
from app.web.frame.filters import label

OTHERS = [kind for kind in KINDS if kind != "need"]
NAME = 34
STEPS = (1, 2, 5, 7, 15, 30, 60, 90, 180, 365)
"""How many days may stand between two marks under the delays, of which there are at most `MARKS`."""
MARKS = 5


def build_months(address: Address) -> Plate | None:
    """Build the plate of what was published, month by month."""
    lines = plates.list_months(address.scope)
    if lines is None:
        return None
    ideas, comments = sum(line.ideas for line in lines), sum(line.comments for line in lines)
    finding = _tell_months(lines, ideas, comments)
    definition = _(
        "Ce que tout le monde peut lire, au mois de sa publication, à l'heure de la région. Les commentaires sont "
        "comptés chaque heure; ils n'ont pas de liste à eux : ils sont sous chaque contribution."
    )
    return Plate(
        "months", _("Mois par mois"), finding, definition, _draw_months(lines, finding), [_list(address, lines)]
    )


def _tell_months(lines: Sequence[MonthLine], ideas: int, comments: int) -> str:
    words = [
        ngettext("%(num)s contribution", "%(num)s contributions", ideas),
        ngettext("%(num)s commentaire", "%(num)s commentaires", comments),
    ]
    if not ideas:
        return _("%(ideas)s et %(comments)s.", ideas=words[0], comments=words[1])
    most = max(lines, key=lambda line: line.ideas)
    return _(
        "%(ideas)s et %(comments)s. Le mois qui en a le plus : %(month)s (%(most)s).",
        ideas=words[0],
        comments=words[1],
        month=format_month_code(most.month),
        most=format_decimal(most.ideas),
    )


def _draw_months(lines: Sequence[MonthLine], finding: str) -> Chart:
    pattern = "MMM" if len(lines) <= months.YEAR else "MMM y"
    columns = [
        Column(
            format_month_code(line.month, pattern),
            format_decimal(line.ideas),
            [(line.needs, "solid"), (line.others, "hatched")],
        )
        for line in lines
    ]
    series = [Series("solid", _("besoins")), Series("hatched", _("aspirations, idées et projets"))]
    return draw_columns("months", _("Contributions publiées chaque mois"), finding, columns, series=series)


def _list(address: Address, lines: Sequence[MonthLine]) -> Table:
    head = [
        _("Mois"),
        _("Besoins"),
        _("Autres"),
        _("Commentaires"),
        _("Dont venues d'ailleurs"),
        _("Dont du papier"),
        _("Commentaires venus d'ailleurs"),
    ]
    rows = [_cells(address, format_month_code(line.month, "MMM y"), line, (line.month, line.month)) for line in lines]
    if len(lines) > 1:
        rows.append(_cells(address, _("En tout"), _sum(lines), (lines[0].month, lines[-1].month)))
    table = leave_out_empty(head, rows, (4, 5, 6))
    return replace(table, name="months", caption=_("Publiés chaque mois"))


def _sum(lines: Sequence[MonthLine]) -> MonthLine:
    columns = ("needs", "others", "comments", "imported", "from_paper", "imported_comments")
    return MonthLine("", *(sum(getattr(line, column) for line in lines) for column in columns))


def _cells(address: Address, name: str, line: MonthLine, span: tuple[str, str]) -> list[Cell]:
    # Past twelve months, a list has no span: the sum is that of all of them.
    within = span if months.read_span(months.write_span(*span)) else None
    return [
        write_text(name),
        write_number(line.needs, address.list_url, span=within, kind="need"),
        write_number(line.others, address.list_url, span=within, kind=OTHERS),
        write_number(line.comments),
        write_number(line.imported, address.list_url, span=within, origin=IMPORTED),
        write_number(line.from_paper),
        write_number(line.imported_comments),
    ]


def build_delays(address: Address) -> Plate | None:
    """Build the plate of the days before the first answer of a community, with what waits beside."""
    lines = plates.list_delays(address.scope)
    if lines is None:
        return None
    finding = _tell_delays(lines)
    definition = _(
        "Jours entre la publication et la première réponse de la communauté, pour les réponses de la période. Ce qui "
        "attend est compté à part, quelle que soit sa date : sans cela, ne jamais répondre embellirait le chiffre."
    )
    drawn = _draw_delays(lines, finding) if lines else None
    return Plate(
        "delays", _("Combien de temps avant une réponse"), finding, definition, drawn, [_table(address, lines)]
    )


def _tell_delays(lines: Sequence[DelayLine]) -> str:
    waiting = sum(line.unanswered for line in lines)
    waits = ngettext("%(num)s contribution attend encore.", "%(num)s contributions attendent encore.", waiting)
    waits = waits if waiting else _("Aucune contribution n'attend de réponse.")
    timed = sorted((line for line in lines if line.spread), key=lambda line: line.spread.median if line.spread else 0)
    if not timed:
        return _("Aucune première réponse pendant la période. %(waits)s", waits=waits)
    first, last = timed[0], timed[-1]
    if first is last:
        return _("%(name)s : %(span)s, délai médian. %(waits)s", name=_name(first), span=_median(first), waits=waits)
    return _(
        "Délai médian : de %(least)s (%(first)s) à %(most)s (%(last)s). %(waits)s",
        least=_median(first),
        first=_name(first),
        most=_median(last),
        last=_name(last),
        waits=waits,
    )


def _name(line: DelayLine) -> str:
    return label(get_public_rooms().by_id[line.community_id]) if line.community_id else _("Sans communauté")


def _median(line: DelayLine) -> str:
    return format_days(line.spread.median) if line.spread else _("aucune réponse")


def _draw_delays(lines: Sequence[DelayLine], finding: str) -> Chart:
    bars = [
        Bar(
            excerpt(_name(line), NAME),
            _("%(median)s, %(num)s en attente", median=_median(line), num=format_decimal(line.unanswered)),
            [(line.spread.low, line.spread.high, "hatched") if line.spread else (0, 0, "open")],
            line.spread.median if line.spread else None,
        )
        for line in lines
    ]
    most = max((line.spread.high for line in lines if line.spread), default=0)
    step = next((step for step in STEPS if step * MARKS >= most), STEPS[-1] * (1 + int(most) // (STEPS[-1] * MARKS)))
    count = max(2, min(MARKS, -int(-most // step)))
    marks = [(step * n, format_days(step * n) if n == count else format_decimal(step * n)) for n in range(count + 1)]
    series = [Series("hatched", _("la moitié du milieu; le trait épais est la médiane"))]
    title = _("Jours avant la première réponse, par communauté")
    return draw_bars("delays", title, finding, bars, most=step * count, ticks=marks, series=series)


def _table(address: Address, lines: Sequence[DelayLine]) -> Table:
    head = [
        _("Communauté"),
        _("Réponses"),
        _("Médiane"),
        _("Moitié du milieu"),
        _("En attente"),
        _("Réponses à ce qui vient d'ailleurs"),
        _("En attente, venues d'ailleurs"),
    ]
    scope = address.scope
    answered = months.write_span(scope.first, scope.last) if scope.first else "yes"
    rows = []
    for line in lines:
        lead = get_public_rooms().by_id[line.community_id].slug if line.community_id else "none"
        rows.append(
            [
                write_text(_name(line)),
                write_number(line.answered, address.ideas_url, answered=answered, lead=lead),
                write_days(line.spread, line.spread.median if line.spread else None),
                write_half(line.spread),
                write_number(line.unanswered, address.ideas_url, answered="no", lead=lead),
                write_number(line.imported, address.ideas_url, answered=answered, lead=lead, origin=IMPORTED),
                write_number(line.imported_unanswered, address.ideas_url, answered="no", lead=lead, origin=IMPORTED),
            ]
        )
    return replace(leave_out_empty(head, rows, (5, 6)), name="delays", caption=_("Première réponse"))
