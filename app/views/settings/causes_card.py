"""What complaints come from, as this shop sorts it: the list a cause is chosen from, in its own words and order."""

from app.services import complaints
from app.services.complaints import CauseRow
from app.views.settings.named_list import NamedList, Services
from app.views.shared.cause_words import cause_words


def _kept(row: CauseRow, name: str) -> str:
    """Of a shipped cause its usual word is no name of its own."""
    return "" if name == cause_words(row.code) else name


class CausesCard(NamedList):
    services = Services(
        rows=complaints.causes,
        add=complaints.add_cause,
        rename=complaints.rename_cause,
        move=complaints.move_cause,
        archive=complaints.archive_cause,
        unarchive=complaints.unarchive_cause,
        words=lambda row: cause_words(row.code, row.name),
        kept=_kept,
    )

    def retranslate(self) -> None:
        self.say(
            self.tr("Causes of complaints"),
            self.tr("What a case came from is chosen from these; the first nine by a digit."),
            self.tr("No cause yet: N adds one."),
        )
        self._show()

    def dialog_title(self, *, new: bool) -> str:
        return self.tr("New cause") if new else self.tr("Cause of complaints")
