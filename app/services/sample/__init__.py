"""A believable shop out of nothing: to look around in, to take pictures of, and to measure with."""

from app.services.sample.make import SampleShop, ShopNotEmpty, make_sample

__all__ = ["SampleShop", "ShopNotEmpty", "make_sample"]
