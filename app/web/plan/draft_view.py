"""What the page of a draft shows: all of it or what changes, a part at a time where there is much."""

from dataclasses import dataclass

from app.plan.draft_tree import DraftPart, DraftTree, build_tree
from app.plan.models.structure import Plan
from app.plan.outline import Outline, load_outline
from app.plan.queries import plans as queries
from app.plan.queries.plans import WorkingCopy
from app.web.plan import wording

# So many actions are shown unfolded.
FEW = 12


@dataclass(frozen=True)
class DraftView:
    """The tree that is shown, the keys of the parts that are unfolded, and how many parts change in all of the draft.

    `codes` says, by key of a part, which code the next version will give it in the place of another, or of none;
    `head_fields` are the labels of what changed of the plan's own words.
    """

    tree: DraftTree
    open_keys: set[str]
    codes: dict[str, str]
    head_fields: list[str]
    changes: int
    has_only_changes: bool


def compare(plan: Plan, working: WorkingCopy) -> DraftTree:
    """Return the draft beside the last version; before the first one, and without a draft, nothing changes."""
    has_marks = plan.is_published and working.draft is not None
    return build_tree(queries.get_published_outline(plan) if has_marks else None, working.outline)


def view_draft(plan: Plan, working: WorkingCopy, *, at: str, has_only_changes: bool) -> DraftView:
    """Return what is shown; the part whose key is `at` is unfolded with all that holds it."""
    whole = compare(plan, working)
    tree = whole.keep_changes() if has_only_changes else whole
    is_short = sum(one.count("actions") for one in tree.orientations) <= FEW
    open_keys = {key for one in tree.orientations for key in _list_open(one, at, is_in_few=is_short)}
    head_fields, codes = wording.list_changed_fields(whole.head), _describe_codes(whole, working.outline)
    return DraftView(tree, open_keys, codes, head_fields, whole.count_changes(), has_only_changes)


def _list_open(part: DraftPart, at: str, *, is_in_few: bool) -> list[str]:
    if not is_in_few and all(one.key != at for one in part.walk()):
        return []
    is_short = part.count("actions") <= FEW
    return [part.key, *(key for one in part.inside for key in _list_open(one, at, is_in_few=is_short))]


def _describe_codes(tree: DraftTree, outline: Outline) -> dict[str, str]:
    numbered = load_outline(outline.dump())
    numbered.number()
    present = (node for node in tree.walk() if "removed" not in node.kinds)
    pairs = zip(present, numbered.parts(), strict=True)
    codes = {node.key: (_find_former_code(node), part.code) for node, part in pairs}
    return {key: f"{former} → {code}" if former else code for key, (former, code) in codes.items() if former != code}


def _find_former_code(node: DraftPart) -> str:
    """Return the code that the last version gave to a part, or the one that is written of a part that it has not."""
    changes = node.difference.changes if node.difference else ()
    return next(
        (str(change.before[0]) for change in changes if change.field == "code" and change.before), node.part.code
    )
