"""Cards, coupons and rewards: what the shop offers, how it stands, and whose it is."""
