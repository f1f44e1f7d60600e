"""In what the wall that would stand in for bleach differs from it, and that it differs in nothing else."""

import re

import pytest

from app.core.text import markdown, sanitize
from tests.core.conftest import sanitize_with_nh3
from tests.core.test_text_commonmark import EXAMPLES, read_meaning
from tests.core.test_text_xss import PAYLOADS

# The same to a browser, in other signs.
SPELLING = [
    ("<p>Un &quot;mot&quot;</p>", "<p>Un &quot;mot&quot;</p>", '<p>Un "mot"</p>'),
    ("<p>100\u00a0$</p>", "<p>100\u00a0$</p>", "<p>100&nbsp;$</p>"),
]
# Of raw HTML, which the renderer lets nobody write.
RAW = [
    ("<svg><a href='https://a.ca'>a</a></svg>", '<a href="https://a.ca">a</a>', ""),
    ("<math><mi>x</mi></math>", "x", ""),
    ("<template>a</template>", "a", ""),
    ("<img src=x a=b()//", "&lt;img src=x a=b()//", ""),
    ("<textarea><p>a</p></textarea>", "<p>a</p>", "&lt;p&gt;a&lt;/p&gt;"),
    ("<style><em>a</style>", "<em>a</em>", "&lt;em&gt;a"),
]
# An address that no browser could follow, or whose host holds what no host does: the text stays, without a link.
REFUSED = {
    "javascript&amp;#0000058alert(1)",
    "&amp;#x6a&amp;#x61vascript:alert(1)",
    "https:/%5Cex.ca",
    "http://:1%5B:",
    "https://ex.ca%22%20onclick=%22x",
    "https://ex.ca'%20onclick='x",
}


@pytest.mark.parametrize(("html", "bleach", "nh3"), SPELLING + RAW)
def test_each_difference_that_the_decision_names_is_one(html: str, bleach: str, nh3: str) -> None:
    assert (sanitize.sanitize(html), sanitize_with_nh3(html)) == (bleach, nh3)


def test_what_people_write_means_the_same_behind_both_walls_but_for_addresses_that_lead_nowhere() -> None:
    sources = [example["markdown"] for example in EXAMPLES] + PAYLOADS
    rendered = {markdown.render(source) for source in sources}
    other = {html for html in rendered if read_meaning(html) != read_meaning(sanitize_with_nh3(html))}
    assert {address for html in other for address in lost_addresses(html)} == REFUSED
    assert [html for html in other if not lost_addresses(html)] == [] and len(rendered) > 1_500


def lost_addresses(html: str) -> set[str]:
    before, after = (set(re.findall('href="([^"]*)"', text)) for text in (html, sanitize_with_nh3(html)))
    return before - after
