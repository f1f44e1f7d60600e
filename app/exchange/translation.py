"""Put a row of another platform under our names; a value that is not understood stays as it is, to be refused."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.exchange import dates, meanings
from app.exchange.meanings import Meaning

EMPTY: tuple[Any, ...] = (None, "", [], {})
OBJECTS, DEEPEST, MOST_ANCESTORS = ("votes", "published"), 3, 50
LANGUAGES = {"francais": "fr", "french": "fr", "anglais": "en", "english": "en"}
STANCES = {"1": "pour", "-1": "contre", "0": ""}
_HTML = re.compile(r"</(?:p|div|ul|ol|li|strong|em|b|i|u|a|span|h[1-6]|blockquote|table)\s*>", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_LAST_NUMBER = re.compile(r"/(\d+)/?(?:[?#].*)?$")
_SEPARATORS = re.compile(r"[,;|\n]")
_YES, _NO = {"true", "yes", "oui", "vrai", "1", "x"}, {"false", "no", "non", "faux", "0"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Answers:
    """What somebody answered about a file, or what it says itself.

    `columns` has the field that a heading was said to be (nothing: it is not read), `dates` is dmy or mdy, `source`
    names the source of rows that do not, `subject` is the kind of thing whose comments come in, of several; ideas of a
    file `without_ids` have one that is made of their words. `form` is that of bodies that are not HTML.
    """

    kind: str = "ideas"
    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    source: str = ""
    subject: str = ""
    without_ids: bool = False
    form: str = "markdown"

    def find_meaning(self, heading: str) -> Meaning | None:
        if heading in self.columns:
            return Meaning(self.columns[heading], -1) if self.columns[heading] else None
        return meanings.find_meaning(self.kind, heading)


def flatten(row: Row) -> dict[str, Any]:
    """Return a row whose objects are columns of their own (« title/fr »); what we read as an object stays one."""
    return dict(_list_columns(row, "", DEEPEST))


def _list_columns(row: Row, above: str, depth: int) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        heading = f"{above}{name}"[: meanings.LONGEST_HEADING]
        if isinstance(value, dict) and value and depth and heading not in OBJECTS:
            yield from _list_columns(value, f"{heading}/", depth - 1)
        else:
            yield heading, value


def gather(row: Row, answers: Answers) -> dict[str, Any]:
    """Return the values of a flat row by field: of several columns of one, the first that says something."""
    found: dict[str, tuple[tuple[int, int], Any, str]] = {}
    for heading, value in row.items():
        meaning = answers.find_meaning(heading)
        if meaning is None or value in EMPTY:
            continue
        order = (meaning.rank, {"": 0, "fr": 1, "en": 2}.get(meaning.lang, 3))
        if meaning.field not in found or order < found[meaning.field][0]:
            found[meaning.field] = (order, value, meaning.lang)
    values = {name: value for name, (_order, value, _lang) in found.items()}
    said = found.get("title") or found.get("body")
    return values if not said or not said[2] else {"lang": said[2]} | values


def translate(row: Row, answers: Answers) -> dict[str, Any]:
    """Return a row under our names, with what it does not say itself: its source, its id, the form of its body."""
    values = gather(flatten(row), answers)
    for name in ("created_at", "updated_at"):
        if isinstance(values.get(name), str):
            values[name] = dates.to_iso(values[name], answers.dates)
    for name in ("trashed", "enabled"):
        values[name] = _flag(values.get(name))
    if isinstance(author := values.get("author"), str) and _ADDRESS.fullmatch(author.strip()):
        # An address of mail is nobody's public name.
        del values["author"]
    if isinstance(lang := values.get("lang"), str):
        values["lang"] = LANGUAGES.get(meanings.normalise(lang), lang)
    values.setdefault("body_format", _find_format(values.get("body"), answers.form))
    return _idea(values, answers) if answers.kind == "ideas" else _comment(values)


def _flag(value: Any) -> Any:
    word = meanings.normalise(value) if isinstance(value, str) else ""
    return True if word in _YES else False if word in _NO else value


def _find_format(body: Any, otherwise: str) -> str:
    return "html" if isinstance(body, str) and _HTML.search(body) else otherwise


def _idea(values: dict[str, Any], answers: Answers) -> dict[str, Any]:
    values.setdefault("source", answers.source)
    if isinstance(tags := values.get("tags"), str):
        values["tags"] = _SEPARATORS.split(tags)
    for group in OBJECTS:
        values[group] = _figures(values, group)
    if answers.without_ids:
        text = "\n".join(str(values.get(name, "")) for name in ("url", "title", "body", "created_at"))
        values["id"] = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
    return values


def _figures(values: dict[str, Any], group: str) -> Any:
    """Gather the figures that stand in columns of their own, as `votes.for_`, in one object."""
    whole = values.pop(group, None)
    parts = {name.split(".")[1]: _number(values.pop(name)) for name in list(values) if name.startswith(f"{group}.")}
    if isinstance(whole, int | float | str) and not isinstance(whole, bool):
        return {"total": _number(whole)} | parts
    return whole | parts if isinstance(whole, dict) else whole if whole is not None else parts


def _number(value: Any) -> Any:
    """Return the number that a text holds; another value as it is."""
    if not isinstance(value, str):
        return value
    try:
        number = float("".join(value.split()).replace(",", "."))
        return int(number) if number.is_integer() else number
    except (ValueError, OverflowError):
        return value


def is_comment(subject: str) -> bool:
    """Tell whether what is commented is a comment (« Decidim::Comments::Comment »)."""
    return subject.rpartition(":")[2].casefold() == "comment"


def _comment(values: dict[str, Any]) -> dict[str, Any]:
    values["votes"] = _number(values.get("votes"))
    stance = values.get("stance")
    if isinstance(stance, int | str) and str(stance) in STANCES:
        values["stance"] = STANCES[str(stance)]
    if "commentable_id" in values:
        values |= _place(values)
    return values


def _place(values: dict[str, Any]) -> dict[str, Any]:
    """Return where a comment of Decidim or CONSUL goes: its idea, what it answers, and what stands above that."""
    target, ancestry = values["commentable_id"], str(values.get("ancestry") or "")
    if ancestry:
        above = ancestry.split("/")[::-1]
        return {"idea_id": target, "parent_id": above[0], "ancestors": above[1:MOST_ANCESTORS]}
    found = _LAST_NUMBER.search(str(values.get("root_url", "")))
    subject = values.get("commentable_type")
    is_answer = is_comment(subject) if isinstance(subject, str) else str(values.get("depth", "0")) not in ("", "0")
    idea = found[1] if found else None
    return {"idea_id": idea, "parent_id": target} if is_answer else {"idea_id": idea or target, "parent_id": None}
