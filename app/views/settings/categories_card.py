"""What complaints are about, as this shop sorts it: what the entry offers, in its own words and order."""

from app.services import complaints
from app.views.settings.named_list import NamedList, Services
from app.views.shared.category_words import category_words


class CategoriesCard(NamedList):
    services = Services(
        rows=complaints.categories,
        add=complaints.add_category,
        rename=complaints.rename_category,
        move=complaints.move_category,
        archive=complaints.archive_category,
        unarchive=complaints.unarchive_category,
        words=lambda row: category_words(row.code),
    )

    def retranslate(self) -> None:
        self.say(
            self.tr("Categories of complaints"),
            self.tr("What a complaint is about is chosen from these; the first nine by a digit."),
            self.tr("No category yet: N adds one."),
        )
        self._show()

    def dialog_title(self, *, new: bool) -> str:
        return self.tr("New category") if new else self.tr("Category of complaints")
