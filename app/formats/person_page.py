"""A page about one person that any browser shows and prints: headings and tables, nothing from elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
body { font: 15px/1.5 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: CanvasText; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin: 1.6em 0 .4em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid GrayText; padding: .25em .8em .25em 0; text-align: left; vertical-align: top; }
th { font-weight: 600; } td { white-space: pre-wrap; overflow-wrap: anywhere; }
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, the titles of the columns, and the rows; every cell is text."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_page(language: str, title: str, lines: Iterable[str], tables: Iterable[Table]) -> str:
    """The page as HTML; a table of one row is written as a list of its cells, which is how a card reads."""
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">',
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in lines),
        *(_table(table) for table in tables),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _table(table: Table) -> str:
    if len(table.rows) == 1 and len(table.heads) > 1:
        told = zip(table.heads, table.rows[0], strict=True)
        body = "\n".join(f"<tr><th>{escape(head)}</th><td>{escape(cell)}</td></tr>" for head, cell in told if cell)
    else:
        body = "\n".join([_row("th", table.heads), *(_row("td", row) for row in table.rows)])
    return f"<h2>{escape(table.title)}</h2>\n<table>\n{body}\n</table>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
