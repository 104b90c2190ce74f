"""The window: Qt and nothing else; data comes and goes through the gateway."""
