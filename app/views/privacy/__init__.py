"""What a person may ask of the shop about themselves, on screen."""
