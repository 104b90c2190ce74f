"""A service takes the session first and leaves the transaction to whoever opened it."""

import ast

import pytest

from tests.architecture.sources import APP, at, calls, last_name, offences, sources

ENDS = frozenset({"commit", "rollback", "close", "begin"})
OPENERS = frozenset({"Session", "sessionmaker", "create_engine", "open_engine"})


def misplaced_sessions(text: str) -> list[str]:
    """Functions that take a session in any place but the first, under another name, or without its type."""
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [at(function, function.name) for function in functions if not _takes_it_first(function)]


def _takes_it_first(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    named = [argument.arg == "session" for argument in arguments if argument.arg not in {"self", "cls"}]
    typed = [_is_session(argument.annotation) for argument in arguments if argument.arg not in {"self", "cls"}]
    return named == typed and not any(named[1:])


def _is_session(annotation: ast.expr | None) -> bool:
    return annotation is not None and last_name(annotation) == "Session"


def ended_transactions(text: str) -> list[str]:
    """Calls that end, begin or open what the caller holds; a savepoint (`begin_nested`) is the service's own."""
    return [at(call, last_name(call.func)) for call in calls(ast.parse(text)) if _ends(call) or _opens(call)]


def _ends(call: ast.Call) -> bool:
    function = call.func
    return isinstance(function, ast.Attribute) and function.attr in ENDS and last_name(function.value) == "session"


def _opens(call: ast.Call) -> bool:
    return last_name(call.func) in OPENERS


def test_services_take_the_session_first() -> None:
    found = offences(sources(APP / "services"), misplaced_sessions)
    assert not found, "\n".join(found)


def test_services_leave_the_transaction_alone() -> None:
    found = offences(sources(APP / "services"), ended_transactions)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "def redeem(customer_id: int, session: Session): ...",
        "def redeem(session): ...",
        "def redeem(s: Session): ...",
        "def redeem(customer_id: int, *, session: Session): ...",
        "def redeem(session: Engine): ...",
    ],
)
def test_a_session_out_of_place_is_seen(text: str) -> None:
    assert misplaced_sessions(text)


@pytest.mark.parametrize(
    "text",
    ["session.commit()", "session.rollback()", "self.session.close()", "with session.begin(): ...", "Session(engine)"],
)
def test_a_transaction_taken_over_is_seen(text: str) -> None:
    assert ended_transactions(text)


def test_a_proper_service_passes() -> None:
    text = "def redeem(session: Session, customer_id: int, *, at: datetime) -> int:\n    session.flush()"
    assert not misplaced_sessions(text)
    assert not ended_transactions(text)
    assert not ended_transactions("with session.begin_nested(): ...")
