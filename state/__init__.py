"""What we know and have promised."""
