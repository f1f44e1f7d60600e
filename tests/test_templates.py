"""The templates: each imports the macros that it calls and no others, and none stands there for nobody."""
import ast
import re
from fnmatch import fnmatch
from pathlib import Path

from tests.support.templates import Source, sources

HOUSE = Path(__file__).parent.parent
CODE = [ast.parse(file.read_text()) for file in (HOUSE / "app").rglob("*.py")]
COMPONENTS = [source for source in sources() if source.name.startswith("components/")]
MACROS = {macro for source in COMPONENTS for macro in source.macros}


def test_each_imported_macro_is_used() -> None:
    unused = {source.name: sorted(set(source.imports) - source.names_read) for source in sources()}
    assert {name: macros for name, macros in unused.items() if macros} == {}


def test_each_called_macro_is_imported_in_the_same_file() -> None:
    """A fragment that counts on the imports of the page around it breaks when htmx asks for it alone."""
    missing = {source.name: sorted(_called(source) & MACROS - set(source.imports) - set(source.macros)) for source in sources()}
    assert {name: macros for name, macros in missing.items() if macros} == {}


def test_each_import_names_what_is_there() -> None:
    macros = {source.name: set(source.macros) | source.names_set for source in sources()}
    wrong = [f"{source.name}: {name}" for source in sources() for home, name in source.imports.values()
             if name not in macros.get(home, set())]
    assert wrong == []


def test_each_macro_is_used_somewhere() -> None:
    used = {(home, name) for source in sources() for home, name in source.imports.values()}
    used |= {(source.name, name) for source in sources() for name in source.names_read}
    assert [f"{source.name}: {macro}" for source in sources() for macro in source.macros if (source.name, macro) not in used] == []


def test_each_template_is_asked_for_somewhere() -> None:
    asked = {reference for source in sources() for reference in source.references} | _rendered()
    assert [source.name for source in sources() if not any(fnmatch(source.name, pattern) for pattern in asked)] == []


def _called(source: Source) -> set[str]:
    return {call.node.name for call in source.calls}


def _rendered() -> set[str]:
    """Name the templates that code asks for; `f"mail/{template}.txt"` becomes the pattern `mail/*.txt`."""
    texts = {_pattern(node) for tree in CODE for node in ast.walk(tree) if isinstance(node, (ast.Constant, ast.JoinedStr))}
    return {text for text in texts if re.fullmatch(r"\w+/[\w*]+\.(html|txt|xml)", text)}


def _pattern(text: ast.Constant | ast.JoinedStr) -> str:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
