"""The charts of the insight screen."""

from app.charts.bars import Bars, Series, stacked_bars
from app.charts.insights.pareto import Curve, CurveWords, pareto_curve

__all__ = ["Bars", "Curve", "CurveWords", "Series", "pareto_curve", "stacked_bars"]
