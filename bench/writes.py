"""A support and a comment through HTTP, by people signed in who send the forms of the page."""

import http.client
from dataclasses import dataclass
from itertools import islice
from statistics import quantiles
from urllib.parse import urlencode

from bs4 import BeautifulSoup, SoupStrainer, Tag
from sqlalchemy import select

from app.accounts.models.people import User
from app.core.db import db
from app.ideas.models import OPEN, Idea
from app.ideas.queries.reading import in_public
from bench import load, processes, settings, visitors
from bench.servers import Server
from bench.sites import Site

# How many send at once: a few, and a crowd that the site can only serve in turns.
CLIENTS = (4, 50)


@dataclass(frozen=True)
class Rate:
    """Of the forms of one kind: how many were acknowledged a second, how long half and 95 % of people waited at most,
    and the CPU of one (server, database), in milliseconds.
    """

    rate: float
    p50: float
    p95: float
    cpu: float


def rates(site: Site, server: Server) -> dict[str, Rate]:
    """Let people support ideas, then comment on them: as many at once as each of CLIENTS says, in turn.

    Each rate is that of as many forms as the settings say, of different people one after the other.
    """
    pairs = _pairs(site, len(CLIENTS) * settings.FORMS)
    cookies = {user_id: visitors.cookie(site.app, user_id) for user_id in {user_id for user_id, _path in pairs}}
    forms = [_forms(server.port, user_id, cookies[user_id], path) for user_id, path in pairs]
    return {
        f"{kind}, {clients} at once": _rate([form[n] for form in forms[turn :: len(CLIENTS)]], site, server, clients)
        for turn, clients in enumerate(CLIENTS)
        for n, kind in enumerate(("votes", "comments"))
    }


def _rate(requests: list[str], site: Site, server: Server, clients: int) -> Rate:
    before = processes.seconds(_pids(site, server))
    result = load.send(requests, server.port, processes=1, connections=clients)
    spent = processes.seconds(_pids(site, server)) - before
    if set(result.codes) != {"303"}:
        raise RuntimeError(f"not every form was taken: {dict(result.codes)}")
    shares = quantiles(result.times, n=20)
    return Rate(result.rate, shares[9] * 1000, shares[18] * 1000, spent * 1000 / len(requests))


def _pids(site: Site, server: Server) -> list[int]:
    return [*processes.family(server.pid), *site.backends()]


def _pairs(site: Site, number: int) -> list[tuple[int, str]]:
    """Return people with an open idea of somebody else, each pair once; nobody supported these ideas yet."""
    with site.app.app_context():
        people = select(User.id).where(User.site_role == "member").order_by(User.id.desc()).limit(settings.WRITERS)
        user_ids = db.session.scalars(people).all()
        quiet = select(Idea.id, Idea.slug, Idea.author_id).order_by(Idea.id).limit(settings.FORMS)
        ideas = db.session.execute(quiet.where(in_public(), Idea.status.in_(OPEN), Idea.votes_count == 0)).all()
    turns = ((user_ids[n], ideas[(n + turn) % len(ideas)]) for turn in range(len(ideas)) for n in range(len(user_ids)))
    found = ((user_id, f"/ideas/{idea.id}-{idea.slug}") for user_id, idea in turns if idea.author_id != user_id)
    return list(islice(found, number))


def _forms(port: int, user_id: int, cookie: str, path: str) -> tuple[str, str]:
    """Read the page as this person, and return the requests that its two forms send."""
    headers = {"Host": f"{settings.HOST}:{port}", "Cookie": cookie}
    connection = http.client.HTTPConnection(settings.HOST, port)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    page = BeautifulSoup(answer.read(), "html.parser", parse_only=SoupStrainer("form"))
    headers |= {
        "Cookie": (answer.getheader("Set-Cookie") or headers["Cookie"]).split(";")[0],
        "Origin": f"http://{settings.HOST}:{port}",
        "X-Forwarded-For": f"10.0.{user_id // 250 % 250}.{user_id % 250}",
    }
    connection.close()
    vote, comment = page.select_one('form[action$="/vote"]'), page.select_one("#comment-form")
    if vote is None or comment is None:
        raise RuntimeError(f"{path}: a form is missing")
    body = f"Je l'ai vécu, et je peux aider ({user_id}, {path})."
    return _request(vote, port, headers), _request(comment, port, headers, body=body)


def _request(form: Tag, port: int, headers: dict[str, str], **typed: str) -> str:
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")}
    return load.write(str(form["action"]), port, method="POST", body=urlencode(fields | typed), headers=headers)
