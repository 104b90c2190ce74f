"""One place decides whether somebody may be sold to: nothing else looks at the state of complaints for that."""

import ast
import re

import pytest

from tests.architecture.sources import APP, at, docstrings, last_name, offences, sources

DECIDES = ("app/domain/complaints.py", "app/services/customers/selling.py")
THE_LOG = ("app/services/complaints/", "app/views/complaints/", "app/models/", "app/services/sample/")
"""The complaint log itself, its tables and its sample: they are about states."""
A_STORED_FIGURE = (
    "app/services/customers/figures.py",
    "app/services/customers/lists.py",
    "app/services/search/hits.py",
    "app/views/customers/people_list.py",
    "app/views/shared/hit_rows.py",
)
"""How many complaints of somebody are open, kept, filtered by and shown as a fact beside a name."""
OTHERWISE = (
    "app/services/followups/automatic/",
    "app/services/insights/cases.py",
    "app/services/privacy/foreseeing.py",
    "app/views/privacy/erasing.py",
)
"""Rules that call back after a case; the stage and phase of a customer; what erasing would leave behind."""
_OF_CASES = re.compile(r"\bcomplaints\b.*\bstate\b", re.DOTALL | re.IGNORECASE)


def own_brakes(text: str) -> list[str]:
    """Where a file asks for itself whether a complaint is open."""
    tree = ast.parse(text)
    spoken = docstrings(tree)
    return [at(node, what) for node in ast.walk(tree) if node not in spoken and (what := _asks(node))]


def _asks(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and node.attr == "state" and last_name(node.value) == "Complaint":
        return "Complaint.state"
    if isinstance(node, ast.Attribute | ast.Name) and last_name(node) == "open_complaints":
        return "open_complaints"
    if isinstance(node, ast.Call) and last_name(node.func) == "brakes":
        return "brakes"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if "open_complaints" in node.value:
            return "open_complaints"
        if _OF_CASES.search(node.value):
            return "a statement about the states of complaints"
    return ""


def test_only_one_place_decides_who_may_be_sold_to() -> None:
    allowed = (*DECIDES, *THE_LOG, *A_STORED_FIGURE, *OTHERWISE)
    found = offences(sources(APP), own_brakes, allowed=allowed)
    assert not found, "ask app.services.customers.selling:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "if person.open_complaints: skip()",
        "select(Customer.id).where(CustomerFigures.open_complaints > 0)",
        "select(Complaint.customer_id).where(Complaint.state != 'closed')",
        "if brakes(case.state): skip()",
        "_SQL = \"SELECT customer_id FROM complaints WHERE state <> 'closed'\"",
        "_SQL = 'SELECT f.open_complaints FROM customer_figures f'",
    ],
)
def test_a_brake_of_its_own_is_seen(text: str) -> None:
    assert own_brakes(text)


def test_asking_the_one_place_passes() -> None:
    assert not own_brakes('"""Complaints have a state."""\nif not may_sell(session, who).allowed: skip()')
