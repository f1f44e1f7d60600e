"""A reader chooses a language and a theme by a press, which a plain cookie keeps; an address that names one keeps none."""

import pytest

SWITCH, THEMES = "header form[action='/language']", "footer form[action='/theme']"


@pytest.mark.parametrize("path", ["/", "/ideas?kind=need&kind=idea&q=%C3%A9t%C3%A9", "/login?next=%2Fideas"])
def test_the_language_changes_on_the_page_where_it_was_chosen(visitor, path):
    answer = visitor.submit(path, SWITCH)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)
    assert visitor.get(path).soup.html["lang"] == "en-CA"
    visitor.submit(path, SWITCH)
    assert visitor.get(path).soup.html["lang"] == "fr-CA"


def test_the_theme_is_kept_until_the_device_decides_again(visitor):
    assert "data-theme" not in visitor.get("/").soup.html.attrs
    visitor.submit("/", THEMES, button="dark")
    assert visitor.get("/ideas").soup.html["data-theme"] == "dark"
    assert visitor.get("/ideas").soup.select_one("footer [aria-current]")["value"] == "dark"
    visitor.submit("/", THEMES, button="auto")
    assert "data-theme" not in visitor.get("/").soup.html.attrs


def test_an_address_that_names_a_language_or_a_theme_sets_no_cookie_and_the_next_page_is_as_before(visitor):
    page = visitor.get("/about?lang=en&theme=dark&from=elsewhere")
    assert page.soup.html["lang"] == "en-CA" and page.soup.html["data-theme"] == "dark"
    assert "Set-Cookie" not in page.headers
    assert visitor.get("/about").soup.html["lang"] == "fr-CA"
    assert visitor.submit(page, SWITCH).headers["Location"] == "/about?from=elsewhere"


def test_search_engines_are_told_of_the_page_in_each_language(visitor):
    def links(path):
        soup = visitor.get(path).soup
        return {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate]")}, soup.select_one(
            "[rel=canonical]"
        )["href"]

    about = "http://localhost/about"
    assert links("/about?from=elsewhere") == (
        {"fr": f"{about}?lang=fr", "en": f"{about}?lang=en", "x-default": about},
        about,
    )
    assert links("/about?lang=en")[1] == f"{about}?lang=en"


@pytest.mark.parametrize("fields", [{}, {"lang": "de"}, {"lang": ["fr", "en"]}, {"theme": "dark"}])
def test_another_language_is_refused(visitor, fields):
    answer = visitor.post_raw("/language", data=fields)
    assert answer.status_code == 400 and "lang" not in str(answer.headers.get("Set-Cookie"))


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "/logout", "/" + "a" * 1001]
)
def test_a_choice_leads_nowhere_else(visitor, page):
    assert visitor.post_raw("/theme", data={"theme": "dark", "next": page}).headers["Location"] == "/"
