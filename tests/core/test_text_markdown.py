import threading
import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import markdown
from app.core.text.escaping import escape, escape_in_link
from app.core.text.plain import clean_text

pytestmark = pytest.mark.usefixtures("wall")
REL = 'rel="nofollow ugc noopener"'
MARKS = [
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "[",
    "]",
    "](",
    "![",
    "<",
    ">",
    "&",
    ";",
    "#",
    "|",
    "-",
    "+",
    "1.",
    "\\",
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "\u00a0",
    "a",
    "é",
    "http://a.ca/_b_",
    "www.ex.quebec",
    "&lt;",
    "&#x202e;",
    "\u0338",
    "javascript:",
    "\x00",
    "\ud800",
    "=",
    "---",
    ":-",
    "<b>",
    "!",
]
PIECES = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=3)), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "Un *mot* **fort** ~~ôté~~ `code`",
            "<p>Un <em>mot</em> <strong>fort</strong> <s>ôté</s> <code>code</code></p>\n",
        ),
        ("une ligne  \nl'autre", "<p>une ligne<br>\nl'autre</p>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> cité\n\n***", "<blockquote>\n<p>cité</p>\n</blockquote>\n<hr>\n"),
        ("```js\nif (a < b) {}\n```", "<pre><code>if (a &lt; b) {}\n</code></pre>\n"),
        ("<b>gras</b> <3 <nom>", "<p>&lt;b&gt;gras&lt;/b&gt; &lt;3 &lt;nom&gt;</p>\n"),
        (
            "| a | b |\n|:-|-:|\n| 1 | 2 |",
            '<table tabindex="0">\n'
            "<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
            "<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n",
        ),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_html(source, html):
    assert markdown.render(source) == html


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("# a\n## b\n###### c", "h2 h3 h6"),
        ("### a\n# b", "h4 h2"),
        ("### a\n#### b", "h2 h3"),
        ("> # a", "h2"),
    ],
)
def test_the_highest_title_takes_the_level_asked(source, levels):
    tags = BeautifulSoup(markdown.render(source), "html.parser").find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
    assert " ".join(tag.name for tag in tags) == levels
    assert markdown.render("# a", headings_from=5).startswith("<h5>")


@pytest.mark.parametrize(
    ("source", "href", "text"),
    [
        ("[a](https://ex.ca)", "https://ex.ca", "a"),
        ("voir www.ville.quebec, là", "http://www.ville.quebec", "www.ville.quebec"),
        ("voir ville.quebec/eau.", "http://ville.quebec/eau", "ville.quebec/eau"),
        ("https://ex.ca/%C3%A9t%C3%A9_(a)", "https://ex.ca/%C3%A9t%C3%A9_(a)", "https://ex.ca/%C3%A9t%C3%A9_(a)"),
        ("<mailto:a@ex.ca>", "mailto:a@ex.ca", "mailto:a@ex.ca"),
        ("<a@ex.ca>", "mailto:a@ex.ca", "a@ex.ca"),
        ("[a](//ex.ca)", "//ex.ca", "a"),
    ],
)
def test_a_link_to_elsewhere_vouches_for_nothing(source, href, text):
    link = BeautifulSoup(markdown.render(source), "html.parser").a
    assert (link["href"], link.text, " ".join(link["rel"])) == (href, text, "nofollow ugc noopener")


@pytest.mark.parametrize("source", ["[a](/ideas/7)", "[a](#suite)", "[a](</\\ex.ca>)"])
def test_a_link_within_the_site_is_our_own(source):
    html = markdown.render(source)
    assert "rel" not in html
    assert "\\" not in html


@pytest.mark.parametrize(
    "source",
    [
        "fin.Il dit.Je vois.La",
        "a@ex.ca",
        "//ex.ca",
        "ftp://ex.ca",
        "1.2.3.4",
        "javascript:alert(1)",
        "[a](data:text/html,x)",
    ],
)
def test_what_only_looks_like_an_address_stays_text(source):
    assert "<a" not in markdown.render(source)


def test_an_image_is_not_shown_but_linked():
    assert markdown.render("![plan](https://ex.ca/p.png)") == f'<p>!<a href="https://ex.ca/p.png" {REL}>plan</a></p>\n'


def test_entities_bring_back_no_bidi_override():
    html = markdown.render('a&#x202e;b `c` [d](https://e.ca "f&#x202e;g&#x2066;")\n\n    code')
    assert not set("\u202e\u2066") & set(html)
    assert 'title="fg"' in html


def test_a_repeated_reference_or_a_wide_table_does_not_blow_up():
    reference = markdown.render("[a]: /" + "x" * 10_000 + "\n\n" + "[a]" * 3_000)
    table = markdown.render("|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + "a\n" * 3_000)
    assert len(reference) < 250_000
    assert "<table>" not in table


def test_each_thread_has_its_own_parser():
    pages = []
    threads = [threading.Thread(target=lambda: pages.append(markdown.render("*a* www.ex.ca"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(pages) == {markdown.render("*a* www.ex.ca")}


@pytest.mark.parametrize("size", [6_000, pytest.param(20_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "[a](",
        "![",
        "[a](b)",
        "*",
        "*a ",
        "a* ",
        "**a* ",
        "_a ",
        "*a_ ",
        "a**b",
        "~~",
        "~~a ",
        "`",
        "`a ",
        ">",
        "> a\n",
        "- ",
        "* a\n",
        "1. ",
        "> - ",
        "<",
        "<!--",
        "<?",
        "<http://a",
        "&a;",
        "\\",
        "\\*",
        "[a][b]",
        "|a",
        "|a|\n|-|\n",
        "a.ca ",
        "http://",
        "https://a-",
        "www.",
        "a@",
        "# a\n",
        "a\n=\n",
        "```\n",
        " ",
        "\n",
        "\u0301",
        "\u202e",
        '"',
        "[*",
        "*[",
        "`[",
        "    a\n\n",
    ],
)
def test_a_text_made_to_be_slow_is_rendered_whole(pattern, size):
    html = markdown.render((pattern * size)[:size])
    assert len(html) < 50 * size
    assert markdown.to_text(html) == clean_text(markdown.to_text(html))


@given(PIECES)
def test_any_text_is_rendered(source):
    html = markdown.render(source)
    assert markdown.render(source) == html
    assert unicodedata.is_normalized("NFC", markdown.to_text(html))
    html.encode()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un <b>mot</b>&nbsp;: &lt;i&gt;</p><p>deux<br>trois</p>", "Un mot\u00a0: <i>\ndeux\ntrois"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("a<script>x</script></script><style>y</style>b", "ab"),
        ("e\u0301<!-- c -->", "é"),
        ("", ""),
        ("a < b & c", "a < b & c"),
    ],
)
def test_html_reads_as_text(html, text):
    assert markdown.to_text(html) == text


def test_prose_leaves_tables_out():
    table = "|Village|Trajets|\n|-|-|\n|Dundee|12|"
    assert markdown.to_prose(markdown.render(f"Voici *tout*.\n\n{table}\n\n- Et plus.")) == "Voici tout.\nEt plus."
    assert markdown.to_prose(markdown.render(table)) == "" and "Dundee 12" in markdown.to_text(markdown.render(table))


def test_a_quotation_names_its_author_and_stays_short():
    quotation = markdown.quote("Bonjour *tous*\n\n" + "mot " * 300, "Zoé *Roy*\n")
    assert quotation.startswith("> **Zoé \\*Roy\\*\u00a0:**\n>\n> Bonjour *tous*\n>\n> mot mot")
    assert quotation.endswith("mot…\n\n")
    assert len(markdown.to_text(markdown.render(quotation))) < 640
    assert markdown.quote("- a", "B") == "> **B\u00a0:**\n>\n> - a\n\n"


LINE = PIECES.map(lambda text: " ".join(clean_text(text).split()))


@given(LINE)
def test_an_escaped_line_reads_as_it_was_written(line):
    html = markdown.render(escape(line))
    assert markdown.to_text(html).split() == line.split()
    assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)} <= {"p", "a"}


@given(LINE.filter(str.strip))
def test_an_escaped_link_text_reads_as_it_was_written(line):
    html = markdown.render(f"[{escape_in_link(line)}](https://ex.ca)")
    assert markdown.to_text(html).split() == line.split()
    assert BeautifulSoup(html, "html.parser").a["href"] == "https://ex.ca"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("## Pourquoi\n\nLe terrain\nest vide.", "Pourquoi. Le terrain est vide."),
        ("Il faut :\n\n- un camion\n- des **bénévole**s\n- Un local", "Il faut : un camion; des bénévoles. Un local"),
        ("« Oui! »\n\nEt (peut-être)\n\nOn verra...", "« Oui! » Et (peut-être). On verra..."),
        ("5 %\n\nA &lt; B\n\n---\n\nSeul", "5 %. A < B. Seul"),
        ("", ""),
        ("Seul", "Seul"),
    ],
)
def test_a_line_keeps_a_sign_between_blocks(source: str, line: str) -> None:
    assert markdown.to_line(markdown.render(source)) == line


def test_a_line_may_leave_the_tables_out() -> None:
    html = markdown.render("Voici.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nEt plus")
    assert (markdown.to_line(html), markdown.to_line(html, tables=False)) == (
        "Voici. A B. 1 2. Et plus",
        "Voici. Et plus",
    )
