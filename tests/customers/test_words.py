"""How goods and staff are called on a card, in both languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.interactions import Channel, Direction, Purpose
from app.domain.money import QUANTITY_UNITS
from app.services.customers import AnswerTold, ContactTold, GoodsLine
from app.views.customers.words import contact_line, goods_words
from app.views.shared import look
from app.views.shared.people_words import staff_name
from app.views.shared.translator import interpreter


@pytest.fixture
def speaking_english(qapp: QApplication) -> None:
    look.apply(qapp, language="en")
    interpreter(qapp).speak("en")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    speaker = interpreter(qapp)
    look.apply(qapp, language="zh_CN")
    speaker.speak("zh_CN")
    yield
    look.apply(qapp, language="en")
    speaker.speak("en")


@pytest.mark.parametrize(
    ("pieces", "unit", "said"),
    [
        ("1", "tin", "Longjing 1 tin"),
        ("2", "tin", "Longjing 2 tins"),
        ("2", "box", "Longjing 2 boxes"),
        ("2", "pcs", "Longjing 2 pcs"),
        ("2", "kg", "Longjing 2 kg"),
        ("2", "袋", "Longjing 2 袋"),
        ("1", "", "Longjing"),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_english_counts_pieces(pieces: str, unit: str, said: str) -> None:
    assert goods_words(GoodsLine("Longjing", int(pieces) * QUANTITY_UNITS, unit)) == said


@pytest.mark.usefixtures("chinese")
def test_chinese_leaves_units_and_knows_the_owner() -> None:
    assert goods_words(GoodsLine("龙井", 2 * QUANTITY_UNITS, "tin")) == "龙井 2 tin"
    assert staff_name("owner") == "老板"
    assert staff_name("李芳") == "李芳"


@pytest.mark.usefixtures("speaking_english")
def test_a_contact_tells_its_objection_what_was_shown_and_what_was_answered() -> None:
    told = ContactTold(
        Channel.VISIT,
        Direction.IN,
        Purpose.SELL,
        True,
        "Looked around",
        objection="Too dear",
        reply="Smaller tin",
        reply_worked=True,
        demonstrated="Brewed it",
        quoted="Two tins, ¥180",
        answers=(AnswerTold("For whom?", "her mother"), AnswerTold("送给谁？", "长辈"), AnswerTold("Budget", "200")),
    )
    said = "Looked around · “Too dear” → Smaller tin (worked) · shown: Brewed it · quoted: Two tins, ¥180"
    assert contact_line(told) == f"{said} · For whom? her mother · 送给谁？长辈 · Budget: 200"
