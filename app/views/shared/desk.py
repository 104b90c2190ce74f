"""What every screen is handed: the gateway, the clock, how this shop writes money, and where to send a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from app.domain.loyalty.rules import RulesDraft
from app.domain.money import format_money
from app.services.settings import ShopSettings, settings
from app.views.shared import look
from app.views.shared.gateway import Gateway


@dataclass(frozen=True, slots=True)
class OpenCustomer:
    """Show this card."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class ShowCustomers:
    """Show these people in the customer list, under a title that says who they are."""

    title: str
    customer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NewCustomer:
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShowLookAlikes:
    """Show the cards that look like one person."""


@dataclass(frozen=True, slots=True)
class MergeCards:
    """Put two cards side by side to merge them; without the other, ask for it first."""

    customer_id: int
    other_id: int | None = None


@dataclass(frozen=True, slots=True)
class TakeApart:
    """Ask whether this merge, one of those that made this card, is to be taken back."""

    customer_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class SellTo:
    """Open the till for this customer (None: as it stands)."""

    customer_id: int | None


@dataclass(frozen=True, slots=True)
class ShowGoods:
    """Show the list of goods, perhaps with this article chosen."""

    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class SellGoods:
    """Put this article on the ticket of the till."""

    product_id: int


@dataclass(frozen=True, slots=True)
class ShowMemberCard:
    """Show somebody's member card, or give one."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class PrintMemberCards:
    """Put the member cards of these people on paper."""

    customer_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scanned:
    """A scanner read this code, or somebody typed it where codes are typed."""

    code: str


@dataclass(frozen=True, slots=True)
class OpenSale:
    """Show this bill: a sale or a return, with what can be done with it."""

    sale_id: int


@dataclass(frozen=True, slots=True)
class TakeReturn:
    """Take goods back: of this sale, or of one that is still to be found."""

    sale_id: int | None = None


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Count the drawer and close the day."""


@dataclass(frozen=True, slots=True)
class ShowHeld:
    """Show what somebody holds besides points."""

    customer_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LogContact:
    customer_id: int | None


@dataclass(frozen=True, slots=True)
class EditContact:
    """Mend a contact that is in the log."""

    contact_id: int


@dataclass(frozen=True, slots=True)
class LogComplaint:
    """Log a complaint, perhaps with words that were said already; out of a contact, which then says so.

    From the till: about the bill that was just charged.
    """

    customer_id: int | None
    words: str = ""
    contact_id: int | None = None
    sale_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    complaint_id: int


@dataclass(frozen=True, slots=True)
class BookFollowUp:
    customer_id: int | None
    day: date | None = None
    hour: time | None = None


@dataclass(frozen=True, slots=True)
class EditFollowUp:
    followup_id: int


@dataclass(frozen=True, slots=True)
class ShowFollowUp:
    """Show it in the day's list, or open it where it is not in that."""

    followup_id: int


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Go to a place of the rail by its name, as in `app.views.shell.places`."""

    place: str


@dataclass(frozen=True, slots=True)
class GiveTier:
    """Give this customer a tier by hand, and show every move they made."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class EditRules:
    """Change what purchases earn, from a draft or from what is in force."""

    draft: RulesDraft | None = None


@dataclass(frozen=True, slots=True)
class TryRules:
    """Show what other rules would have given last year."""

    draft: RulesDraft


@dataclass(frozen=True, slots=True)
class GiveBonus:
    """Give points to many: these people, or those of a tier."""

    customer_ids: tuple[int, ...] = ()
    tier_rank: int | None = None


@dataclass(frozen=True, slots=True)
class BringIn:
    """Open the import wizard, perhaps with a file already chosen or dropped."""

    path: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BringArchive:
    """Make a shop of its own of an archive, perhaps chosen already."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class ShowImports:
    """Show what was brought in so far, each to be taken back; perhaps one of them, with what would stay of it."""

    batch: int = 0


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Open the export, perhaps of one kind, or of these customers or follow-ups alone."""

    kind: str = ""
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowConsents:
    """Show what somebody allowed, and note what they say now."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class HandOverPerson:
    """Write all that is kept about somebody into a file for them."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Ask whether somebody is to be erased at their wish."""

    customer_id: int


@dataclass(frozen=True, slots=True)
class Relook:
    """Change how this computer shows the program; what is empty or 0 stays. `theme` is light, dark or system."""

    language: str = ""
    theme: str = ""
    scale: float = 0.0


Request = (
    OpenCustomer
    | ShowCustomers
    | NewCustomer
    | ShowLookAlikes
    | MergeCards
    | TakeApart
    | SellTo
    | OpenSale
    | TakeReturn
    | CloseDay
    | ShowGoods
    | SellGoods
    | ShowMemberCard
    | PrintMemberCards
    | Scanned
    | ShowHeld
    | LogContact
    | EditContact
    | LogComplaint
    | OpenComplaint
    | BookFollowUp
    | EditFollowUp
    | ShowFollowUp
    | OpenPlace
    | EditRules
    | TryRules
    | GiveTier
    | GiveBonus
    | BringIn
    | BringArchive
    | ShowImports
    | TakeOut
    | ShowConsents
    | HandOverPerson
    | ErasePerson
    | Relook
)


class Desk(QObject):
    """One a window. Screens never know each other: they `ask` for something, and the shell does it."""

    asked = Signal(object)
    """A `Request` for the shell."""
    told = Signal(str)
    """A sentence to show as a toast without undo."""
    declined = Signal(str)
    """A sentence that says why something is not done, where no service refused it."""
    settings_changed = Signal()
    due_counted = Signal(int)
    """How many there are to do today, with what nobody booked: the day's list knows, the rail does not."""

    def __init__(self, gateway: Gateway, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gateway, self.now = gateway, clock
        self.step_back: Callable[[], bool] = lambda: False
        """Goes back to the day's list from a card that was opened there; False where it was not. The shell gives it."""
        self.settings: ShopSettings = gateway.read(settings)
        gateway.changed.connect(self._on_changed)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)

    def today(self) -> date:
        """The shop's own day."""
        return self.day_of(self.now())

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def money(self, minor: int, *, drop_zeros: bool = False) -> str:
        """An amount of minor units in the shop's currency, as the language on screen writes it."""
        return format_money(minor, self.settings.currency, look.current().language, drop_zeros=drop_zeros)

    def ask(self, request: Request) -> None:
        self.asked.emit(request)

    def tell(self, words: str) -> None:
        self.told.emit(words)

    def decline(self, words: str) -> None:
        """Say why something is not done."""
        self.declined.emit(words)

    def _on_changed(self, changes: object) -> None:
        features = getattr(changes, "features", frozenset({"settings"}))
        if "settings" in features:
            self.settings = self.gateway.read(settings)
            self.settings_changed.emit()
