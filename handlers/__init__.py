"""What we answer to what was said, on whatever channel it was said."""
