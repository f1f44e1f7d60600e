import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import markdown
from app.exchange.html import text_to_markdown, to_markdown

BLOCKS = (
    "p div h1 h2 h3 h4 h5 h6 li ul ol blockquote hr br pre table tr td th dt dd caption summary details section".split()
)


def read(html):
    """Return the text that a reader sees in `html`, computed without the code under test."""
    tree = BeautifulSoup(html + "\n", "html.parser")
    for image in tree.find_all("img"):
        image.replace_with(image.get("alt") or image.get("src") or "")
    for block in tree.find_all(BLOCKS):
        block.insert_before(" ")
        block.insert_after(" ")
    return " ".join(unicodedata.normalize("NFC", tree.get_text()).split())


@pytest.mark.parametrize(
    ("html", "expected_text"),
    [
        ("<p>Un&nbsp;: &laquo;&nbsp;mot&nbsp;&raquo;</p>\r\n\r\n<p>deux</p>", "Un\u00a0: «\u00a0mot\u00a0»\n\ndeux"),
        ("<p>a<br />\r\nb</br>c<br><br>d<br></p>", "a  \nb  \nc  \n  \nd"),
        ("<p><u>a</u><span style='x'>b</span></p><div>c<div>d</div></div>", "ab\n\nc\n\nd"),
        ("<h1>a</h1><h2><u>b</u><u> </u></h2><h3>c<br>d #</h3><h4> </h4>", "# a\n\n## b\n\n### c d \\#"),
        ("a<hr>b<blockquote><p>c</p><p>d</p></blockquote>e", "a\n\n***\n\nb\n\n> c\n>\n> d\n\ne"),
        ("aux<s>x deux</s> commise<s>s</s><s> b</s>", "aux~~x deux~~ commise~~s b~~"),
        ("<b>a :</b>b <i>(c)</i>d e<em>'f</em>", "**a** :b *(c*)d e'*f*"),
        ("<strong><em>a</em> b</strong> <b></b><b> </b>c", "***a* b** c"),
        ("<b><p>a</p></b><em>b<div>c</div></em>", "a\n\nb\n\nc"),
        ("<a href='https://ex.ca/a b(c)' target=_blank onclick=x title=t>d</a>", "[d](https://ex.ca/a%20b%28c%29)"),
        ("<a href='https://ex.ca/?a&amp;copy;'>d</a>", "[d](https://ex.ca/?a&amp;copy;)"),
        ("<a href='https://ex.ca'>https://ex.ca</a>", "<https://ex.ca>"),
        ("<a href='javascript:x'>a</a> <a href=' data:x'>b</a> <a href='/c'>c</a> <a>d</a>", "a b c d"),
        (
            "<a href='https://ex.ca'><p>a</p><p>b [c]</p> https://d.ca/_e_</a>",
            "[a b \\[c\\] https://d.ca/\\_e\\_](https://ex.ca)",
        ),
        ("<a href='https://ex.ca'><img src='https://ex.ca/i.png' alt='vue'></a>", "[vue](https://ex.ca)"),
        ("<img src='https://ex.ca/i.png' alt=''> <img src='data:x' alt='vue'><img>", "<https://ex.ca/i.png> vue"),
        ("<ul><li>a<ul><li>b</li></ul>c</li><li></li><li>d</li></ul>e", "- a\n  - b\n\n  c\n- d\n\ne"),
        ("<ol start=3><li>a<br><ol start=5><li>b</ol></ol>", "3. a\n\n   5. b"),
        ("<ol start='²'><li>a</li></ol>", "1. a"),
        ("<pre>a\n  *b*<br>`` c</pre><p><code>x*`</code><kbd>y</kbd></p>", "```\na\n  *b*\n`` c\n```\n\n`` x*`y ``"),
        ("<pre> </pre><code> </code><pre><p>a</p><i>b</i><code>c</code><a href='http://d.ca'>d</a></pre>", None),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        ("<table><tr><td>a</td><td>b|</td></tr><tr><td>c</td></tr></table><tr><td>d</td></tr>", "a b|\n\nc\n\nd"),
        ("<dl><dt>a</dt><dd>b</dd></dl><details><summary>c</summary>d</details><q>e</q>", "a\n\nb\n\nc\n\nd\n\ne"),
        ("<script>x</script><style>y</style><!-- z -->a<!doctype html><svg><path d=''></svg><iframe>i</iframe>", "a"),
        ("Un <nom> de &lt;b&gt; <3 et a<b, 2 > 1 <![if x]><o:p></o:p>", "Un \\<nom> de \\<b> <3 et a\\<b, 2 > 1"),
        (
            "<p>- a</p><p>1. b</p><p># c</p><p>&gt; d</p><p>---</p><p>+ e</p><p>a | b<br>--|--</p><p>==</p>",
            "\\- a\n\n1\\. b\n\n\\# c\n\n\\> d\n\n\\---\n\n\\+ e\n\na | b  \n\\--|--\n\n\\==",
        ),
        (
            "*a* _b_ c_d `e` [f](g) \\* ~~h~~ &amp;lt; ![i] www.a.ca http://a.ca/b_c",
            "\\*a\\* \\_b\\_ c_d \\`e\\` \\[f](g) \\\\\\* \\~\\~h\\~\\~ \\&lt; !\\[i] www.a.ca http://a.ca/b_c",
        ),
        ("<p>-<b> a</b></p><p>&nbsp;- b</p><p>1<i>.</i> c</p>", None),
        ("&#x202e;a\u0338 <b>\u0338b</b> &#0;", None),
        ("", ""),
    ],
)
def test_html_becomes_markdown_that_reads_the_same(html, expected_text):
    if expected_text is not None:
        assert to_markdown(html) == expected_text
    plain = re.sub(r"<(?=nom|3|b,)", "&lt;", re.sub(r"<!\[if x]>|</?o:p>|<!doctype html>|\u202e|&#x202e;", "", html))
    plain = (
        re.sub(r"<(script|style|svg|iframe)>.*?</\1>", "", plain)
        .replace("</br>", "<br>")
        .replace("data:x' alt=''", "'")
    )
    assert read(markdown.render(to_markdown(html))) == read(plain)


@pytest.mark.parametrize("times", [30, 150, 2_000])
def test_html_nested_beyond_reason_is_read_whole(times):
    for tag in ("div", "b", "blockquote", "ul"):
        html = f"<{tag}>a " * times + "fin"
        assert read(markdown.render(to_markdown(html))) == read(html.replace("<ul>", "<p>"))
    nested_html = "<b><i><a href='http://a.ca'><s>x " * times
    assert read(markdown.render(to_markdown(nested_html))) == " ".join(["x"] * times)


def test_marks_that_cannot_be_said_give_way_to_words():
    html = "<p><b>a</b><i><b>c</b></i>d <b>e</b></p>"
    assert read(markdown.render(to_markdown(html))) == "acd e"


def test_words_win_when_no_markdown_can_be_found(monkeypatch):
    monkeypatch.setattr("app.exchange.html._write", lambda tree: "autre")
    assert to_markdown("<p>a*<b>b</b></p><p>c</p>") == "a\\*b  \nc"


@pytest.mark.parametrize(
    ("text", "expected_text"),
    [
        ("a\r\nb\n\n\n\nc", "a  \nb\n\nc"),
        ("a<br>\r\nb</br></br>\nc<BR/>d", "a  \nb\n\nc  \nd"),
        ("mon <nom de famille>.nom.fr <3 <=15", "mon \\<nom de famille>.nom.fr <3 <=15"),
        ("- a\n    b\n\u00a0\n1) c", "\\- a  \nb\n\n1\\) c"),
        ("", ""),
        ("<br>", ""),
        ("voir <http://a.ca/_b_>", "voir \\<<http://a.ca/_b>\\_>"),
        ("http://a.ca/\nb", "http://a.ca/  \nb"),
    ],
)
def test_a_plain_comment_becomes_markdown_with_its_lines(text, expected_text):
    assert text_to_markdown(text) == expected_text


PIECES = [
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<s>",
    "</s>",
    "<p>",
    "</p>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<ol start=4>",
    "</ol>",
    "<blockquote>",
    "</blockquote>",
    "<br>",
    "<h2>",
    "</h2>",
    "<a href='http://a.ca/_b_'>",
    "</a>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<u>",
    "</u>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<hr>",
    "<div>",
    "</div>",
    "&nbsp;",
    " ",
    "\n",
    "a",
    "mot",
    "é",
    ".",
    "(",
    ")",
    ":",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "[",
    "]",
    "&lt;",
    "&amp;lt;",
    "\\",
    "#",
    "-",
    "1.",
    "+",
    "|",
    "=",
    "---",
    "http://b.ca/c",
    "http://b.ca/~d*e",
    "&gt;",
    "!",
    "\u0301",
    "\u0338",
    "<img alt=i src=http://a.ca/i>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_html_keeps_its_words(html):
    assert read(markdown.render(to_markdown(html))).replace(" ", "") == read(html).replace(" ", "")


@given(st.lists(st.one_of(st.sampled_from([*PIECES, "\r\n", "\n\n"]), st.text(max_size=3)), max_size=30).map("".join))
def test_any_comment_keeps_its_words(text):
    page_text = markdown.to_text(markdown.render(text_to_markdown(text)))
    source_text = re.sub(r"</?br\s*/?>", " ", markdown.plain.clean_text(text), flags=re.IGNORECASE)
    assert page_text.split() == source_text.split()
