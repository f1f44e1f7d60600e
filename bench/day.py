"""A day of the site, and a peak: what visitors and members ask for, one request after the other, and the CPU of each.

The requests are real: a member reads the page of an idea, sends its form and is led on. The order is drawn once, the
same in each run. No network, no other request beside: figures are those of this process and of the database's.
"""

import contextvars
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean
from time import process_time
from urllib.parse import urlsplit

import brotli
from bs4 import BeautifulSoup, SoupStrainer
from flask import Flask, request_started
from sqlalchemy import func, select
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app.accounts.models.people import User
from app.core.db import db
from app.ideas.models import OPEN, Idea
from app.ideas.queries.reading import in_public
from bench import pages, settings, visitors
from bench.cpu import seconds_of
from bench.sites import Site

SEED = 27
# Of the pages that a visitor opens, so many are of each kind, beside the ideas, the newest most of all.
SHARES = {
    "home": 20,
    "list": 20,
    "list, community and issue": 4,
    "list, tag": 2,
    "list, deep page": 1,
    "list, most supported": 3,
    "community": 6,
    "tag": 2,
    "journal": 1,
    "search, one word": 4,
    "search, two words": 2,
    "profile": 3,
    "about": 2,
}
IDEAS, OF_IDEAS = 200, 60
# The support of an idea, given or taken back; a comment.
SUPPORT, COMMENT = 'form[action*="/vote"]', "#comment-form"
# What a member does in a day, beside opening three pages: each of these on an idea of its own.
ACTS = (SUPPORT, SUPPORT, COMMENT)


@dataclass(frozen=True)
class Requests:
    """How many requests, the mean CPU of one in milliseconds, and how many of a hundred the page cache answered."""

    number: int
    milliseconds: float
    from_cache: float


@dataclass(order=True)
class Step:
    """What somebody does at a moment: opens a page, then sends the form that `act` names there, if any."""

    moment: float
    person: "Person" = field(compare=False)
    path: str = field(compare=False)
    act: str = field(compare=False, default="")


@dataclass
class Person:
    """Who asks, from an address of the network; without cookies and of no number for a visitor."""

    address: str
    cookies: dict[str, str]
    number: int = 0

    @property
    def kind(self) -> str:
        return "members" if self.cookies else "visitors"


class Town:
    """The people of a site and the pages that they go to."""

    def __init__(self, site: Site) -> None:
        self.site, self.rng = site, random.Random(SEED)
        self.paths = {page.name: page.path for page in pages.find(site.app)}
        with site.app.app_context():
            people = select(User.id).where(User.site_role == "member").order_by(User.id.desc()).limit(settings.MEMBERS)
            user_ids = db.session.scalars(people).all()
            opened = select(Idea.id, Idea.slug, Idea.author_id).where(in_public(), Idea.status.in_(OPEN))
            newest = db.session.execute(opened.order_by(Idea.published_at.desc(), Idea.id).limit(IDEAS)).all()
            talked = db.session.execute(opened.order_by(func.abs(Idea.comments_count - 10), Idea.id).limit(1)).one()
        self.authors = {f"/ideas/{idea.id}-{idea.slug}": idea.author_id for idea in (*newest, talked)}
        self.ideas, self.idea = list(self.authors), f"/ideas/{talked.id}-{talked.slug}"
        self.members = [Person(f"10.1.0.{n}", _cookies(site.app, one), one) for n, one in enumerate(user_ids)]
        self.visitors = [Person(f"10.2.{n // 250}.{n % 250}", {}) for n in range(settings.VISITORS)]

    def day(self) -> list[Step]:
        """Spread the visits over a day: one to five pages of a visitor; three of a member, and three acts."""
        return sorted(step for steps in (*self._strolls(), *self._rounds()) for step in steps)

    def _strolls(self) -> Iterator[list[Step]]:
        for person in self.visitors:
            yield self._at_moments(person, [(self._any_page(), "") for _n in range(self.rng.randint(1, 5))])

    def _rounds(self) -> Iterator[list[Step]]:
        for person in self.members:
            opened = [("/", ""), ("/notifications", ""), (self.paths["list"], "")]
            others = [path for path in self.ideas if self.authors[path] != person.number]
            acts = list(zip(self.rng.sample(others, len(ACTS)), ACTS, strict=True))
            yield self._at_moments(person, opened + acts)

    def _at_moments(self, person: Person, visits: Sequence[tuple[str, str]]) -> list[Step]:
        begin = self.rng.random()
        return [Step(begin + n / 500, person, path, act) for n, (path, act) in enumerate(visits)]

    def _any_page(self) -> str:
        names, weights = zip(*SHARES.items(), ("", OF_IDEAS), strict=True)
        name = self.rng.choices(names, weights)[0]
        return self.paths[name] if name else self.ideas[int(len(self.ideas) * self.rng.random() ** 2)]

    def peak(self) -> list[Step]:
        """Have all come to one idea: half of the visitors open the list as well, half of the members write there."""
        steps = [Step(self.rng.random(), person, self.idea) for person in (*self.visitors, *self.members)]
        steps += [Step(self.rng.random(), person, self.paths["list"]) for person in self.visitors[::2]]
        writers = [person for person in self.members if person.number != self.authors[self.idea]][::2]
        acts = [Step(self.rng.random(), person, self.idea, ACTS[n % 3]) for n, person in enumerate(writers)]
        return sorted(steps + acts)


class Meter:
    """Sends what people ask for, and notes what each request took, by who sent it."""

    def __init__(self, site: Site) -> None:
        self.app, self.noted = site.app, defaultdict[str, list[tuple[float, bool]]](list)
        self.is_rendered, self.backends = False, list[int]()
        request_started.connect(self._render, self.app)
        # The connections of the database are there once something was asked.
        self.ask("nobody", Person("10.3.0.1", {}), "/")
        self.backends = site.backends()
        self.noted.clear()

    def _render(self, _app: Flask) -> None:
        """Flask begins on the request: the page cache did not answer it."""
        self.is_rendered = True

    def take(self, step: Step) -> None:
        page = self.ask(step.person.kind, step.person, step.path)
        if not step.act:
            return
        form = BeautifulSoup(brotli.decompress(page), "html.parser", parse_only=SoupStrainer("form"))
        found = form.select_one(step.act)
        if found is None:
            raise RuntimeError(f"{step.path}: the form {step.act} is missing")
        fields = {str(one["name"]): str(one.get("value", "")) for one in found.select("input[type=hidden]")}
        if step.act == COMMENT:
            fields["body"] = f"Je l'ai vécu, et je peux aider ({step.moment})."
        place = self.ask("forms", step.person, str(found["action"]), fields)
        self.ask(step.person.kind, step.person, urlsplit(place.decode()).path)

    def ask(self, kind: str, person: Person, path: str, fields: dict[str, str] | None = None) -> bytes:
        """Send a request; return its page, or where a form leads."""
        headers = {**settings.HEADERS, "Origin": self.app.config["SITE_URL"]}
        if person.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        environ = EnvironBuilder(
            path=path,
            method="POST" if fields else "GET",
            data=fields,
            base_url=self.app.config["SITE_URL"],
            headers=Headers(headers),
            environ_base={"REMOTE_ADDR": person.address},
        ).get_environ()
        self.is_rendered, before = False, process_time() + seconds_of(self.backends)
        parts, status, sent = contextvars.Context().run(run_wsgi_app, self.app, environ, buffered=True)
        spent = process_time() + seconds_of(self.backends) - before
        if not status.startswith("303" if fields else "200"):
            raise RuntimeError(f"{path}: {status}")
        self.noted[kind].append((spent, not self.is_rendered))
        person.cookies |= dict(_cookie(line) for line in sent.getlist("Set-Cookie"))
        return sent["Location"].encode() if fields else b"".join(parts)


def measure(site: Site) -> dict[str, dict[str, Requests]]:
    """Let a day go by, then a peak; return what visitors, members and forms took in each, and all of them together."""
    town = Town(site)
    return {"a day": _pass(site, town.day()), "a peak": _pass(site, town.peak())}


def _pass(site: Site, steps: Sequence[Step]) -> dict[str, Requests]:
    meter = Meter(site)
    for step in steps:
        meter.take(step)
    noted = {**meter.noted, "all": [one for found in meter.noted.values() for one in found]}
    return {
        kind: Requests(
            len(found),
            mean(seconds for seconds, _kept in found) * 1000,
            mean(is_kept for _seconds, is_kept in found) * 100,
        )
        for kind, found in noted.items()
    }


def _cookies(app: Flask, user_id: int) -> dict[str, str]:
    return dict(_cookie(one) for one in visitors.cookie(app, user_id).split("; "))


def _cookie(line: str) -> tuple[str, str]:
    name, _equals, value = line.partition(";")[0].partition("=")
    return name, value
