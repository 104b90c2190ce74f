"""What is rebuilt from the rows a write touched, before its commit: tiers under new rules, figures, search words."""

from app.services.customers.figures import refresh_touched as refresh_figures
from app.services.loyalty.rule_changes import refresh_on_new_rules
from app.services.search.index import refresh_touched as refresh_search
from app.storage.unit_of_work import Derive

ALL: tuple[Derive, ...] = (refresh_on_new_rules, refresh_figures, refresh_search)
