"""What this program writes into an event besides, so that a calendar of its own comes back as it was."""

FIELDS = ("customer_id", "customer_name", "phone", "kind", "purpose")
SERIES = ("done", "since", "series")
"""Of what comes again and again: the days that were done, the first that was written, and what counts from done."""
OWN = {name: f"X-REGULARS-{name.upper().replace('_', '-')}" for name in (*FIELDS, "text", *SERIES)}
"""Field of a follow-up → property. Calendars pass over what they do not know."""
