"""The people of a site during a drill: visitors who read and register, members who write; all that was acknowledged."""

import random
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from bench.faults.browser import Browser, Journal
from bench.faults.machine import PASSWORD, Machine

FIRST, MEMBERS, READERS = 20, 14, 5
OTHERS = FIRST + MEMBERS
"""The first of the members of another crowd."""
# How often one person may do each act within some minutes, below what the site takes for too much.
ACTS = {"idea": 3, "draft": 25, "comment": 14, "edit": 14, "support": 500}
WEIGHTS = {"idea": 2, "draft": 2, "comment": 6, "edit": 3, "support": 3}
# The words of one crowd are none of another.
SERIES = count()
NUMBER = re.compile(r"/ideas/(\d+)")


@dataclass(frozen=True)
class Written:
    """What the site said that it took: its kind, whose it is, its words (`word` is in no other text) and its idea."""

    kind: str
    by: int
    word: str
    idea: int = 0


class Crowd:
    """Everybody at once; `written` has what was acknowledged, in this order."""

    def __init__(self, machine: Machine, journal: Journal, first: int = FIRST):
        self.machine, self.journal, self.first = machine, journal, first
        self.written: list[Written] = []
        self.registered: list[str] = []
        self._over, self._lock, self._words = threading.Event(), threading.Lock(), next(SERIES) * 10_000
        published = "status = 'published' AND hidden_at IS NULL AND deleted_at IS NULL AND merged_into IS NULL"
        where = f"{published} AND NOT is_private AND author_id > 0"
        found = machine.ask(f"SELECT id, slug, author_id FROM ideas WHERE {where} ORDER BY id DESC LIMIT 60")
        self.ideas = {n: (f"/ideas/{n}-{slug}", author) for n, slug, author in found}
        self.communities = [n for (n,) in machine.ask("SELECT id FROM communities WHERE NOT is_private")]

    def new_word(self) -> str:
        """Return a word that nobody wrote."""
        with self._lock:
            self._words += 1
            return f"zq{self._words:07}k"

    def note(self, one: Written) -> None:
        with self._lock:
            self.written.append(one)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let everybody come and go until the end; what is being sent then is sent until it is taken."""
        lives: list[Callable[[], None]] = [Member(self, self.first + n).act for n in range(MEMBERS)]
        lives += [Reader(self, n).act for n in range(READERS)] + [Registrant(self).act]
        threads = [threading.Thread(target=self._live, args=[act]) for act in lives]
        for thread in threads:
            thread.start()
        try:
            yield
        except BaseException:
            self.journal.patience = 0
            raise
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _live(self, act: Callable[[], None]) -> None:
        pause = random.Random(len(act.__qualname__))
        while not self._over.wait(pause.uniform(0.2, 1.2)):
            try:
                act()
            except LookupError as error:
                self.journal.fault(str(error))


class Reader:
    """Somebody without an account, who opens pages, those that are kept and those that are not, and searches."""

    def __init__(self, crowd: Crowd, number: int):
        self.crowd, self.rng = crowd, random.Random(number)
        self.browser = Browser(crowd.machine.port, f"10.2.{crowd.first}.{number}", crowd.journal)

    def act(self) -> None:
        ideas = [path for path, _author in self.crowd.ideas.values()]
        searches = [f"/search?q=transport+{self.rng.random()}", "/search?q=jeunes", f"/ideas?after={self.rng.random()}"]
        paths = ["/", "/ideas", "/journal", "/register", "/login", "/plan", "/about", *searches[:2]]
        path = self.rng.choice([*paths, *self.rng.choices(ideas, k=6)])
        answer = self.browser.ask(path)
        if answer.status not in (0, 200, 503):
            self.crowd.journal.fault(f"GET {path}: {answer.status}")
        style = re.search(r'<link rel="stylesheet" href="([^"]*)"', answer.text)
        if style and (answer := self.browser.ask(style[1])).status not in (0, 200):
            self.crowd.journal.fault(f"GET {style[1]}: {answer.status}")


class Registrant(Reader):
    """People who open an account, one after the other."""

    def __init__(self, crowd: Crowd):
        super().__init__(crowd, READERS)

    def act(self) -> None:
        word = self.crowd.new_word()
        self.browser.headers["X-Forwarded-For"] = f"10.3.{self.crowd.first}.{self.rng.randint(1, 250)}"
        self.browser.cookies.clear()
        page = self.browser.read("/register")
        typed = {
            "name": "Prénom Nom",
            "email": f"{word}@example.org",
            "password": PASSWORD,
            "charter": "y",
            "privacy": "y",
        }
        answer = self.browser.submit(page, 'form[action*="/register"]', **typed)
        if answer.status in (302, 303):
            self.crowd.registered.append(f"{word}@example.org")
        else:
            self.crowd.journal.fault(f"POST /register: {answer.status}")


class Member:
    """Somebody who is signed in and writes: one act each time, with the form that its page shows."""

    def __init__(self, crowd: Crowd, number: int):
        self.crowd, self.rng, self.number = crowd, random.Random(number), number
        self.browser = Browser(crowd.machine.port, f"10.1.0.{number}", crowd.journal)
        email = f"bench-{self.number}@example.org"
        ((self.id,),) = crowd.machine.ask(f"SELECT id FROM users WHERE email = '{email}'")
        self.left, self.own = dict(ACTS), list[int]()
        self.others = [n for n, (_path, author) in crowd.ideas.items() if author != self.id]
        self.supported: set[int] = {
            n for (n,) in crowd.machine.ask(f"SELECT idea_id FROM votes WHERE user_id = {self.id}")
        }
        page = self.browser.ask("/login")
        answer = self.browser.submit(page, 'form[action*="/login"]', email=email, password=PASSWORD)
        if answer.status not in (302, 303):
            raise RuntimeError(f"{email} could not sign in: {answer.status}")

    def act(self) -> None:
        names = [name for name, left in self.left.items() if left > 0 and (name != "edit" or self.own)]
        name = self.rng.choices(names, [WEIGHTS[one] for one in names])[0]
        self.left[name] -= 1
        getattr(self, name)()

    def idea(self) -> None:
        self._write("idea", "publish")

    def draft(self) -> None:
        self._write("draft", "save")

    def _write(self, kind: str, button: str) -> None:
        word = self.crowd.new_word()
        page = self.browser.read("/ideas/new?other=1")
        typed = {
            "title": f"Ce que nous voulons {word}",
            "body": f"Ce que je vis, avec {word}.",
            "community": str(self.rng.choice(self.crowd.communities)),
        }
        answer = self.browser.submit(page, "form[data-autosave-url]", button, **typed)
        found = NUMBER.match(answer.place)
        if self._is_taken(kind, answer.status) and (found or kind == "draft"):
            number = int(found[1]) if found else 0
            self.crowd.note(Written(kind, self.id, word, number))
            if kind == "idea":
                self.own.append(number)

    def edit(self) -> None:
        word, number = self.crowd.new_word(), self.rng.choice(self.own)
        page = self.browser.read(f"/ideas/{number}/edit")
        form = f'form[action="/ideas/{number}/edit"]'
        answer = self.browser.submit(page, form, "publish", body=f"Ce que je vis maintenant, avec {word}.")
        if self._is_taken("edit", answer.status):
            self.crowd.note(Written("edit", self.id, word, number))

    def comment(self) -> None:
        word, number = self.crowd.new_word(), self.rng.choice(self.others)
        page = self.browser.read(self.crowd.ideas[number][0])
        answer = self.browser.submit(page, "#comment-form", body=f"Je peux aider, avec {word}.")
        if self._is_taken("comment", answer.status):
            self.crowd.note(Written("comment", self.id, word, number))

    def support(self) -> None:
        number = self.rng.choice(self.others)
        if number in self.supported:
            return
        page = self.browser.read(self.crowd.ideas[number][0])
        answer = self.browser.submit(page, "#support-form")
        self.supported.add(number)
        if self._is_taken("support", answer.status):
            self.crowd.note(Written("support", self.id, "", number))

    def _is_taken(self, kind: str, status: int) -> bool:
        if status != 303:
            self.crowd.journal.fault(f"{kind}: answered {status} in the end")
        return status == 303
