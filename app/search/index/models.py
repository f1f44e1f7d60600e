from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import SORTED, Model


class IndexEntry(Model):
    """A thing that search finds, by its words: it stands here while it is published and in sight.

    `id` is its place in time (`texts.entry_number`), `text` its words (`texts.index_line`). `thread_id` is the thread
    that says who sees it, which is read at each search: none for a community and a person. What the engine indexes of
    `text` follows by itself (docs/decisions/0062).
    """

    __tablename__ = "search_entries"
    public = True
    __table_args__ = (UniqueConstraint("kind", "thing_id"),)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str]
    thing_id: Mapped[int]
    thread_id: Mapped[int | None] = mapped_column(index=True)
    text: Mapped[str]


class LostWord(Model):
    """A word that a text has no more: if no other one has it, it goes from the vocabulary too (`forgetting`)."""

    __tablename__ = "search_lost_words"
    private_because = "the worker alone reads it"
    word: Mapped[str] = mapped_column(SORTED, primary_key=True)


class Word(Model):
    """A word that a text has, under each key that its forms share, and under itself (`vocabulary`)."""

    __tablename__ = "search_vocabulary"
    public = True
    key: Mapped[str] = mapped_column(SORTED, primary_key=True)
    word: Mapped[str] = mapped_column(SORTED, primary_key=True)


class WordCount(Model):
    """How many of the texts that a stranger may read have a word, in an edition of the counts (`counts`)."""

    __tablename__ = "search_word_counts"
    private_because = "nobody is shown what they put in order before their edition is there"
    # Half the size, since the key is nearly all that a row has.
    __table_args__ = ({"sqlite_with_rowid": False},)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(SORTED, primary_key=True)
    count: Mapped[int]


class CountEdition(Model):
    """An edition of the counts: the largest number is the present one, and the one before stays beside it.

    `texts` is how many texts were counted, `mean_length` how many words they have on average.
    """

    __tablename__ = "search_count_editions"
    public = True
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    texts: Mapped[int]
    mean_length: Mapped[int]
    counted_at: Mapped[datetime]
