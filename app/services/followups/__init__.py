"""Follow-ups: what is to be done for whom, and the day's list."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
    from app.services.followups.after_contact import log_and_book
    from app.services.followups.automatic.next_contact import NextContact, next_contact
    from app.services.followups.automatic.previewing import RulePreview, preview_rule, preview_rules
    from app.services.followups.automatic.running import Ran, run_rules
    from app.services.followups.automatic.stored import (
        RuleChanged,
        RuleRow,
        add_cadence,
        change_rule,
        found_rules,
        move_rule,
        rules,
        switch_rule,
    )
    from app.services.followups.automatic.taking_back import put_run_back, undo_run
    from app.services.followups.birthdays import BirthdayRow, birthdays
    from app.services.followups.booking import book, edit, finish, reopen, snooze
    from app.services.followups.by_rules import matters
    from app.services.followups.calendar import DayPlan, Mark, Strip, Whose, day, days, next_planned
    from app.services.followups.day_figures import DayFigures, day_figures
    from app.services.followups.decisions import Decision, DecisionKind, decisions
    from app.services.followups.drafts import FollowUpChanged, FollowUpDraft, FollowUpGone, NothingToDo
    from app.services.followups.facts import Facts
    from app.services.followups.handing_over import (
        Holder,
        Load,
        NobodyThere,
        NotYours,
        Which,
        hand_over,
        hand_over_own,
        holders,
        load_of,
    )
    from app.services.followups.later import Later, put_off
    from app.services.followups.messages import MayWrite, MessageFacts, message_facts
    from app.services.followups.moving import Spot, move_many
    from app.services.followups.occasions import HandedOut, due_already, hand_out_coupons
    from app.services.followups.reminding import Reminder, remind, reminder_rule, reminders_due
    from app.services.followups.rows import FollowUpRow, followup, ids_due
    from app.services.followups.scopes import move_occurrence, remove_occurrence
    from app.services.followups.series import SeriesRow, extend_series, next_days, series
    from app.services.followups.taking_up import (
        Taken,
        finish_many,
        log_and_finish,
        log_and_put_off,
        remove_many,
        snooze_many,
        take_up,
    )
    from app.services.followups.today import TodayList, TodayRow, due_count, today
    from app.services.followups.unbooked import Matter, Matters
else:
    facade(
        __name__,
        after_contact="log_and_book",
        birthdays="BirthdayRow birthdays",
        booking="book edit finish reopen snooze",
        by_rules="matters",
        calendar="DayPlan Mark Strip Whose day days next_planned",
        day_figures="DayFigures day_figures",
        decisions="Decision DecisionKind decisions",
        drafts="FollowUpChanged FollowUpDraft FollowUpGone NothingToDo",
        facts="Facts",
        handing_over="Holder Load NobodyThere NotYours Which hand_over hand_over_own holders load_of",
        later="Later put_off",
        messages="MayWrite MessageFacts message_facts",
        moving="Spot move_many",
        occasions="HandedOut due_already hand_out_coupons",
        reminding="Reminder remind reminder_rule reminders_due",
        rows="FollowUpRow followup ids_due",
        scopes="move_occurrence remove_occurrence",
        series="SeriesRow extend_series next_days series",
        taking_up="Taken finish_many log_and_finish log_and_put_off remove_many snooze_many take_up",
        today="TodayList TodayRow due_count today",
        unbooked="Matter Matters",
        **{
            "automatic.previewing": "RulePreview preview_rule preview_rules",
            "automatic.next_contact": "NextContact next_contact",
            "automatic.running": "Ran run_rules",
            "automatic.stored": ("RuleChanged RuleRow add_cadence change_rule found_rules move_rule rules switch_rule"),
            "automatic.taking_back": "put_run_back undo_run",
        },
    )
