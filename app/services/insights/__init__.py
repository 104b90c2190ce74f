"""What the shop can learn from its figures."""

from app.services.insights.concentration import Pareto
from app.services.insights.figures import Figures, MonthFigures, TopCustomer, figures
from app.services.insights.findings import Finding, FindingKind
from app.services.insights.months import MonthSales, people_of_month, sales_by_month
from app.services.insights.overview import Overview, overview
from app.services.insights.periods import Period, Span
from app.services.insights.tiers import TierMonth, customers_by_tier_by_month, people_of_tier
from app.services.insights.tiles import Count, RateTile, Tiles, tiles

__all__ = [
    "Count",
    "Figures",
    "Finding",
    "FindingKind",
    "MonthFigures",
    "MonthSales",
    "Overview",
    "Pareto",
    "Period",
    "RateTile",
    "Span",
    "TierMonth",
    "Tiles",
    "TopCustomer",
    "customers_by_tier_by_month",
    "figures",
    "overview",
    "people_of_month",
    "people_of_tier",
    "sales_by_month",
    "tiles",
]
