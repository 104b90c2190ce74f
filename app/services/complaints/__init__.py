"""The complaint log."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
    from app.services.complaints.board import CLOSED_DAYS, CLOSED_SHOWN, Board, Lane, board, unsettled
    from app.services.complaints.cards import CaseCard, Who
    from app.services.complaints.case import Case, CaseEvent, SaleOfCase, case
    from app.services.complaints.causes import (
        CauseNameTaken,
        CauseNeedsAName,
        CauseRow,
        add_cause,
        archive_cause,
        causes,
        found_causes,
        move_cause,
        rename_cause,
        unarchive_cause,
    )
    from app.services.complaints.clocks import CaseClock
    from app.services.complaints.drafts import (
        ANSWERS,
        CATEGORIES,
        CaseChanged,
        ComplaintDraft,
        NoCategory,
        NoSuchAnswer,
        NothingSaid,
    )
    from app.services.complaints.entry import edit, log, next_number
    from app.services.complaints.moving import move
    from app.services.complaints.rates import PerSales, Rates, rates
else:
    facade(
        __name__,
        board="CLOSED_DAYS CLOSED_SHOWN Board Lane board unsettled",
        cards="CaseCard Who",
        case="Case CaseEvent SaleOfCase case",
        causes=(
            "CauseNameTaken CauseNeedsAName CauseRow add_cause archive_cause causes found_causes move_cause "
            "rename_cause unarchive_cause"
        ),
        clocks="CaseClock",
        drafts="ANSWERS CATEGORIES CaseChanged ComplaintDraft NoCategory NoSuchAnswer NothingSaid",
        entry="edit log next_number",
        moving="move",
        rates="PerSales Rates rates",
    )
