"""What every write passes before its commit: erased cards stay empty; tiers, figures and search words are rebuilt."""

from app.services.complaints.kept_clocks import refresh_touched as refresh_clocks
from app.services.customers.figures import refresh_touched as refresh_figures
from app.services.loyalty.rule_changes import refresh_on_new_rules
from app.services.privacy.keeping import keep_empty
from app.services.search.index import refresh_touched as refresh_search
from app.storage.unit_of_work import Derive

ALL: tuple[Derive, ...] = (keep_empty, refresh_on_new_rules, refresh_figures, refresh_clocks, refresh_search)
