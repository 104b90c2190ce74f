"""Whether a shop may sell to somebody, and what stands in the way (semantics.md: the brake; consent)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.interactions import Channel

AT_THE_COUNTER = Channel.VISIT
"""They are here, or find it when they come: nobody is written to or called, so no consent is asked for."""


class Barrier(StrEnum):
    """What stands in the way, the weightiest first: a person who is counted once is counted under the first."""

    ERASED = "erased"
    ARCHIVED = "archived"
    COMPLAINT = "complaint"
    """The brake: a case of theirs is not closed."""
    DO_NOT_CONTACT = "do_not_contact"
    NO_CONSENT = "no_consent"
    """They never said yes to this channel, or said no since."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person who answers for their cards."""

    erased: bool = False
    archived: bool = False
    complaint: bool = False
    do_not_contact: bool = False
    consent: bool = False
    """The newest word on the channel is a yes; of no meaning where no channel is chosen."""


def barriers(known: Known, channel: Channel | None) -> tuple[Barrier, ...]:
    """Everything that forbids selling by this channel; None: by one that is still to be chosen, so consent waits.

    At the counter neither "do not contact" nor consent matters: nobody is contacted.
    """
    contacted = channel is not AT_THE_COUNTER
    found = {
        Barrier.ERASED: known.erased,
        Barrier.ARCHIVED: known.archived,
        Barrier.COMPLAINT: known.complaint,
        Barrier.DO_NOT_CONTACT: contacted and known.do_not_contact,
        Barrier.NO_CONSENT: contacted and channel is not None and not known.consent,
    }
    return tuple(barrier for barrier, stands in found.items() if stands)
