"""What a page says of itself to whoever shows it elsewhere: search engines, messages, social networks."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock
from tests.support.browser import Browser
from tests.support.make import Make, idea_page
from tests.support.world import HERE

PAGES = (
    "/",
    "/ideas",
    "/about",
    "/charter",
    "/communities",
    f"/communities/{HERE}",
    "/issues/education",
    "/territories/70052",
    "/journal",
)


def properties(browser: Browser, path: str) -> dict[str, str]:
    """Return what the page says in its `meta` elements; none is said twice."""
    found = [
        (meta.get("property") or meta["name"], meta["content"])
        for meta in browser.get(path).soup.select("head meta[property], head meta[name]")
    ]
    assert len({name for name, _content in found if name != "theme-color"}) == len(
        [name for name, _content in found if name != "theme-color"]
    ), path
    return dict(found)


def structured(page: Any) -> list[dict[str, Any]]:
    return [json.loads(script.string) for script in page.soup.select("script[type='application/ld+json']")]


def test_each_public_page_has_what_open_graph_asks_for(make: Make, visitor: Browser) -> None:
    idea, update = make.idea(title="Une navette <le> soir", body="Pour rentrer."), make.update(title="Nos travaux")
    for path in (*PAGES, idea_page(idea), f"/communities/{HERE}/updates/{update.id}"):
        for lang, tags in (("", ("fr_CA", "en_CA")), ("?lang=en", ("en_CA", "fr_CA"))):
            found = properties(visitor, path + lang)
            assert found["og:title"] and found["og:description"] and found["og:site_name"] == "Réflexe DS", path
            assert found["og:url"] == f"http://localhost{path}{lang}"
            assert (found["og:locale"], found["og:locale:alternate"]) == tags
    found = properties(visitor, idea_page(idea))
    assert (found["og:title"], found["og:description"], found["og:type"]) == (
        "Une navette <le> soir",
        "Pour rentrer.",
        "article",
    )
    assert found["article:published_time"] == found["article:modified_time"] == idea.published_at.isoformat()
    assert properties(visitor, "/")["og:type"] == "website"


@pytest.mark.parametrize("path", [*PAGES, "/ideas?kind=need&after=&utm_source=x"])
def test_each_public_page_names_its_one_address_and_that_in_each_language(visitor: Browser, path: str) -> None:
    soup = visitor.get(path).soup
    address = f"http://localhost{path.partition('?')[0]}"
    assert [link["href"] for link in soup.select("link[rel=canonical]")] == [address]
    assert {link["hreflang"]: link["href"] for link in soup.select("link[hreflang]")} == {
        "fr": f"{address}?lang=fr",
        "en": f"{address}?lang=en",
        "x-default": address,
    }
    for lang in ("fr", "en"):
        answer = visitor.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert answer.soup.html["lang"] == f"{lang}-CA" and "Set-Cookie" not in answer.headers


def test_an_idea_is_a_posting_with_its_talk(make: Make, visitor: Browser, sign_in: Callable[[User], Browser]) -> None:
    author = make.user("Ana </script><b>")
    idea = make.idea(author, title="Une navette </script>", body="Pour **rentrer** <!-- & le soir.", votes=2)
    first = make.comment(idea, make.user("Ned", closed_at=clock.now(), active=False), "D'où </script>?")
    make.comment(idea, author, "D'ici.", parent=first)
    make.comment(idea, body="canari", status="pending")
    root = make.comment(idea, body="canari", hidden_at=clock.now(), hidden_reason="Non")
    make.comment(idea, body="Sous ce qui est masqué.", parent=root)
    page = visitor.get(idea_page(idea))
    [posting] = structured(page)
    assert (
        posting.items()
        >= {
            "@context": "https://schema.org",
            "@type": "DiscussionForumPosting",
            "headline": idea.title,
            "text": idea.body,
            "url": f"http://localhost{idea_page(idea)}",
            "datePublished": idea.published_at.isoformat(),
            "dateModified": idea.published_at.isoformat(),
            "author": {"@type": "Person", "name": author.name, "url": f"http://localhost/members/{author.id}"},
            "isPartOf": f"http://localhost/communities/{HERE}",
            "commentCount": 3,
            "inLanguage": "fr",
        }.items()
    )
    assert {one["interactionType"]: one["userInteractionCount"] for one in posting["interactionStatistic"]} == {
        "https://schema.org/LikeAction": 2,
        "https://schema.org/CommentAction": 3,
    }
    [comment] = posting["comment"]
    assert comment["author"] == {"@type": "Person", "name": "Ancien membre"} and comment["text"] == "D'où </script>?"
    assert comment["url"] == f"http://localhost/comments/{first.id}" and [
        reply["text"] for reply in comment["comment"]
    ] == ["D'ici."]
    for part in (comment, *comment["comment"]):
        assert part["@type"] == "Comment" and part["datePublished"] and part["author"]["name"] and part["text"]
    assert "canari" not in page.text and structured(sign_in(make.user()).get(idea_page(idea))) == []


def test_an_idea_without_a_community_or_that_another_page_stands_for_says_less(
    make: Make, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    idea = make.idea()
    joined, closed = make.idea(merged_into=idea.id), make.idea(community=make.community(is_private=True))
    make.at(idea, community_id=None)
    assert "isPartOf" not in structured(visitor.get(idea_page(idea)))[0]
    assert structured(visitor.get(idea_page(joined))) == [] and not visitor.get(idea_page(joined)).soup.select(
        "link[hreflang]"
    )
    assert structured(sign_in(make.user(role="coordinator")).get(idea_page(closed))) == []


def test_the_site_says_who_runs_it(visitor: Browser) -> None:
    for path in ("/", "/about", "/?lang=en"):
        [organisation] = structured(visitor.get(path))
        assert (
            organisation.keys() == {"@context", "@type", "name", "url", "logo"}
            and organisation["@type"] == "Organization"
        )
        assert organisation["name"] and organisation["url"] == "http://localhost/"
        logo = visitor.get(organisation["logo"].removeprefix("http://localhost"))
        assert logo.mimetype == "image/png"
        logo.close()
    assert structured(visitor.get("/privacy")) == []
