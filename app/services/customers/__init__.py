"""Customer cards."""

from typing import TYPE_CHECKING

from app.facade import facade

if TYPE_CHECKING:
    from app.services.customers.bulk_edit import (
        BulkChange,
        BulkKind,
        BulkPreview,
        Foreseen,
        TagUnsaid,
        bulk_edit,
        preview_bulk_edit,
        undo_bulk_edit,
    )
    from app.services.customers.card import Card, Fact, card
    from app.services.customers.cards import add, archive, edit, set_field, unarchive
    from app.services.customers.checks import confirm_field
    from app.services.customers.consents import Consents, Decision, consents, record_consent
    from app.services.customers.custom_fields import (
        CustomFieldRow,
        FieldNameTaken,
        FieldNeedsAName,
        FieldNeedsChoices,
        add_field,
        archive_field,
        custom_fields,
        edit_field,
        move_field,
        unarchive_field,
    )
    from app.services.customers.drafts import (
        ChangedElsewhere,
        CreditRefused,
        CustomerDraft,
        CustomValueRefused,
        Labelled,
        NoSuchHousehold,
        NothingToCallThem,
        PersonalDiscountRefused,
        PhoneUnreadable,
        ReferrerRefused,
    )
    from app.services.customers.facts import EmptyFact, FactGone, pin_fact, reword_fact, unpin
    from app.services.customers.families import Person
    from app.services.customers.figures import Drift, drift, refresh
    from app.services.customers.happenings import (
        AnswerTold,
        ComplaintTold,
        ConsentTold,
        ContactTold,
        FollowUpTold,
        GoodsLine,
        PointsTold,
        SaleTold,
        TierTold,
    )
    from app.services.customers.households import HouseholdSeen, join_household, leave_household, name_household
    from app.services.customers.known import NoSuchCustomer, by_external_id, known
    from app.services.customers.lists import (
        EVERYONE,
        Counts,
        CustomerRow,
        Only,
        Order,
        SortBy,
        count,
        counts,
        ids_of_page,
        keep,
        page,
        place,
        rows,
        tags,
    )
    from app.services.customers.opening import Opened, opened
    from app.services.customers.personal_prices import (
        PersonalPriceRefused,
        PersonalPriceRow,
        drop_personal_price,
        personal_prices,
        set_personal_price,
    )
    from app.services.customers.photos import NotAPhoto, PhotoTooLarge, drop_photo, photo, set_photo
    from app.services.customers.referrals import Referral, Referrals, referrals, set_referrer
    from app.services.customers.relations import OneselfRelated, Related, RelationUnsaid, relate, relations, unrelate
    from app.services.customers.rhythm import silent
    from app.services.customers.selecting import sources, values_of
    from app.services.customers.selling import (
        Audience,
        MaySell,
        OpenCase,
        audience,
        braked,
        held_back,
        may_sell,
        open_cases,
    )
    from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks
    from app.services.customers.timeline import Cursor, Entry, Kind, timeline, timeline_count
    from app.services.customers.whole_base import NOBODY, BaseCompleteness, Gathered, base_completeness, lacking
else:
    facade(
        __name__,
        bulk_edit="BulkChange BulkKind BulkPreview Foreseen TagUnsaid bulk_edit preview_bulk_edit undo_bulk_edit",
        card="Card Fact card",
        cards="add archive edit set_field unarchive",
        checks="confirm_field",
        consents="Consents Decision consents record_consent",
        custom_fields=(
            "CustomFieldRow FieldNameTaken FieldNeedsAName FieldNeedsChoices add_field archive_field "
            "custom_fields edit_field move_field unarchive_field"
        ),
        drafts=(
            "ChangedElsewhere CreditRefused CustomerDraft CustomValueRefused Labelled NoSuchHousehold "
            "NothingToCallThem PersonalDiscountRefused PhoneUnreadable ReferrerRefused"
        ),
        facts="EmptyFact FactGone pin_fact reword_fact unpin",
        families="Person",
        figures="Drift drift refresh",
        happenings=(
            "AnswerTold ComplaintTold ConsentTold ContactTold FollowUpTold GoodsLine PointsTold SaleTold TierTold"
        ),
        households="HouseholdSeen join_household leave_household name_household",
        known="NoSuchCustomer by_external_id known",
        lists="EVERYONE Counts CustomerRow Only Order SortBy count counts ids_of_page keep page place rows tags",
        opening="Opened opened",
        personal_prices="PersonalPriceRefused PersonalPriceRow drop_personal_price personal_prices set_personal_price",
        photos="NotAPhoto PhotoTooLarge drop_photo photo set_photo",
        referrals="Referral Referrals referrals set_referrer",
        relations="OneselfRelated Related RelationUnsaid relate relations unrelate",
        rhythm="silent",
        selecting="sources values_of",
        selling="Audience MaySell OpenCase audience braked held_back may_sell open_cases",
        tier_marks="NO_TIER TierMark tier_marks",
        timeline="Cursor Entry Kind timeline timeline_count",
        whole_base="NOBODY BaseCompleteness Gathered base_completeness lacking",
    )
