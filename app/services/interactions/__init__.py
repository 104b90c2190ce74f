"""The contact log."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
    from app.services.interactions.complaining import open_complaint
    from app.services.interactions.drafts import (
        Answered,
        ContactChanged,
        ContactDraft,
        ContactGone,
        ContactRow,
        ContactSeen,
        NobodyToLog,
    )
    from app.services.interactions.log import edit_contact, log_contact, remove_contact
    from app.services.interactions.reading import ServiceRatio, contact, contacts, service_ratio
    from app.services.interactions.replies import ReplySeen, replies_that_worked
    from app.services.interactions.scripts import (
        QuestionDraft,
        QuestionNeedsChoices,
        QuestionNeedsWords,
        QuestionRow,
        ScriptNameTaken,
        ScriptNeedsAName,
        ScriptRow,
        add_question,
        add_script,
        archive_question,
        archive_script,
        edit_question,
        edit_script,
        move_question,
        move_script,
        scripts,
        unarchive_question,
        unarchive_script,
    )
else:
    facade(
        __name__,
        complaining="open_complaint",
        drafts="Answered ContactChanged ContactDraft ContactGone ContactRow ContactSeen NobodyToLog",
        log="edit_contact log_contact remove_contact",
        reading="ServiceRatio contact contacts service_ratio",
        replies="ReplySeen replies_that_worked",
        scripts=(
            "QuestionDraft QuestionNeedsChoices QuestionNeedsWords QuestionRow ScriptNameTaken ScriptNeedsAName "
            "ScriptRow add_question add_script archive_question archive_script edit_question edit_script "
            "move_question move_script scripts unarchive_question unarchive_script"
        ),
    )
