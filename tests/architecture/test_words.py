"""Words a person reads are written out in the screens, translatable, plain text, and dressed by the tokens alone."""

import ast
import re

import pytest

from tests.architecture.sources import APP, Rule, at, calls, docstrings, is_literal, last_name, offences, sources

TRANSLATORS = frozenset({"tr", "translate"})
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HEX_COLOUR = re.compile(r"^#[0-9a-fA-F]{3,4}$|#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b")
SQL_TAKERS = frozenset({"text", "exec_driver_sql", "execute", "executemany", "executescript"})

# Chinese in the code is data there, not wording: what shops write in their files, names, festivals, sample people.
HAN_ALLOWED = (
    "app/domain/birthdays.py",
    "app/domain/names.py",
    "app/domain/pinyin.py",
    "app/formats/",
    "app/resources/",
    "app/services/sample/",
)
# What is called the same in every language: a language by its own name, the sign over the door.
OWN_NAMES = frozenset({"简体中文", "熟", "熟客"})
LABELS = ("app/views/shared/labels.py",)
DRESSERS = ("app/views/shared/", "app/bootstrap.py")
TOKENS = ("app/views/shared/tokens.py",)


def unfit_translations(text: str) -> list[str]:
    """Calls of tr and translate that pyside6-lupdate cannot read, and other names given to them."""
    tree = ast.parse(text)
    called = {id(call.func) for call in calls(tree)}
    spared = {id(call) for node in ast.walk(tree) if _is_translate(node) for call in calls(node)}
    unreadable = [call for call in calls(tree) if id(call) not in spared and _unreadable(call)]
    aliases = [node for node in ast.walk(tree) if _is_alias(node, called)]
    return [at(call, "not written out") for call in unreadable] + [at(node, "an alias") for node in aliases]


def _unreadable(call: ast.Call) -> bool:
    """Whether a word lupdate needs (context, source, disambiguation) is anything but a literal."""
    name = last_name(call.func)
    if name == "tr":
        return not call.args or not all(is_literal(word) for word in call.args[:2])
    return name == "translate" and not _is_replacing(call) and not all(is_literal(word) for word in call.args[:3])


def _is_replacing(call: ast.Call) -> bool:
    """`str.translate(table)` and `bytes.translate(None, delete)` put characters for characters."""
    return len(call.args) <= 1 or (isinstance(call.args[0], ast.Constant) and call.args[0].value is None)


def _is_translate(node: ast.AST) -> bool:
    """The one wrapper that may pass its words on has the name lupdate knows."""
    return isinstance(node, ast.FunctionDef) and node.name == "translate"


def _is_alias(node: ast.AST, called: set[int]) -> bool:
    """Whether tr or translate is handed on uncalled, or anything else is called tr."""
    if isinstance(node, ast.alias):
        return node.asname == "tr"
    if isinstance(node, ast.Name | ast.FunctionDef):
        return last_name(node) == "tr" or getattr(node, "name", "") == "tr"
    return isinstance(node, ast.Attribute) and node.attr in TRANSLATORS and id(node) not in called


def bare_labels(text: str) -> list[str]:
    """QLabel and QMessageBox guess HTML in what they are given, and names come from files."""
    tree = ast.parse(text)
    functions = [call.func for call in calls(tree)]
    owners = [function.value for function in functions if isinstance(function, ast.Attribute)]
    bases = [base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases]
    named = [*functions, *owners, *bases]
    return [at(node, last_name(node)) for node in named if last_name(node) in {"QLabel", "QMessageBox"}]


def own_dress(text: str) -> list[str]:
    """Calls of setStyleSheet."""
    return [at(call, "setStyleSheet") for call in calls(ast.parse(text)) if last_name(call.func) == "setStyleSheet"]


def hex_colours(text: str) -> list[str]:
    """Colours written out as #rrggbb."""
    return [at(node, word) for node, word in _strings(text) if HEX_COLOUR.search(word)]


def built_sql(text: str) -> list[str]:
    """SQL put together from pieces: where a piece is a name from a file, the file writes the query."""
    return [
        at(call, f"{last_name(call.func)}(...)")
        for call in calls(ast.parse(text))
        if last_name(call.func) in SQL_TAKERS and call.args and _is_built(call.args[0])
    ]


def _is_built(node: ast.AST) -> bool:
    """Whether anything but literals and constants (`_BY_NAME`) goes into the text."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) and not _is_constant(part.value) for part in node.values)
    if isinstance(node, ast.BinOp):
        return any(_is_built(part) or not _is_constant(part) for part in (node.left, node.right))
    return isinstance(node, ast.Call) and last_name(node.func) == "format"


def _is_constant(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp) or last_name(node).isupper()


def chinese(text: str) -> list[str]:
    """Han characters in strings; in docstrings and comments they explain, and escapes (`\\u4e00`) are ranges."""
    lines = text.splitlines()
    said = [(node, word) for node, word in _strings(text) if HAN.search(word) and word not in OWN_NAMES]
    return [at(node, word[:40]) for node, word in said if _is_typed(node, lines)]


def _is_typed(node: ast.Constant, lines: list[str]) -> bool:
    return any(HAN.search(line) for line in lines[node.lineno - 1 : node.end_lineno])


def _strings(text: str) -> list[tuple[ast.Constant, str]]:
    tree = ast.parse(text)
    explained = docstrings(tree)
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in explained)
    return [(node, node.value) for node in constants if isinstance(node.value, str)]


RULES: list[tuple[str, Rule, tuple[str, ...]]] = [
    ("", unfit_translations, ()),
    ("views", bare_labels, LABELS),
    ("", own_dress, DRESSERS),
    ("", hex_colours, TOKENS),
    ("", built_sql, ("app/storage/",)),
    ("", chinese, HAN_ALLOWED),
]


@pytest.mark.parametrize(("folder", "rule", "allowed"), RULES)
def test_the_program_keeps(folder: str, rule: Rule, allowed: tuple[str, ...]) -> None:
    found = offences(sources(APP / folder), rule, allowed=allowed)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (unfit_translations, "self.tr(f'Hello {name}')"),
        (unfit_translations, "self.tr(word)"),
        (unfit_translations, "self.tr('one' + two)"),
        (unfit_translations, "QCoreApplication.translate('Till', word)"),
        (unfit_translations, "QCoreApplication.translate(context, 'Sale')"),
        (unfit_translations, "say = QCoreApplication.translate"),
        (unfit_translations, "from app.views.shared.words import translate as tr"),
        (unfit_translations, "tr('Sale')"),
        (unfit_translations, "def tr(word): ..."),
        (bare_labels, "QLabel('x')"),
        (bare_labels, "QtWidgets.QLabel('x')"),
        (bare_labels, "QMessageBox.warning(self, 'a', 'b')"),
        (bare_labels, "class Held(QLabel): ..."),
        (own_dress, "self.setStyleSheet('color: red')"),
        (hex_colours, "INK = '#1c2b36'"),
        (hex_colours, "f'border: 1px solid #D9D9D9; {x}'"),
        (hex_colours, "QColor('#fff')"),
        (built_sql, "session.execute(text(f'select {name}'))"),
        (built_sql, "connection.exec_driver_sql('delete from ' + table)"),
        (built_sql, "connection.execute('select %s' % name)"),
        (built_sql, "text(SELECT + f' from {table}' + BY_NAME)"),
        (built_sql, "connection.execute('select {}'.format(name))"),
        (chinese, "title = '顾客'"),
        (chinese, "f'共 {n} 位顾客'"),
    ],
)
def test_an_offence_is_seen(rule: Rule, text: str) -> None:
    assert rule(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (unfit_translations, "self.tr('%n point(s)', '', count)"),
        (unfit_translations, "self.tr('one ' 'sentence')"),
        (unfit_translations, "QCoreApplication.translate('Till', '%n sale(s)', '', n)"),
        (unfit_translations, "name.translate(FULL_WIDTH)"),
        (unfit_translations, "chunk.translate(None, CONTROLS)"),
        (unfit_translations, "def translate(source):\n    return QCoreApplication.translate(CONTEXT, source)"),
        (bare_labels, "def show(label: QLabel) -> None: ..."),
        (hex_colours, "'''No. #1234 of the day'''\nx = 'complaint #1024'"),
        (built_sql, "session.execute(select(Sale.id))"),
        (built_sql, "session.execute(text('select 1'))"),
        (built_sql, "ALL = text(f'{_SELECT} ORDER BY {BY_NAME}')\nSOME = text(_SELECT + ' WHERE id = 1 ' + BY_NAME)"),
        (chinese, "'''One stage of six (持币待购).'''\nx = 1  # 顾客"),
        (chinese, "language = '简体中文'"),
        (chinese, r"CJK = '\u4e00-\u9fff'"),
    ],
)
def test_what_is_right_passes(rule: Rule, text: str) -> None:
    assert not rule(text)
