"""What is rebuilt from the rows a write touched, before its commit: figures lists sort by, words search finds."""

from app.services.customers.figures import refresh_touched as refresh_figures
from app.services.search.index import refresh_touched as refresh_search
from app.storage.unit_of_work import Derive

ALL: tuple[Derive, ...] = (refresh_figures, refresh_search)
