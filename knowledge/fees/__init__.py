"""Fees: what a fee line says with certainty, and what it comes to in a citizen's own case."""
