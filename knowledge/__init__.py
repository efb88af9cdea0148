"""What the office knows, with no idea of who is asking."""
