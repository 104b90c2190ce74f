"""The follow-up calendar."""
