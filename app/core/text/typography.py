"""Set plainly typed interface strings as the Office québécois de la langue française writes them."""

import re

NBSP, THIN = "\u00a0", "\u202f"
_BLANK = f"[ {NBSP}{THIN}]"

# One pass, first match wins: what is protected stands first, so that no rule ever sees inside it.
_RULES = re.compile(
    rf"""(?P<percent>{_BLANK}+(?=%%)|(?<=[)sd\d]){_BLANK}*(?=%%))
    |(?P<protected>%\(\w+\)[#0\- +]*[\d.]*[a-z]|%%|%[sdifr](?!\w)|%\.\d+f|\$?\{{[^{{}}]*\}}
        |</?[a-zA-Z][^<>]*>|&\#?\w+;|\b(?:https?://|mailto:|www\.)[^\s<>«»]*[^\s<>«».,;:!?)]
        |[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |(?P<number>(?<!\d)(?<!\d[.,])\d{{1,3}}(?:[ ]\d{{3}})+(?![ .-]?\d))
    |(?P<opening>«{_BLANK}*)
    |(?P<closing>{_BLANK}*»)
    |(?P<colon>{_BLANK}+(?=:(?![\w/()]))|(?<=[\w)\]}}>»”’'%]):(?=\s|»|$))
    |(?P<sign>{_BLANK}+(?=%(?![%(sdifr]|\.\d))|{_BLANK}+(?=\$(?!\{{))|(?<=\d)(?=[%$](?![%\w({{]|\.\d)))
    |(?P<high>(?<=\S){_BLANK}+(?=[;!?])|(?<=[\w)\]}}>»”’'%$.…])(?=[;!?]+(?:[\s»”<)]|$)))
    |(?P<ellipsis>(?<!\.)\.\.\.(?!\.))
    |(?P<apostrophe>')""",
    re.VERBOSE,
)


_WRITTEN = {"opening": "«" + NBSP, "closing": NBSP + "»", "high": THIN, "ellipsis": "…", "apostrophe": "’"}


def french(text: str) -> str:
    """Return `text` with ’ and …, no-break spaces before : % $ and in « », thin ones before ; ! ?.

    Placeholders (%(x)s, {x}), tags, entities and addresses are untouched. Applying it twice changes nothing.
    """
    return _RULES.sub(_set, text)


def _set(found: re.Match[str]) -> str:
    if found.lastgroup == "protected":
        return found[0]
    if found.lastgroup == "number":
        return found[0].replace(" ", NBSP)
    if found.lastgroup == "colon":
        return NBSP + ":" * found[0].endswith(":")
    return _WRITTEN.get(found.lastgroup or "", NBSP)
