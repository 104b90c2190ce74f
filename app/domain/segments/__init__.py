"""Groups of customers by what they do: RFM, ABC, rates, silence, phases, stages and levels (semantics.md)."""
