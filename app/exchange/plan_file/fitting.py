"""What of a file can't be so once it stands beside the plan: each is refused in its cell, and the rest comes in."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file.columns import BY_KEY
from app.exchange.plan_file.contents import Completions, Pairs, PlanFile, Said
from app.exchange.plan_file.matching import NAMES
from app.exchange.plan_file.progress import is_too_early
from app.exchange.plan_file.rows import Guess, Refusal
from app.plan.news import ActionNews
from app.plan.outline import ActionOutline, Outline
from app.plan.queries.progress import ActionProgress
from app.plan.service.bulletins import NOT_ALL
from app.plan.service.publishing import MOST

SAME_CODE = N_("Une autre partie du plan a déjà le code « %(code)s ».")
TOO_MANY = N_("Une action en a au plus %(most)s : les derniers sont laissés de côté.")
BY_MILESTONES = N_("L'avancement de cette action se compte par ses jalons : ce nombre n'est pas repris.")
COLUMNS = {
    "partners": "action.partners",
    "milestones": "milestone.title",
    "indicators": "indicator.name",
    "funding": "funding.source",
    "documents": "document.url",
}


def fit(file: PlanFile, pairs: Pairs, said: list[tuple[Any, Said]], present: Outline) -> Iterator[Refusal]:
    """Bring the parts of a file to what a plan can hold; yield what is refused for it."""
    rows = {id(part): one.row for part, one in said}
    yield from _free_codes(file, rows, present)
    for action, claim in pairs:
        yield from _shorten(file, action, rows[id(action)])
        if claim.progress is not None and action.milestones:
            title, text = file.titles.get("action.progress", ""), str(claim.progress)
            file.guesses.append(Guess(claim.row, title, text, "", BY_MILESTONES))
            claim.progress = None


def _free_codes(file: PlanFile, rows: Mapping[int, int], present: Outline) -> Iterator[Refusal]:
    """Take from the parts of a file the codes that another part has, or keeps."""
    former = {(type(part), part.id): fold(part.code) for part in present.parts() if part.id}
    parts = list(file.outline.parts())
    parts.sort(key=lambda part: former.get((type(part), part.id)) != fold(part.code))
    codes: set[str] = set()
    for part in parts:
        if part.code and fold(part.code) in codes:
            key = f"{NAMES[type(part)]}.code"
            row = rows.get(id(part), 0)
            yield _refuse(file, row, key, part.code, SAME_CODE, code=part.code)
            part.code = ""
        codes.add(fold(part.code))


def _shorten(file: PlanFile, action: ActionOutline, row: int) -> Iterator[Refusal]:
    """Leave out the last of what an action has too many of, what has no row first."""
    for name, most in MOST.items():
        parts = getattr(action, name)
        if len(parts) > most:
            stay = sorted(range(len(parts)), key=lambda n: (getattr(parts[n], "id", 0) <= 0, n))[:most]
            yield _refuse(file, row, COLUMNS[name], str(len(parts)), TOO_MANY, most=most)
            parts[:] = [parts[n] for n in sorted(stay)]


def list_early_achievements(
    file: PlanFile,
    pairs: Pairs,
    completions: Completions,
    known: Mapping[int, ActionProgress],
    waiting: list[ActionNews],
) -> Iterator[Refusal]:
    """Yield a refusal for each action that a file calls achieved and that has milestones to reach; it stays so far."""
    reached = completions.keys() | {id(milestone) for one in waiting for milestone, _reached in one.completions}
    for action, claim in pairs:
        if is_too_early(action, claim, known.get(action.id, ActionProgress()), reached):
            yield _refuse(file, claim.row, "action.state", "", NOT_ALL)
            claim.state = ""


def _refuse(file: PlanFile, row: int, key: str, value: str, message: str, **values: object) -> Refusal:
    return Refusal(row, file.titles.get(key) or BY_KEY[key].fr, value, message, values, key)
