"""The pages of the site itself, and the charter: everybody reads every version, members accept it when it changed."""

from typing import Any

from app.accounts.models.documents import CHARTER, Document
from tests.matrix import ON_PAGE, Row
from tests.support.law import EVERYONE
from tests.support.make import Make
from tests.support.world import BODY

EDIT, EDITED = "303 anyone; 200 coordinator; 403 *", "401 anyone; 303 coordinator; 403 *"
NEXT = {"body": "## Une règle\n\nParlez de ce que vous vivez.", "body_en": "", "summary": "Une seule règle."} | ON_PAGE
FOR_PROGRAMS = ("/robots.txt", "/sitemap.xml", "/picture.png")
ROUTES = [
    *(
        Row(f"GET {path}", "", "200 *")
        for path in ("/", "/about", "/privacy", "/accessibility", "/healthz", "/readyz", *FOR_PROGRAMS)
    ),
    Row("POST /language", "", "303 *", data={"lang": "en", "next": "/ideas"}),
    Row("POST /theme", "", "303 *", data={"theme": "auto", "next": "/ideas"}),
    Row("GET /charter", "", "200 *"),
    Row("GET /charter/versions", "", "200 *"),
    Row("GET /charter/versions/<id:number>", "", "200 *"),
    Row("GET /charter/edit", "", EDIT),
    Row("POST /charter/edit", "", EDITED, "documents consents users journal", NEXT | {"asks_again": "y"}),
    Row("POST /charter/preview", "", "401 anyone; 200 coordinator; 403 *", data={"text": "Un **aperçu**."}),
    Row("GET /charter/acceptance", "", "303 *"),
    Row("POST /charter/acceptance", "", "401 anyone; 303 *", data={"charter_accepted": "1"}),
]
PAGES = {
    "anyone": lambda _square: [
        "/",
        "/about",
        "/privacy",
        "/accessibility",
        "/charter",
        "/charter/versions",
        "/charter/versions/2",
    ],
    "program": lambda _square: FOR_PROGRAMS,
    "member": lambda _square: ["/", "/?public=1"],
    "neighbour": lambda _square: ["/charter/acceptance?next=/ideas/new", "/"],
    "coordinator": lambda _square: ["/charter/edit"],
}
EMPTY = {"anyone": ["/", "/charter/versions"], "admin": ["/"]}
FORMLESS = {"POST /charter/preview": "a script asks how a text will look"}
FOUND_ON = {"POST /charter/acceptance": "/charter/acceptance?next=/ideas/new"}
FOUND_BY = {"POST /charter/acceptance": "neighbour"}


def fill(make: Make, square: Any) -> None:
    """A second version, which `neighbour` alone has yet to accept."""
    for number, summary in enumerate(("", "Il reste une règle."), 1):
        make.add(
            Document(
                name=CHARTER,
                number=number,
                body=BODY[: number * 90],
                body_en=BODY[: number * 80],
                summary=summary,
                asks_again=number > 1,
            )
        )
    for name, person in square.people.items():
        make.at(person, charter_version=1 if name == "neighbour" else 2)


LAW = {"nothing": dict.fromkeys(("site:visit", "site:choose", "site:ask", "page:read"), EVERYONE)}
