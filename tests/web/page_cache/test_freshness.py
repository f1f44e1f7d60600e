"""After each act of anybody, whatever it is, every reader at every worker is given the page as it is now."""

import contextvars
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.ideas.models import Idea
from app.web.page_cache.middleware import PageCache
from tests.matrix import Row
from tests.support import tables, without_cache
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE, ROLES, World, browsers
from tests.test_routes import TABLE, address, send
from tests.web.page_cache import page_caches

SEED = 2026
# How many pages are asked for after an act, beside those that it is most about.
SOME = 1
# What ends the sessions of the browsers of the test, or asks for a step before.
APART = ("/logout", "/account/closing", "/account/sessions", "/login", "/register", "/account/two-factor")


def acts() -> list[tuple[Row, str, str]]:
    """Return every act of the matrix, in each state where it succeeds, with one who does it."""
    found = []
    for row in TABLE:
        able = [role for role in ROLES if role != "anyone" and row.codes(ROLES)[role] in (200, 303)]
        if row.method == "POST" and row.changes and able and not row.rule.partition(" ")[2].startswith(APART):
            found += [(row, state, able[-1]) for state in row.states.split() or [""]]
    return found


def public_pages(world: World) -> list[str]:
    """Return the addresses that an act of this world may change for the public."""
    room = f"/communities/{HERE}"
    return [
        "/",
        "/ideas",
        "/ideas?sort=supported",
        "/ideas?sort=discussed",
        "/communities",
        room,
        f"{room}/updates",
        "/journal",
        "/journal/figures",
        "/charter",
        "/issues",
        "/issues/education",
        "/territories/70052",
        "/tags/velo",
        "/sitemap.xml",
        "/about",
        *(f"/ideas/{idea.id}-{idea.slug}" for idea in world.ideas.values() if idea.slug),
        *(f"/ideas/{idea.id}/revisions" for idea in world.ideas.values()),
        *(f"{room}/updates/{update.id}" for update in world.updates.values()),
        *(f"/members/{person.id}" for person in world.people.values()),
    ]


def stale(pages: list[str], plain: Browser, workers: list[Browser]) -> list[str]:
    """Name the pages that a worker gives otherwise than they are."""
    return [
        path
        for path in pages
        for worker in workers
        if page_caches.whole(worker.get(path)) != page_caches.whole(without_cache.anew(plain, path))
    ]


def old(pages: list[str], member: Browser) -> list[str]:
    """Name the pages that somebody signed in is given otherwise than they are."""
    return [
        path
        for path in pages
        if without_cache.words(member.get(path)) != without_cache.words(without_cache.anew(member, path))
    ]


@pytest.mark.both_engines
@pytest.mark.parametrize("one_in", [pytest.param(24, id="sample"), pytest.param(1, id="all", marks=pytest.mark.soak)])
def test_no_act_leaves_an_old_page_anywhere(
    app: Flask, world: World, make_page_cache: Callable[..., PageCache], sign_in: Any, visitor: Browser, one_in: int
) -> None:
    rng = random.Random(SEED)
    people, plain = browsers(world, sign_in, visitor), Browser(app)
    workers, member = [page_caches.browse(app, make_page_cache()) for _n in range(2)], sign_in(world.people["somebody"])
    pages, base, wrong, done = public_pages(world), tables.photo(), [], 0
    about = {"idea_id": "/ideas/{0}-{1}", "update_id": "/communities/" + HERE + "/updates/{0}"}
    for row, state, role in rng.sample(acts(), len(acts()) // one_in):
        subject = next(
            (
                things[state]
                for name, things in (("idea_id", world.ideas), ("update_id", world.updates))
                if f"{name}>" in row.rule
            ),
            None,
        )
        pattern = about["update_id" if "update_id>" in row.rule else "idea_id"]
        chosen = rng.sample(pages, SOME) + (
            [pattern.format(subject.id, getattr(subject, "slug", ""))] if subject else []
        )
        for worker in (*workers, member):
            for path in chosen:
                worker.get(path)
        answer = send(people[role], row, address(world, row, state))
        done += answer.status_code in (200, 303)
        wrong += [
            f"{row.rule} [{state}] by {role}: {path}" for path in [*stale(chosen, plain, workers), *old(chosen, member)]
        ]
        tables.restore(base)
        wrong += [f"undoing {row.rule} [{state}]: {path}" for path in stale(chosen[-1:], plain, workers)]
    assert wrong == []
    assert done > 0.9 * (len(acts()) // one_in)


@pytest.mark.both_engines
@pytest.mark.parametrize("times", [pytest.param(12, id="few"), pytest.param(300, id="many", marks=pytest.mark.soak)])
def test_readers_who_never_stop_asking_see_each_change_as_soon_as_it_is_stored(
    app: Flask, make: Make, make_page_cache: Callable[..., PageCache], times: int
) -> None:
    """A title has a number that only grows: no reader is given a smaller one than was stored before they asked."""
    idea, workers = make.idea(title="Le titre numéro 0"), [make_page_cache() for _n in range(2)]
    path, stored, wrong, is_over = f"/ideas/{idea.id}-{idea.slug}", [0], [], [False]

    def read(page_cache: PageCache) -> None:
        reader = page_caches.browse(app, page_cache)
        while not is_over[0]:
            before = stored[0]
            found = int(reader.get(path).soup.h1.text.split()[-1])
            if found < before:
                wrong.append((before, found))

    idea_id = idea.id
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(contextvars.Context().run, read, page_cache) for page_cache in (*workers, *workers)]
        for n in range(1, times + 1):
            db.session.get_one(Idea, idea_id).title = f"Le titre numéro {n}"
            db.session.commit()
            stored[0] = n
            time.sleep(0.02)
        is_over[0] = True
        for future in asked:
            future.result()
    assert wrong == [] and sum(page_cache.pages.hits for page_cache in workers) > 0
