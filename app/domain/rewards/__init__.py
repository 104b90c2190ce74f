"""What a customer holds besides points: stored value, visits paid ahead, stamps, coupons, and rewards for points."""
