"""The SQL that the application sent to each engine: PostgreSQL ran, or at least understands, what SQLite ran."""

import inspect
import os
import re
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, TextClause, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite.dml import OnConflictClause
from sqlalchemy.exc import CompileError, DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

from app import HOUSE
from app.core.unit import unit
from app.ideas import counting
from app.search.index import index_sync

APP, TESTS = (f"{HOUSE / name}{os.sep}" for name in ("app", "tests"))
# Where rows of whoever opened the transaction are written: what a test added is the test's.
OPENING = {inspect.unwrap(unit).__code__, counting._settle_noted.__code__, index_sync._settle.__code__}
# The same statement is written alike for both engines: as PostgreSQL would be sent it.
WRITER = postgresql.dialect(paramstyle="named")
OnConflictClause.constraint_target = None  # PostgreSQL's own may name a constraint.
# A row that is stored names the columns that it has; each pair of a table and a column counts by itself.
INSERT = re.compile(r"INSERT INTO (\w+) \(([\w, ]+)\) VALUES \([:\w, ]+\)(?: RETURNING [\w., ]+)?")
UPDATE = re.compile(
    r"UPDATE (\w+) SET ((?:\w+=:\w+(?:::JSON)?(?:, )?)+) WHERE (\w+\.\w+ = :\w+(?: AND \w+\.\w+ = :\w+)*)"
)
# A migration changes a table of SQLite by copying it.
COPY = "_alembic_tmp_"
# The place of a value has a number, which depends on how many were written before it.
NUMBER = re.compile(r"(?<=\w)_\d+\b")
# As many alternatives as a person has charges, or a search has words, say one thing.
REPEATED = re.compile(r"( (?:OR|AND) (?:(?! OR ).)+)\1+")
# The ORM asks for the keys of the rows that a DELETE or an UPDATE met, in an order that differs from one process to the next.
RETURNED = re.compile(r"(?<= RETURNING )[\w., ]+$")
# The index of words of each engine (`app.core.indexed_words`): joined and asked with MATCH, or a column asked with @@.
JOINED_WORDS = re.compile(r" JOIN search_words ON search_words\.rowid = search_entries\.id\b")
HAS_WORDS = re.compile(r"search_words MATCH :\w+|search_entries\.search_words @@ CAST\(:\w+ AS tsquery\)")
NUMBER_OF_WORDS = re.compile(r"search_words\.rowid\b( < :rowid\b)?")
REPEATED_FIRST = re.compile(r"(\([^()]*\))(?: AND \1)+")


class Statements:
    """The statements of each engine in this process, without their values, and a test that sent each.

    The processes of a run share a folder: a statement is noted, and asked about, by the first one that claims it there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_engine: dict[str, dict[str, str]] = {"sqlite": {}, "postgresql": {}}
        self._compilers: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
        self._texts: dict[Any, list[str]] = {}
        self._examples: dict[str, tuple[Any, dict[str, Any]]] = {}

    def watch(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._note)

    def missing(self) -> list[str]:
        """Say what SQLite ran and PostgreSQL neither ran nor understood, unless the run was of one engine alone."""
        sqlite, postgresql = self.by_engine["sqlite"], self.by_engine["postgresql"]
        alone = sorted(text for text in sqlite.keys() - postgresql.keys() if COPY not in text and postgresql)
        return [f"{text}\n    sent by {sqlite[text]}" for text in alone]

    def ask(self, connection: Connection) -> None:
        """Ask PostgreSQL how it would run what SQLite alone ran here, with the values that SQLite was given."""
        proved = self.by_engine["postgresql"]
        for text in proved:
            self.claim(text)
        for text in self._examples.keys() - proved.keys():
            if self.claim(text) and is_understood(connection, *self._examples[text]):
                proved[text] = "EXPLAIN"

    def add(self, others: dict[str, dict[str, str]]) -> None:
        for engine, found in others.items():
            self.by_engine[engine] = found | self.by_engine[engine]

    def _note(self, connection: Any, _cursor: Any, _text: str, _values: Any, context: Any, _many: bool) -> None:
        compiler = getattr(context, "compiled", None)
        if (
            not isinstance(compiler, SQLCompiler)
            or compiler in self._compilers
            or isinstance(compiler.statement, TextClause)
            or not is_from_the_app()
        ):
            return
        self._compilers[compiler] = True
        kinds = [type(parameter.type).__name__ for parameter in compiler.binds.values()]
        if not self.claim(f"{connection.dialect.name} {compiler} {kinds} {compiler.column_keys}"):
            return
        test = os.environ.get("PYTEST_CURRENT_TEST", "no test").rpartition(" (")[0]
        for text in self._write(compiler):
            self.by_engine[connection.dialect.name].setdefault(text, test)
            if connection.dialect.name == "sqlite":
                self._examples.setdefault(text, (compiler, values_of(context)))

    def _write(self, compiler: Any) -> list[str]:
        """Normalize a statement once: both engines give the same one the same key."""
        if compiler.cache_key is None:
            return normalize(compiler)
        key = compiler.cache_key.key, tuple(compiler.column_keys or ())
        if key not in self._texts:
            self._texts[key] = normalize(compiler)
        return self._texts[key]

    def claim(self, text: str) -> bool:
        """Leave the mark of a statement in the folder; return whether no process had left it."""
        try:
            (self.folder / sha256(text.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def values_of(context: Any) -> dict[str, Any]:
    """Return the first values that a statement was sent with, by the keys of its parameters; a list is one value again."""
    sent, lists = context.compiled_parameters[0], context._expanded_parameters
    return {
        parameter.key: [sent[part] for part in lists[name]] if name in lists else sent[name]
        for parameter, name in context.compiled.bind_names.items()
        if name in sent or name in lists
    }


def is_understood(connection: Connection, compiler: Any, values: dict[str, Any]) -> bool:
    """Tell whether PostgreSQL would run a statement with these values: every name, type and function means something to it."""
    try:
        compiled = compiler.statement.compile(dialect=connection.dialect, column_keys=compiler.column_keys)
        state = compiled.construct_expanded_state(values)
        processors = compiled._bind_processors | state.processors
        sent = {
            name: processors[name](value) if name in processors else value for name, value in state.parameters.items()
        }
        with connection.begin():
            connection.exec_driver_sql(f"EXPLAIN {state.statement}", sent)
    except (CompileError, DBAPIError):
        return False
    return True


def is_from_the_app() -> bool:
    """Tell whether the application asks, and not a test that writes or reads the tables by itself (through `unit`)."""
    frame = sys._getframe(2)
    while frame:
        place = frame.f_code.co_filename
        if place.startswith(TESTS):
            return False
        if place.startswith(APP) and frame.f_code not in OPENING:
            return True
        frame = frame.f_back
    return False


def normalize(compiler: Any) -> list[str]:
    """Write a statement without its values: a line for each column that a row stores."""
    text = " ".join(str(compiler.statement.compile(dialect=WRITER, column_keys=compiler.column_keys)).split())
    text = RETURNED.sub(lambda keys: ", ".join(sorted(keys[0].split(", "))), text)
    for verb, pattern in (("INSERT INTO", INSERT), ("UPDATE", UPDATE)):
        found = pattern.fullmatch(text)
        if found:
            columns = re.findall(r"\w+(?==)" if verb == "UPDATE" else r"\w+", found[2])
            return [f"{verb} {found[1]}: {column}" for column in columns]
    text = ask_for_words_alike(NUMBER.sub("", text))
    return [REPEATED.sub(r"\1", REPEATED_FIRST.sub(r"\1", text))]


def ask_for_words_alike(text: str) -> str:
    """Write what asks the index of words as if both engines had the same one."""
    text = HAS_WORDS.sub("has the words", JOINED_WORDS.sub("", text))
    return NUMBER_OF_WORDS.sub(lambda found: f"search_entries.id{' < :id' if found[1] else ''}", text)
