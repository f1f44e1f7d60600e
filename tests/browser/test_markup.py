"""Whatever people write, no page runs it: not even in a browser that has no policy to forbid it."""

from collections.abc import Callable

from playwright.sync_api import Page

from app.core import clock
from app.reference.models import Tag
from tests.support.make import Make

RUN = "alert(1)"
PAYLOADS = [
    payload.replace("RUN", RUN)
    for payload in (
        "<script>RUN</script>",
        "<ScRiPt>RUN</sCrIpT>",
        "</script><script>RUN</script>",
        "<script/x>RUN</script>",
        "<scr<script>ipt>RUN</script>",
        "<script>RUN//",
        '"><script>RUN</script>',
        "'><script>RUN</script>",
        "--><script>RUN</script>",
        "]]><script>RUN</script>",
        "</title><script>RUN</script>",
        "</textarea><script>RUN</script>",
        "</style><script>RUN</script>",
        "</noscript><script>RUN</script>",
        "</pre></code><script>RUN</script>",
        "<img src=x onerror=RUN>",
        "<img src=x onerror='RUN'//",
        "<img/src/onerror=RUN>",
        '"><img src=x onerror=RUN>',
        "'><img src=x onerror=RUN>",
        "<img src='x' onerror=\"RUN\">",
        "<image src=x onerror=RUN>",
        "<svg onload=RUN>",
        "<svg/onload=RUN>",
        "<svg><script>RUN</script></svg>",
        "<svg><animate onbegin=RUN attributeName=x dur=1s>",
        "<svg><style><img src=x onerror=RUN></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=RUN>",
        "<iframe src=javascript:RUN></iframe>",
        "<iframe srcdoc='<script>parent.RUN</script>'>",
        "<object data=javascript:RUN>",
        "<embed src=javascript:RUN>",
        "<body onload=RUN>",
        "<video><source onerror=RUN></video>",
        "<audio src=x onerror=RUN>",
        "<details open ontoggle=RUN>",
        "<input autofocus onfocus=RUN>",
        "<select autofocus onfocus=RUN>",
        "<marquee onstart=RUN>",
        "<style>@keyframes x{}</style><b style='animation-name:x' onanimationstart=RUN>",
        "<p tabindex=0 autofocus onfocus=RUN>x",
        '" autofocus onfocus=RUN x="',
        "' autofocus onfocus=RUN x='",
        '" onmouseover=RUN x="',
        "` onmouseover=RUN x=`",
        "javascript:RUN",
        "[a](javascript:RUN)",
        "[a](JaVaScRiPt:RUN)",
        "[a](java\tscript:RUN)",
        "[a](&#106;avascript:RUN)",
        "[a](javascript&colon;RUN)",
        "[a](data:text/html,<script>RUN</script>)",
        "[a](vbscript:RUN)",
        "<javascript:RUN>",
        '![a](x" onerror="RUN)',
        '[a](/x "\\" onmouseover=RUN x=\\"")',
        "[a](/x '\"onmouseover=RUN x=\"')",
        '```"><img src=x onerror=RUN>\nx\n```',
        "`<img src=x onerror=RUN>`",
        "|a|\n|-|\n|<img src=x onerror=RUN>|",
        "&lt;script&gt;RUN&lt;/script&gt;",
        "&#60;script&#62;RUN&#60;/script&#62;",
        "{{ ''.__class__ }}{% set x=1 %}<script>RUN</script>",
        "${RUN}",
        "\\u003cscript\\u003eRUN\\u003c/script\\u003e",
        "<b hx-get=/about hx-trigger=load hx-on:load=RUN>x</b>",
        "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
        "<base href=javascript:/a/-RUN///>",
        "<form><button formaction=javascript:RUN>x</form>",
        "<a href=javascript:RUN>x</a>",
        "\u202e<script>RUN</script>",
        "<\x0cimg src=x onerror=RUN>",
        "＜script＞RUN＜/script＞",
    )
]
TRAP = "for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__xss = name };"
# Data that no browser runs is one JSON text, whatever people wrote in it.
WRONG = """() => {
  const found = window.__xss ? ["ran: " + window.__xss] : [];
  document.querySelectorAll("script[type='application/ld+json']").forEach((node) => { JSON.parse(node.textContent); node.remove(); });
  for (const node of document.querySelectorAll("*")) {
    if (node.matches("script:not([src^='/static/']), iframe, object, embed, base, style, marquee, math, video, audio, img:not([src^='data:'])"))
      found.push(node.outerHTML.slice(0, 120));
    for (const {name, value} of node.attributes)
      if (name.startsWith("on") || name.startsWith("hx-on") || /^\\s*(javascript|data|vbscript):/i.test(value) && name !== "src") found.push(name + "=" + value);
  }
  return found;
}"""
ADDRESSES = "(links) => links.map((link) => link.getAttribute('href') ?? '')"


def test_nothing_that_people_write_runs(page_for: Callable[..., Page], make: Make) -> None:
    assert len(PAYLOADS) >= 60
    page = page_for(
        make.user(PAYLOADS[7], role="coordinator", shows_about=True, about="\n".join(PAYLOADS)), bypass_csp=True
    )
    page.add_init_script(TRAP)
    for path in _paths(make):
        page.goto(path)
        assert page.evaluate(WRONG) == [], path
        for address in page.locator("main .prose a").evaluate_all(ADDRESSES):
            assert address.startswith(("/", "http", "mailto", "#", "%")), (path, address)
    page.mouse.move(400, 300)
    assert page.evaluate("window.__xss") is None


def _paths(make: Make) -> list[str]:
    """Store each payload in each place where people write; return the pages that show them."""
    first, last = 1, len(PAYLOADS)
    talk = make.idea(title="Sous laquelle on parle", body="\n\n".join(PAYLOADS), revisions_count=1)
    room = make.community(name=PAYLOADS[6], description="\n\n".join(PAYLOADS), colour="food")
    for n, payload in enumerate(PAYLOADS):
        author = make.user(payload)
        tag = make.add(Tag(slug=f"mot-{n}", name=payload, sort_key=str(n)))
        idea = make.idea(author, title=payload, body=payload, tags=[tag])
        last, first = idea.id, min(first, idea.id)
        columns = {"hidden_at": clock.now(), "hidden_reason": payload} if n % 5 == 0 else {}
        make.comment(talk, author, payload, **columns)
        if n % 12 == 0:
            make.update(author, room, payload, payload)
    return [
        "/",
        "/ideas",
        f"/ideas?q={PAYLOADS[17]}",
        f"/ideas/{talk.id}",
        f"/ideas/{talk.id}/revisions/1",
        f"/ideas/{last}",
        f"/ideas/{last - 1}",
        f"/ideas/{last - 7}",
        f"/ideas/{last}/edit",
        f"/ideas/{last}/hiding",
        f"/communities/{room.slug}",
        f"/communities/{room.slug}/edit",
        f"/communities/{room.slug}/updates",
        "/communities",
        "/reference/tags",
        "/reference/communities",
        "/tags/mot-1",
        "/members/1",
        f"/comments/{5}/reply?quote=1",
        *(f"/ideas?tag=mot-{n}" for n in (7, 17, 40)),
    ]
