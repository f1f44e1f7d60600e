"""What sweeps rely on: a photo holds what was written since, and a database is put back when nobody uses it."""

import threading

from sqlalchemy import text

from tests.support import tables
from tests.support.house import House
from tests.support.make import Make


def test_a_photo_that_is_taken_again_holds_what_was_written_since(make: Make) -> None:
    idea, before = make.idea(), tables.photo()
    assert tables.changed_tables(before, tables.photo()) == set()
    make.vote(make.user(), idea)
    after = tables.photo()
    assert tables.differences(before, after) == {"users+", "votes+", "ideas.votes_count"}
    tables.restore(before)
    assert tables.changed_tables(before, tables.photo()) == set() and before["ideas"] is not after["ideas"]


def test_a_database_is_put_back_when_the_last_thread_of_the_test_before_is_done_with_it(houses: list[House]) -> None:
    sqlite, _postgresql = houses
    sqlite.reset()
    connection = sqlite.state.engine.connect()
    connection.execute(text("SELECT 1"))
    ends = threading.Event()
    threading.Timer(0.1, lambda: (ends.set(), connection.close())).start()
    sqlite.reset()
    assert ends.is_set()
    with sqlite.state.engine.begin() as next_one:
        next_one.execute(text("DELETE FROM votes"))
