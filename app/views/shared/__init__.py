"""What more than one screen stands on: tokens, widgets, delegates, dialogs and table models."""
