"""Put the judged questions to the search and print how good its order is: `python -m bench.search --data FOLDER`."""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.search import engines, library, questions, table
from bench.search.engines import OURS, Ask
from bench.search.library import Row
from bench.search.questions import Question
from bench.sites import Site


def main() -> None:
    options = _parse_options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reflexe-bench-search-")))
        print("  a site on each engine...", file=sys.stderr, flush=True)
        sites = stack.enter_context(library.sites(options.data, folder))
        rows = {row.source_id: row for row in library.read_rows(sites["SQLite"]).values()}
        asks = _gather_engines(stack, sites, list(rows.values()))
        for half in questions.HALVES if options.half == "all" else (options.half,):
            _report(half, asks, rows, options)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the texts (docs/performance.md)")
    parser.add_argument("--half", choices=(*questions.HALVES, "all"), default="open", help="which questions are asked")
    parser.add_argument("--worst", action="store_true", help="print the ten open questions that are answered worst")
    parser.add_argument("--unjudged", action="store_true", help="print what was found and has no grade")
    return parser.parse_args()


def _gather_engines(stack: ExitStack, sites: Mapping[str, Site], rows: Sequence[Row]) -> dict[str, Ask]:
    """Return what is asked, by its name: our search on each engine first."""
    asks = {OURS + name: engines.ours(site, library.read_rows(site)) for name, site in sites.items()}
    asks |= stack.enter_context(engines.bm25(rows))
    if "PostgreSQL" in sites:
        asks |= stack.enter_context(engines.ts_rank(sites["PostgreSQL"], rows))
    return asks


def _report(half: str, asks: Mapping[str, Ask], rows: Mapping[str, Row], options: argparse.Namespace) -> None:
    asked: list[Question] = questions.read(half)
    answers = {name: {question.number: ask(question.text) for question in asked} for name, ask in asks.items()}
    if half == "kept":
        table.kept(asked, answers)
    else:
        table.whole(asked, answers)
        if options.worst:
            table.worst(asked, answers)
    if options.unjudged:
        table.unjudged(asked, answers, rows)


if __name__ == "__main__":
    main()
