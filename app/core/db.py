"""The one database handle, and the column types every table shares."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    bindparam,
    literal_column,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, registry

from app.core import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A time: aware in Python, UTC without zone in the table; a naive value is taken as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value and value.tzinfo else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


SORTED = Text().with_variant(Text(collation="C"), "postgresql")
"""The type of a sort key: compared by its bytes, which is what SQLite does, whatever the server's language."""


NOW = bindparam("now", type_=Moment, callable_=clock.now)
"""The present time, as it is when a statement is run: what is built once may be run for ever."""


class Base(DeclarativeBase):
    """What every table says on its class, or the site does not start.

    `public`: pages that need no account show something of it, so that what is written in it empties the page cache.
    `private_because`: none does, in a few words that say who is shown it. `is_trace`: a row says that somebody came or
    sent a form, not that what they sent changed anything.
    """

    public: ClassVar[bool] = False
    private_because: ClassVar[str] = ""
    is_trace: ClassVar[bool] = False
    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Moment})


db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def partial_index(name: str, rows: str, *columns: Any, unique: bool = False) -> Index:
    """Make an index that holds only some rows of its table: those for which `rows`, in SQL, is true."""
    return Index(name, *columns, unique=unique, sqlite_where=text(rows), postgresql_where=text(rows))


def constant(value: str) -> ColumnElement[str]:
    """Write a code into the SQL itself: a planner that is to prove the condition of a partial index has to read it."""
    return literal_column(f"'{value}'", String)


def constants(values: Iterable[str]) -> list[ColumnElement[str]]:
    """Write codes into the SQL itself, for `in_`: a value less to give for each of them at each run."""
    return [constant(value) for value in values]


def number_parameter(name: str) -> BindParameter[int]:
    """Make a parameter that holds a whole number: that of a row, or how many rows at the most."""
    return bindparam(name, type_=Integer)


def numbers_parameter(name: str) -> BindParameter[int]:
    """Make a parameter that holds the numbers of some rows, for `in_`."""
    return bindparam(name, expanding=True, type_=Integer)


def run(statement: Any, **parameters: Any) -> Any:
    """Execute one Core statement in the present transaction."""
    return db.session.execute(statement, parameters or None)
