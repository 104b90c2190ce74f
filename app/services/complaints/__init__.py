"""The complaint log."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
    from app.services.complaints.attachments import AttachedAlready, AttachmentRow, attach, attachments, detach
    from app.services.complaints.board import CLOSED_DAYS, CLOSED_SHOWN, Board, Lane, board, unsettled
    from app.services.complaints.calling import GIVEN_UP_AFTER, call_back, calls_due
    from app.services.complaints.cards import CaseCard, Who
    from app.services.complaints.case import Case, CaseEvent, CauseOfCase, GoodsOfCase, Promise, SaleOfCase, case
    from app.services.complaints.categories import (
        CategoryNameTaken,
        CategoryNeedsAName,
        CategoryRow,
        LastCategory,
        add_category,
        archive_category,
        categories,
        found_categories,
        move_category,
        rename_category,
        unarchive_category,
    )
    from app.services.complaints.cause import CauseDraft, assign, say_cause
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
    from app.services.complaints.escalating import escalate, escalated, to_escalate
    from app.services.complaints.filters import EVERY_CASE, CaseFilter, use_of
    from app.services.complaints.learning.cases import Cause
    from app.services.complaints.learning.compared import Compared
    from app.services.complaints.learning.days import Days
    from app.services.complaints.learning.groups import By
    from app.services.complaints.learning.learned import Learned, learned
    from app.services.complaints.learning.months import MonthOfCases
    from app.services.complaints.listing import MOST_PRESSING, CaseOrder, SortBy, count, ids_of_page, page, place
    from app.services.complaints.margin import LeftOver, customer_margin, margin_of_shop, product_margin, sale_margin
    from app.services.complaints.marks import AnsweredAlready, CaseMark, answer
    from app.services.complaints.moving import move
    from app.services.complaints.overdue import OverdueCase, overdue
    from app.services.complaints.payback import Payback, payback
    from app.services.complaints.rates import PerSales, Rates, rates
    from app.services.complaints.remedies import (
        NobodyToGive,
        NothingGivenYet,
        RemedyRow,
        ReturnNotThere,
        ReturnRow,
        give_remedy,
        remedies,
        returns_to_tell,
        take_back_remedy,
        undo_remedy,
        untold_returns,
    )
    from app.services.complaints.remedy_cost import RemedyDraft, remedy_cost
    from app.services.complaints.settled import redo_settled, undo_settled
    from app.services.complaints.views import (
        SHIPPED,
        SavedView,
        ViewNameTaken,
        ViewNeedsAName,
        change_view,
        drop_view,
        save_view,
        saved_views,
    )
else:
    facade(
        __name__,
        attachments="AttachedAlready AttachmentRow attach attachments detach",
        board="CLOSED_DAYS CLOSED_SHOWN Board Lane board unsettled",
        calling="GIVEN_UP_AFTER call_back calls_due",
        cards="CaseCard Who",
        case="Case CaseEvent CauseOfCase GoodsOfCase Promise SaleOfCase case",
        categories=(
            "CategoryNameTaken CategoryNeedsAName CategoryRow LastCategory add_category archive_category categories "
            "found_categories move_category rename_category unarchive_category"
        ),
        cause="CauseDraft assign say_cause",
        causes=(
            "CauseNameTaken CauseNeedsAName CauseRow add_cause archive_cause causes found_causes move_cause "
            "rename_cause unarchive_cause"
        ),
        clocks="CaseClock",
        drafts="ANSWERS CATEGORIES CaseChanged ComplaintDraft NoCategory NoSuchAnswer NothingSaid",
        entry="edit log next_number",
        escalating="escalate escalated to_escalate",
        filters="EVERY_CASE CaseFilter use_of",
        listing="MOST_PRESSING CaseOrder SortBy count ids_of_page page place",
        margin="LeftOver customer_margin margin_of_shop product_margin sale_margin",
        marks="AnsweredAlready CaseMark answer",
        moving="move",
        payback="Payback payback",
        remedies=(
            "NobodyToGive NothingGivenYet RemedyRow ReturnNotThere ReturnRow give_remedy remedies returns_to_tell "
            "take_back_remedy undo_remedy untold_returns"
        ),
        remedy_cost="RemedyDraft remedy_cost",
        overdue="OverdueCase overdue",
        rates="PerSales Rates rates",
        settled="redo_settled undo_settled",
        views="SHIPPED SavedView ViewNameTaken ViewNeedsAName change_view drop_view save_view saved_views",
        **{
            "learning.cases": "Cause",
            "learning.compared": "Compared",
            "learning.days": "Days",
            "learning.groups": "By",
            "learning.learned": "Learned learned",
            "learning.months": "MonthOfCases",
        },
    )
