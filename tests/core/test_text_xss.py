import re
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import markdown, sanitize

pytestmark = pytest.mark.usefixtures("wall")
JS = "javascript:alert(1)"
ADDRESSES = [
    JS,
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\rscript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1fjavascript:alert(1)",
    "javascript\x00:alert(1)",
    "javascript :alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3a;alert(1)",
    "javascript&#0000058alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#9;script:alert(1)",
    "java&#x0A;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "&#x6a&#x61vascript:alert(1)",
    "%6Aavascript:alert(1)",
    "javascript%3Aalert(1)",
    "javascript%3aalert(1)",
    "java%0ascript:alert(1)",
    "%01javascript:alert(1)",
    "javascript\\:alert(1)",
    "javascript://ex.ca/%0aalert(1)",
    "javascript://%0aalert(1)",
    "JAVASCRIPT:alert`1`",
    "javascript:alert&lpar;1&rpar;",
    "\u00a0javascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "java\u00adscript:alert(1)",
    "\u202ejavascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "javaſcript:alert(1)",
    "ｊavascript:alert(1)",
    "jav&#x200b;ascript:alert(1)",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    "vb&#115;cript:msgbox(1)",
    "livescript:x",
    "mocha:x",
    "data:text/html,<script>x",
    "data:text/html;base64,PHNjcmlwdD4=",
    "DATA:text/html,x",
    "data:image/svg+xml,<svg onload=x>",
    "data:image/png;base64,AA",
    "data:image/svg+xml;base64,AA",
    "data&colon;text/html,x",
    "d&#97;ta:text/html,x",
    "file:///etc/passwd",
    "blob:https://a/b",
    "filesystem:https://a",
    "view-source:javascript:x",
    "feed:javascript:x",
    "jar:javascript:x",
    "about:blank",
    "intent://x",
    "ms-settings:x",
    "tel:1",
    "sms:1",
    "ws://a",
    "ftp://a",
    "gopher://a",
    "chrome://a",
    "x-javascript:a",
    "a+b.c-d:e",
    "//ex.ca",
    "/\\ex.ca",
    "\\\\ex.ca",
    "https:ex.ca",
    "https:/\\ex.ca",
    'https://ex.ca" onclick="x',
    "https://ex.ca' onclick='x",
    'https://ex.ca?a="><script>x</script>',
    "https://ex.ca`onclick=x`",
    "http://[::1",
    "http://a:b@c",
    'mailto:a@b?subject="x',
]
FORMS = [
    "[a]({})",
    "[a](<{}>)",
    "<{}>",
    "[a][r]\n\n[r]: {}",
    "[a][r]\n\n[r]: <{}>",
    "![a]({})",
    "[![a]({})]({})",
    "{}",
    "**{}**",
    '[a]({} "t")',
    "[a](x '{}')",
    "`{}`",
    "[{}](/a)",
    "> - [a]({})\n\n|b|\n|-|\n|[c]({})|",
    '<a href="{}">a</a>',
]
HTML = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//ex.ca/x.js></SCRIPT>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<img srcset=x onerror=x>",
    '<img """><script>alert(1)</script>">',
    "<img src=`javascript:x`>",
    "<image src=x onerror=x>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:x'><text>x</text></a></svg>",
    "<svg/onload=x>",
    "<svg><animate onbegin=x attributeName=x></svg>",
    "<svg><set attributeName=href to=javascript:x>",
    "<svg><use href='data:x#a'>",
    "<svg><foreignObject><iframe srcdoc='<script>x</script>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=x>'>",
    "<math><mi//xlink:href='data:x,<script>x</script>'>",
    "<math href='javascript:x'>a</math>",
    "<math><mtext><table><mglyph><style><img src onerror=x>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>",
    "<math><annotation-xml encoding='text/html'><script>x</script>",
    "<style>@import '//ex.ca'</style>",
    "<style><img src=x onerror=x></style>",
    "<noscript><p title='</noscript><img src=x onerror=x>'>",
    "<noscript><style></noscript><img src=x onerror=x></style>",
    "<xmp><p title='</xmp><img src=x onerror=x>'>",
    "<noembed><p title='</noembed><svg onload=x>'>",
    "<plaintext><script>x",
    "<noframes><p title='</noframes><svg onload=x>'>",
    "<title><p title='</title><img src onerror=x>'>",
    "<textarea><p title='</textarea><img src onerror=x>'>",
    "<template><script>x</script></template>",
    "<iframe src=javascript:x>",
    "<iframe srcdoc='<script>x</script>'>",
    "<iframe><p title='</iframe><img src onerror=x>'>",
    "<object data=javascript:x>",
    "<embed src=javascript:x>",
    "<applet code=x>",
    "<base href=javascript:x//>",
    "<link rel=stylesheet href=javascript:x>",
    "<meta http-equiv=refresh content='0;url=javascript:x'>",
    "<form action=javascript:x><input type=submit>",
    "<isindex action=j:x>",
    "<button formaction=javascript:x>a</button>",
    "<input autofocus onfocus=x>",
    "<select autofocus onfocus=x>",
    "<body onload=x>",
    "<details open ontoggle=x>",
    "<video><source onerror=x></video>",
    "<audio src=x onerror=x>",
    "<marquee onstart=x>",
    "<keygen onfocus=x>",
    "<div style='background:url(javascript:x)'>a</div>",
    "<p style='width:expression(x)'>a</p>",
    "<p onclick=x>a</p>",
    "<b onmouseover=x>a</b>",
    "<a href='javascript:x' onclick=x>a</a>",
    "<a\x0chref='javascript:x'>a</a>",
    "<a href=java\tscript:x>a</a>",
    "<a/href=javascript:x>a</a>",
    "<a href='&#x6A;avascript:x'>a</a>",
    "<a href=javascript&colon;x>a</a>",
    "<a href='https://a' ping='https://b' target=x style=y id=z>a</a>",
    '<a href="\x01javascript:x">a</a>',
    "<a name=x id=y href=#>a</a>",
    "<a href='data:text/html,x' download>a</a>",
    "<table background=javascript:x><tr><td onclick=x>a</table>",
    "<td style=x>a",
    "<ol start=1 type=a onclick=x><li value=3 onclick=x>a</ol>",
    "<blockquote cite=javascript:x>a</blockquote>",
    "<code class=x onclick=y>a</code>",
    "<h1 id=forms>a</h1>",
    "<p class='btn' data-x=y>a</p>",
    "<!--><script>x</script>-->",
    "<!-- --!><img src onerror=x> -->",
    "<!--[if IE]><script>x</script><![endif]-->",
    "<![CDATA[<script>x</script>]]>",
    "<?xml-stylesheet href='javascript:x'?>",
    "<?php echo 1 ?>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "</p><script>x</script>",
    "</br onclick=x>",
    "&lt;script&gt;x&lt;/script&gt;",
    "&amp;lt;img src onerror=x&gt;",
    "\\<img src=x onerror=x>",
    "`<img src=x onerror=x>`",
    "    <script>x</script>",
    "```\n<script>x</script>\n```",
    '```"><img src=x onerror=x>\nx\n```',
    "~~~ ' onclick=x\nx\n~~~",
    "``<script>``<img src onerror=x>``",
    '[a](x "\' onmouseover=x")',
    '[a](/x "&quot; onmouseover=x")',
    "[a](/x '\" onmouseover=\"x')",
    "[<img src=x onerror=x>](/x)",
    "[a]: <javascript:x>\n[a]",
    "[a](<j\\avascript:x>)",
    "[a](javascript\n:x)",
    "[a]( <javascript:x>\n'b')",
    '<https://ex.ca/"onclick=x>',
    "<https://ex.ca/<script>>",
    '<x@y.z" onclick=x>',
    'http://ex.ca"onmouseover="x',
    "http://ex.ca/<img src=x onerror=x>",
    "www.ex.ca'onclick='x",
    "# <img src=x onerror=x>",
    '| <img src onerror=x> |\n|:-" onclick=x|',
    "|a|\n|:-:|\n|<img src onerror=x>|",
    "\u202e<script>x</script>",
    "<\u202escript>x",
    "<scr\u200bipt>x",
    "<scr\x00ipt>x</scr\x00ipt>",
    "<\x00script>x",
    "＜script＞x",
    "<ſcript>x",
    "<ımg src onerror=x>",
    '<a href="java\u202escript:x">a',
    '<p title="a\u202eb">c',
]
PAYLOADS = list(dict.fromkeys([form.replace("{}", address) for form in FORMS for address in ADDRESSES] + HTML))


class Tags(HTMLParser):
    """Gather each tag and attribute with the standard library's parser."""

    def __init__(self):
        super().__init__()
        self.elements = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.elements.append(("comment", {}))

    handle_decl = unknown_decl = handle_pi = handle_comment


def assert_harmless(html):
    parser = Tags()
    parser.feed(html)
    parser.close()
    soup = [
        (tag.name, tag.attrs) for tag in BeautifulSoup(html, "html.parser", multi_valued_attributes=None).find_all(True)
    ]
    for tag, attributes in parser.elements + soup:
        assert tag in sanitize.TAGS
        assert set(attributes) <= set(sanitize.ATTRIBUTES.get(tag, ()))
        assert_address(attributes.get("href", ""))
        assert attributes.get("rel") in (None, "nofollow ugc noopener")
        assert re.fullmatch("[0-9]*", attributes.get("start", ""))


def assert_address(address):
    bare = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u202e\ufeff]", "", address)
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare, re.IGNORECASE)
    assert not scheme or scheme[1].lower() in {"http", "https", "mailto"}, address


@pytest.fixture(params=["both walls", "no sanitizer", "raw HTML on"])
def walls(request, monkeypatch):
    if request.param == "no sanitizer":
        monkeypatch.setattr(sanitize, "sanitize", lambda html: html)
    if request.param == "raw HTML on":
        options = {**markdown._OPTIONS, "html": True}
        monkeypatch.setattr(markdown, "_OPTIONS", options)
        monkeypatch.setattr(markdown._Markdown, "validateLink", lambda self, url: True)
        monkeypatch.delattr(markdown._local, "parser", raising=False)
        monkeypatch.setattr(markdown._local, "parser", markdown._parser().enable("image"), raising=False)
        monkeypatch.setattr(markdown, "_tidy", lambda token: None)
    return request.param


def test_there_are_many_different_attacks():
    assert len(HTML) >= 120
    assert len(PAYLOADS) >= 1_200


def test_an_attack_leaves_only_allowed_tags_attributes_and_schemes(walls):
    for payload in PAYLOADS:
        assert_harmless(markdown.render(payload))


def test_the_raw_wall_really_was_open(walls):
    through = "<b>" in markdown._parser().render("<b>a</b> ![c](d)", {"headings_from": 2})
    assert through == (walls == "raw HTML on")


def test_attacks_side_by_side_are_harmless(walls):
    for start in range(0, len(HTML), 7):
        assert_harmless(markdown.render(" ".join(HTML[start : start + 7])))
        assert_harmless(markdown.render("\n\n".join(HTML[start : start + 7])))


@given(
    st.lists(
        st.sampled_from([*HTML, *ADDRESSES, "[", "](", ")", "<", ">", '"', "'", "`", "\n", "&", "<a href="]), max_size=6
    ).map("".join)
)
def test_no_mix_of_attacks_gets_through(payload):
    html = markdown.render(payload)
    assert_harmless(html)
    assert sanitize.sanitize(html) == html
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00") & set(html)


@given(
    st.lists(st.sampled_from([*HTML, *ADDRESSES, "<a href=", "<a href='", "'>", '">', "<", ">", "</"]), max_size=6).map(
        "".join
    )
)
def test_the_sanitizer_alone_holds(payload):
    parser = Tags()
    parser.feed(sanitize.sanitize(payload))
    for tag, attributes in parser.elements:
        assert tag in sanitize.TAGS
        assert set(attributes) <= set(sanitize.ATTRIBUTES.get(tag, ()))
        assert_address(attributes.get("href", ""))
