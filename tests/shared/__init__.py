"""The parts every screen stands on: tokens, look, widgets, dialogs, models."""
