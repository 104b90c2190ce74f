"""The words of a message to a customer, ready to be pasted into WeChat or a text message and changed there."""

from PySide6.QtCore import QCoreApplication

from app.domain.followups import FollowUpKind
from app.services.followups import MayWrite, MessageFacts
from app.views.shared import paint
from app.views.shared.people_words import on_day


def message(facts: MessageFacts, kind: FollowUpKind, shop: str) -> str:
    """A starter in the language on screen: it greets by name, says why, and is signed by the shop."""
    body = _complaint() if facts.may is MayWrite.CARE else _body(facts, kind)
    said = QCoreApplication.translate("TodayMessages", "Dear {name}, {body} — {shop}")
    if facts.sells:
        said = QCoreApplication.translate("TodayMessages", "Dear {name}, {body} — {shop} (reply T for no more offers)")
    return said.replace("{body}", body).replace("{name}", facts.name).replace("{shop}", shop)


def _body(facts: MessageFacts, kind: FollowUpKind) -> str:
    if kind is FollowUpKind.POINTS_EXPIRING and facts.points and facts.points_by:
        said = QCoreApplication.translate(
            "TodayMessages", "{points} of your points end on {day}. Shall I keep something for you until then?"
        )
        day = on_day(facts.points_by, facts.points_by)
        return said.replace("{points}", paint.figure(facts.points)).replace("{day}", day)
    return {
        FollowUpKind.BIRTHDAY: QCoreApplication.translate(
            "TodayMessages", "happy birthday! All of us wish you health and a year you enjoy."
        ),
        FollowUpKind.THANKS: QCoreApplication.translate(
            "TodayMessages", "thank you for coming by. How do you like what you took home?"
        ),
        FollowUpKind.REORDER: QCoreApplication.translate(
            "TodayMessages", "what you usually take may be running low. Shall I put some aside for you?"
        ),
        FollowUpKind.POINTS_EXPIRING: QCoreApplication.translate(
            "TodayMessages", "some of your points end soon. Shall I tell you what they are good for?"
        ),
        FollowUpKind.SILENCE: QCoreApplication.translate(
            "TodayMessages", "we have not seen you for a while and hope you are well. Is there anything we can do?"
        ),
        FollowUpKind.QUOTE: QCoreApplication.translate(
            "TodayMessages", "have you had time to look at our offer? I gladly answer what is still open."
        ),
        FollowUpKind.COMPLAINT_CALLBACK: _complaint(),
    }.get(kind, QCoreApplication.translate("TodayMessages", "how are you? Tell me if there is anything we can do."))


def _complaint() -> str:
    return QCoreApplication.translate(
        "TodayMessages", "I am sorry about what went wrong. I am looking after it myself; when may I call you?"
    )
