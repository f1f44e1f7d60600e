"""The templates as a tree: what each one imports, calls, defines and includes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from jinja2 import Environment, nodes

HOME = Path(__file__).parents[2] / "templates"
PARSER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


@dataclass(frozen=True)
class Source:
    """One template; `name` is its path under templates/."""

    name: str
    text: str

    @cached_property
    def tree(self) -> nodes.Template:
        return PARSER.parse(self.text, name=self.name)

    @cached_property
    def macros(self) -> dict[str, nodes.Macro]:
        return {macro.name: macro for macro in self.tree.find_all(nodes.Macro)}

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Map each imported name to the template that it comes from and its name there."""
        return {
            alias: (_path(found), name)
            for found in self.tree.find_all(nodes.FromImport)
            for name, alias in map(_name_and_alias, found.names)
        }

    @property
    def references(self) -> set[str]:
        """Name the templates that this one extends, includes or imports from."""
        return {_path(found) for found in self.tree.find_all((nodes.Extends, nodes.Include, nodes.FromImport))}

    @cached_property
    def includes(self) -> set[str]:
        return {_path(found) for found in self.tree.find_all(nodes.Include)}

    @property
    def calls(self) -> Iterator[nodes.Call]:
        """List the calls of something by its bare name: macros, and functions of the environment."""
        return (call for call in self.tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name))

    @property
    def names_set(self) -> set[str]:
        """Collect what `set`, `for`, `with` and the parameters of macros name."""
        return {name.name for name in self.tree.find_all(nodes.Name) if name.ctx != "load"}

    @property
    def names_read(self) -> set[str]:
        return {name.name for name in self.tree.find_all(nodes.Name) if name.ctx == "load"}


@cache
def sources() -> list[Source]:
    files = sorted(file for file in HOME.rglob("*") if file.suffix in (".html", ".txt", ".xml"))
    return [Source(str(file.relative_to(HOME)), file.read_text()) for file in files]


def texts_in(node: nodes.Node) -> set[str]:
    """Collect the strings that are written out in an expression."""
    constants = [node] if isinstance(node, nodes.Const) else node.find_all(nodes.Const)
    return {constant.value for constant in constants if isinstance(constant.value, str)}


def arguments(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Node]:
    """Match the arguments of a call with the parameters of the macro."""
    parameters = [argument.name for argument in macro.args]
    return dict(zip(parameters, call.args, strict=False)) | {keyword.key: keyword.value for keyword in call.kwargs}


def _name_and_alias(entry: str | tuple[str, str]) -> tuple[str, str]:
    """Return the name of a macro, and the name it takes here."""
    return (entry, entry) if isinstance(entry, str) else entry


def _path(found: nodes.Extends | nodes.Include | nodes.FromImport) -> str:
    """Name the template; `"moderation/desk/_" ~ item.kind ~ ".html"` becomes the pattern `desk/_*.html`."""
    parts = found.template.nodes if isinstance(found.template, nodes.Concat) else [found.template]
    return "".join(str(part.value) if isinstance(part, nodes.Const) else "*" for part in parts)
