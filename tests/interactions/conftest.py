"""The lively shop of the customers' tests."""

from tests.customers.conftest import ids, lively_file, shop_path

__all__ = ["ids", "lively_file", "shop_path"]
