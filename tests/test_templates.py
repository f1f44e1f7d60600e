"""The templates: each imports the macros that it calls and no others, and none is without a use."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes

from tests.support.templates import Source, sources

HOUSE = Path(__file__).parent.parent
CODE = sorted((HOUSE / "app").rglob("*.py"))
COMPONENTS = [source for source in sources() if source.name.startswith("components/")]
# What computes, rather than shows; a template has no `do` either, for want of the extension.
COMPUTING = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.NSRef)
MAKERS = {"namespace", "dict", "range", "cycler", "joiner"}
# Looked for from each place: one element stands in another.
ELEMENT = re.compile(r'(?=<(?P<tag>\w+)(?: class="(?P<classes>[^"]*)")?[^>]*>(?P<body>.*?)</(?P=tag)>)', re.S)
# The end of a line that no block takes away, right after what opens an element or right before what closes it.
LINE_END = re.compile(r"\A\n(?!\{%-)|(?<!%\})\n\Z")
BLOCKS = {"if", "for", "call", "with", "block", "macro", "filter"}
# What a template may read besides its view, where it is drawn once for it: what never changes in one language.
STEADY = {"_", "caller", "csrf", "ngettext", "url_for", "view", "words"}
STEADY_FILTERS = {"address", "block", "day", "format", "iso", "min", "other_lang", "prose", "stations", "when"}
MACROS = {macro for source in COMPONENTS for macro in source.macros}


def test_each_imported_macro_is_used() -> None:
    idle = {source.name: sorted(set(source.imports) - source.names_read) for source in sources()}
    assert {name: macros for name, macros in idle.items() if macros} == {}


def test_each_called_macro_is_imported_in_the_same_file() -> None:
    """A fragment that counts on the imports of the page around it breaks when htmx asks for it alone."""
    missing = {
        source.name: sorted(_callees(source) & MACROS - set(source.imports) - set(source.macros))
        for source in sources()
    }
    assert {name: macros for name, macros in missing.items() if macros} == {}


def test_each_import_names_what_is_there() -> None:
    macros = {source.name: set(source.macros) | source.names_set for source in sources()}
    wrong = [
        f"{source.name}: {name}"
        for source in sources()
        for home, name in source.imports.values()
        if name not in macros.get(home, set())
    ]
    assert wrong == []


def test_each_macro_is_used_somewhere() -> None:
    uses = {(home, name) for source in sources() for home, name in source.imports.values()}
    uses |= {(source.name, name) for source in sources() for name in source.names_read}
    assert [
        f"{source.name}: {macro}" for source in sources() for macro in source.macros if (source.name, macro) not in uses
    ] == []


def test_the_title_of_a_page_says_that_its_form_was_refused() -> None:
    """It is what a screen reader says first, and what a tab shows."""
    pages = [
        source for source in sources() if "{{ error_summary(" in source.text and "{% block title %}" in source.text
    ]
    assert pages and [page.name for page in pages if '{{ _("Erreur :") }}' not in page.text] == []


def test_the_list_of_components_says_how_each_one_is_called() -> None:
    """Those that only another component calls are its own affair."""
    listing = set(re.findall(r"`(\w+\([^`]*\))`", "".join(_second_cells())))
    imports = {
        (home, name) for source in sources() if source not in COMPONENTS for home, name in source.imports.values()
    }
    signatures = {
        _signature(macro)
        for source in COMPONENTS
        for macro in source.macros.values()
        if (source.name, macro.name) in imports
    }
    assert sorted(signatures - listing) == []
    assert sorted(listing - signatures) == []


def _second_cells() -> Iterator[str]:
    rows = (HOUSE / "templates" / "components" / "README.md").read_text().splitlines()
    return (re.split(r"(?<!\\)\|", row)[2] for row in rows if row.startswith("| "))


def _signature(macro: nodes.Macro) -> str:
    first = len(macro.args) - len(macro.defaults)
    parameters = [
        argument.name if index < first else f"{argument.name}={_literal(macro.defaults[index - first])}"
        for index, argument in enumerate(macro.args)
    ]
    return f"{macro.name}({', '.join(parameters)})"


def _literal(default: nodes.Expr) -> str:
    if isinstance(default, nodes.Const) and isinstance(default.value, str):
        return f'"{default.value}"'
    return str(default.as_const())


def test_each_template_is_asked_for_somewhere() -> None:
    patterns = {reference for source in sources() for reference in source.references} | _template_names()
    assert [source.name for source in sources() if not any(fnmatch(source.name, pattern) for pattern in patterns)] == []


@pytest.mark.one_engine
def test_a_partial_names_its_inputs_on_its_first_line(app: Flask) -> None:
    """What it reads, and what the partials that it includes read, but for what every template knows."""
    with app.test_request_context("/"):
        context = dict(app.jinja_env.globals)
        app.update_template_context(context)
    partials = [source for source in sources() if source.name.rpartition("/")[2].startswith("_")]
    read = {source.name: _inputs(source, app.jinja_env) - set(context) for source in partials}
    wrong = {
        source.name: f"{{# inputs: {', '.join(sorted(read[source.name])) or 'none'} #}}"
        for source in partials
        if _inputs_line(source) != read[source.name]
    }
    assert wrong == {}


def _inputs(source: Source, environment: Environment) -> set[str]:
    """Collect what a template reads and does not set, and what the ones that it includes ask of it."""
    own = meta.find_undeclared_variables(environment.parse(source.text))
    # A name that is set in one branch of an `if` counts as unknown to the others.
    within = {target.name for assign in source.tree.find_all(nodes.Assign) for target in _targets(assign)}
    below = {
        name
        for other in sources()
        if any(fnmatch(other.name, pattern) for pattern in source.includes)
        for name in _inputs(other, environment)
    }
    return (own - within) | (below - source.names_set - set(source.imports))


def _targets(assign: nodes.Assign) -> list[nodes.Name]:
    return [assign.target] if isinstance(assign.target, nodes.Name) else list(assign.target.find_all(nodes.Name))


def _inputs_line(source: Source) -> set[str]:
    line = re.match(r"\{# inputs: (.+) #\}\n", source.text)
    return set(line[1].split(", ")) - {"none"} if line else {"?"}


def test_what_is_drawn_once_reads_its_view_alone() -> None:
    """`draw_once` keeps it by its view: what else it showed would stay when that changes."""
    drawn = {name for file in CODE for name in re.findall(r'draw_once\(\s*"(.+?)"', file.read_text())}
    names = {source.name: _names_behind(source, source.tree) for source in sources() if source.name in drawn}
    assert names.keys() == drawn and drawn
    assert {name: found - STEADY for name, found in names.items() if found - STEADY} == {}


def _names_behind(source: Source, tree: nodes.Node) -> set[str]:
    """Collect what a part of a template reads and does not set, with what it includes and calls; and its filters."""
    read = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    filters = {found.name for found in tree.find_all(nodes.Filter)} - STEADY_FILTERS
    homes = {source.name: source for source in sources()}
    called = [(homes[home], name) for alias, (home, name) in source.imports.items() if alias in read]
    called += [(source, name) for name in source.macros if name in read and tree is not source.macros[name]]
    parts = [(homes[name], homes[name].tree) for name in source.includes if tree is source.tree]
    parts += [(home, home.macros[macro]) for home, macro in called]
    below = {name for part in parts for name in _names_behind(*part)}
    own = read - source.names_set - set(source.imports) - set(source.macros)
    return own | filters | (below - source.names_set)


def test_nothing_but_words_stands_where_spaces_are_shown() -> None:
    """A line of the template that ends there would be a line of the page (`white-space: pre-wrap` or `pre-line`)."""
    sheets = "".join(file.read_text() for file in (HOUSE / "static" / "css").rglob("*.css"))
    classes = {
        name
        for rule in re.findall(r"([^{}]+)\{[^{}]*white-space: pre[^{}]*\}", sheets)
        for name in re.findall(r"[\w-]+(?=\s*(?:,|$))", rule.strip())
    }
    assert {"diff-text", "answer-words", "blockquote"} <= classes
    wrong = [
        f"{source.name}: {found['body'][:80]}"
        for source in sources()
        for found in ELEMENT.finditer(source.text)
        if classes & {found["tag"], *(found["classes"] or "").split()} and LINE_END.search(found["body"])
    ]
    assert wrong == []


def test_templates_hold_no_logic_that_belongs_to_code() -> None:
    """No sums, no lists that grow, no dictionaries but those that a call is given, or a component's table of texts."""
    sums = [f"{source.name}:{node.lineno}" for source in sources() for node in source.tree.find_all(COMPUTING)]
    assert sums == []
    makers = [
        f"{source.name}:{call.lineno}" for source in sources() for call in source.calls if call.node.name in MAKERS
    ]
    assert makers == []
    tables = [
        f"{source.name}:{table.lineno}"
        for source in sources()
        for table in _dictionaries(source)
        if not (source in COMPONENTS and all(map(_is_plain, table.items)))
    ]
    assert tables == []


def test_no_key_stands_twice_in_a_table() -> None:
    """The last one counts, in silence; in Python, ruff refuses it (F601 in a dictionary, PIE794 in a class)."""
    tables = [(source, table) for source in sources() for table in source.tree.find_all(nodes.Dict)]
    keys = [
        (source.name, id(table), pair.key.value)
        for source, table in tables
        for pair in table.items
        if isinstance(pair.key, nodes.Const)
    ]
    assert [f"{name}: {key}" for (name, _table, key), times in Counter(keys).items() if times > 1] == []


def test_no_line_of_a_template_is_longer_than_160_characters() -> None:
    long = [
        f"{source.name}:{number}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []


def test_a_line_opens_or_closes_one_block() -> None:
    """A block that begins and ends on one line may share it; one that goes on says so at the edge of a line of its own."""
    crowded_lines = [
        f"{source.name}:{number}"
        for source in sources()
        for number, line in enumerate(_without_comments(source).splitlines(), 1)
        if _edges(line) > 1
    ]
    assert crowded_lines == []


def _without_comments(source: Source) -> str:
    return re.sub(r"\{#.*?#\}", lambda comment: "\n" * comment[0].count("\n"), source.text, flags=re.DOTALL)


def _edges(line: str) -> int:
    """Count the blocks that begin on a line and end on another, and the other way round."""
    openings = closings = 0
    for word in re.findall(r"\{%[-+]? *(\w+)", line):
        if word in BLOCKS:
            openings += 1
        elif word.removeprefix("end") in BLOCKS and openings:
            openings -= 1
        elif word.removeprefix("end") in BLOCKS:
            closings += 1
    return openings + closings


def _dictionaries(source: Source) -> Iterator[nodes.Dict]:
    """Find the dictionaries that are not, as they stand, an argument of a call."""
    values = {id(argument.value) for call in source.tree.find_all(nodes.Call) for argument in call.kwargs}
    return (table for table in source.tree.find_all(nodes.Dict) if table.items and id(table) not in values)


def _is_plain(pair: nodes.Pair) -> bool:
    return isinstance(pair.key, nodes.Const) and isinstance(pair.value, nodes.Const)


def _callees(source: Source) -> set[str]:
    return {call.node.name for call in source.calls}


def _template_names() -> set[str]:
    """Name the templates that code asks for; `f"mail/{template}.txt"` becomes the pattern `mail/*.txt`."""
    texts = {
        _pattern(node)
        for file in CODE
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, (ast.Constant, ast.JoinedStr))
    }
    return {text for text in texts if re.fullmatch(r"\w+(/[\w*]+)+\.(html|txt|xml)", text)}


def _pattern(text: ast.Constant | ast.JoinedStr) -> str:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
