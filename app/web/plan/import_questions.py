"""What is asked about the file of a plan: how each column is read, what a name means, and one proof for all of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.columns import BY_KEY
from app.exchange.plan_file.contents import PlanFile
from app.exchange.plan_file.headings import normalise
from app.exchange.plan_file.rows import Question
from app.forms.import_answers import AnswersForm, Ask
from app.web.frame import locale
from app.web.plan import wording

# How many columns that are not read stand unfolded.
OPEN = 6
PROOF = "proof"


@dataclass(frozen=True)
class ColumnView:
    """A column of a file: its heading in normal form, why it is not read, and whether the last file said how it is.

    `ask` is None for one of two columns with the same heading: there is no telling them apart.
    """

    heading: str
    title: str
    is_read: bool
    why: str
    is_recalled: bool
    ask: Ask | None


@dataclass(frozen=True)
class NameView:
    """A name of which the meaning is asked: where it stands in the answers, and how many rows wait for it."""

    key: str
    ask: Ask
    help: str


@dataclass(frozen=True)
class Questions:
    """All that is asked about a file."""

    columns: list[ColumnView]
    names: list[NameView]
    proof: Ask | None

    @property
    def unread(self) -> list[ColumnView]:
        """Return the columns that are not read, and those whose reading was chosen."""
        return [one for one in self.columns if not one.is_read or one.is_recalled]

    @property
    def read(self) -> list[ColumnView]:
        return [one for one in self.columns if one.is_read and not one.is_recalled]

    def list_asks(self) -> Iterator[Ask]:
        yield from (one.ask for one in self.columns if one.ask)
        yield from (one.ask for one in self.names)
        if self.proof:
            yield self.proof


def list_questions(file: PlanFile, answers: Answers) -> Questions:
    """Return what may be answered about a file, with what was answered so far."""
    proofs = [one for one in file.questions if one.kind == PROOF]
    proof = Ask(PROOF, _("Une preuve pour tout le fichier"), (), answers.proof) if proofs or answers.proof else None
    return Questions(list(_columns(file, answers)), list(_names(file, answers)), proof)


def _columns(file: PlanFile, answers: Answers) -> Iterator[ColumnView]:
    """Yield the columns that are not read, then those that are."""
    keys = {normalise(title): key for key, title in file.titles.items()}
    free = [key for key in BY_KEY if key not in file.titles]
    seen = set(keys)
    for one in file.unread:
        heading = normalise(one.title)
        own = [key for like, key in keys.items() if like == normalise(one.like)]
        ask = None if heading in seen else _ask(heading, one.title, "", [*own, *free], answers)
        seen.add(heading)
        yield ColumnView(heading, one.title, False, _why(one.like), heading in answers.recalled, ask)
    for heading, key in keys.items():
        ask = _ask(heading, file.titles[key], key, [key, *free], answers)
        yield ColumnView(heading, file.titles[key], True, "", heading in answers.recalled, ask)


def _why(like: str) -> str:
    if like:
        return _("Elle dit la même chose que « %(title)s », qui est lue.", title=like)
    return _("Ce titre n'est pas connu.")


def _ask(heading: str, title: str, key: str, keys: Sequence[str], answers: Answers) -> Ask:
    lang, value = locale.get_language(), answers.headings.get(heading, key)
    offered = dict.fromkeys([*keys, *filter(None, [value])])
    pairs = [("", _("Ne pas lire")), *((one, BY_KEY[one].name(lang)) for one in offered)]
    return Ask(f"column-{_join(heading)}", _("Lire « %(title)s » comme", title=title), tuple(pairs), value)


def _join(text: str) -> str:
    """Return a text as the name of a field holds it, without a space."""
    return "-".join(text.split())


def _names(file: PlanFile, answers: Answers) -> Iterator[NameView]:
    """Yield the names that are asked about, and those that were answered before and are not asked any more."""
    asked = {one.key: one for one in file.questions if one.kind == "name"}
    for key, question in asked.items():
        yield _view_name(question, answers.names.get(key, ""))
    for key, value in answers.names.items():
        if key not in asked:
            yield _view_name(Question("name", key, key.partition(":")[2], ((value, value),)), value)


def _view_name(question: Question, value: str) -> NameView:
    count, kind = len(question.rows), question.key.partition(":")[0]
    words = (
        (one, wording.write_value({"territory": "territories"}.get(kind, kind), one)) for one, _code in question.choices
    )
    pairs: list[tuple[str, Any]] = [("", _("Pas encore dit")), *words]
    ask = Ask(f"name-{_join(question.key)}", _("« %(name)s » veut dire", name=question.value), tuple(pairs), value)
    help_text = ngettext("%(num)s ligne attend.", "%(num)s lignes attendent.", count) if count else ""
    return NameView(question.key, ask, help_text)


def read_answers(form: AnswersForm, questions: Questions, answers: Answers) -> Answers:
    """Return what was answered: a column that is read by its own title is no answer, until it is read otherwise."""
    headings = dict(answers.headings)
    for one in questions.columns:
        if one.ask and (not one.is_read or form[one.ask.field].data != one.ask.value):
            headings[one.heading] = form[one.ask.field].data
    names = {one.key: form[one.ask.field].data for one in questions.names}
    return Answers(
        **answers.dump()
        | {
            "headings": headings,
            "names": {key: value for key, value in names.items() if value},
            "proof": form[PROOF].data if questions.proof else "",
            "recalled": [one for one in answers.recalled if headings.get(one) == answers.headings.get(one)],
        }
    )
