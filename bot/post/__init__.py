"""What all doors share on a message's way in and out."""
