"""The tests wait for conditions and not for time, use the program and not a mock of it, and type what Qt can type."""

import ast

import pytest

from tests.architecture.sources import TESTS, Rule, at, calls, last_name, offences, sources, words


def waits_for_time(text: str) -> list[str]:
    """time.sleep, qtbot.wait, QTest.qWait: long enough here is too short elsewhere."""
    tree = ast.parse(text)
    slept = [call for call in calls(tree) if isinstance(call.func, ast.Attribute) and _is_wait(call.func)]
    slept_by_name = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and _imports_sleep(node)]
    return [at(node, "waits for time") for node in [*slept, *slept_by_name]]


def _is_wait(function: ast.Attribute) -> bool:
    owner = last_name(function.value)
    return (owner, function.attr) in {("time", "sleep"), ("qtbot", "wait"), ("QTest", "qWait"), ("QTest", "qSleep")}


def _imports_sleep(node: ast.ImportFrom) -> bool:
    return node.module == "time" and any(name.name == "sleep" for name in node.names)


def mocks_of_the_program(text: str) -> list[str]:
    """Uses of unittest.mock on anything of ours: such a test asks the mock."""
    tree = ast.parse(text)
    mocks, ours = _taken_from(tree, "unittest"), _taken_from(tree, "app")
    mocking = [call for call in calls(tree) if _first_name(call.func) in mocks]
    return [at(call, "mocks the program") for call in mocking if _names_ours(call, ours)]


def _taken_from(tree: ast.AST, package: str) -> set[str]:
    """The names that `from package.… import` brings."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    wanted = [node for node in imports if str(node.module).split(".")[0] == package]
    return {name.asname or name.name for node in wanted for name in node.names}


def _first_name(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return last_name(node)


def _names_ours(call: ast.Call, ours: set[str]) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    said = [word for node in given for word in words(node)]
    return any(f"{word}.".startswith("app.") for word in said) or any(_first_name(node) in ours for node in given)


def unprintable_keys(text: str) -> list[str]:
    """keyClicks with a letter outside ASCII aborts the interpreter: send a QInputMethodEvent instead."""
    typed = [call for call in calls(ast.parse(text)) if last_name(call.func) in {"keyClicks", "keyClick"}]
    return [at(call, "types what is not ASCII") for call in typed if not all(map(_is_ascii, call.args))]


def _is_ascii(node: ast.expr) -> bool:
    return all(word.isascii() for word in words(node))


RULES: list[Rule] = [waits_for_time, mocks_of_the_program, unprintable_keys]


@pytest.mark.parametrize("rule", RULES)
def test_the_tests_keep(rule: Rule) -> None:
    found = offences(sources(TESTS), rule)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (waits_for_time, "time.sleep(1)"),
        (waits_for_time, "from time import sleep"),
        (waits_for_time, "qtbot.wait(200)"),
        (waits_for_time, "QTest.qWait(200)"),
        (mocks_of_the_program, "from unittest.mock import patch\nwith patch('app.services.loyalty.redeem'): ..."),
        (
            mocks_of_the_program,
            "from unittest import mock\nfrom app.views import Gateway\nmock.patch.object(Gateway, 'x')",
        ),
        (mocks_of_the_program, "from app.views import Gateway\nfrom unittest.mock import Mock\ng = Mock(spec=Gateway)"),
        (unprintable_keys, "qtbot.keyClicks(box, '王小明')"),
        (unprintable_keys, "QTest.keyClicks(box, 'Renée')"),
        (unprintable_keys, "qtbot.keyClicks(box, f'é{name}')"),
    ],
)
def test_an_offence_is_seen(rule: Rule, text: str) -> None:
    assert rule(text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (waits_for_time, "qtbot.waitUntil(lambda: done)"),
        (mocks_of_the_program, "from unittest.mock import patch\nwith patch('smtplib.SMTP'): ..."),
        (unprintable_keys, "qtbot.keyClicks(box, 'wangxm')"),
    ],
)
def test_what_is_right_passes(rule: Rule, text: str) -> None:
    assert not rule(text)
