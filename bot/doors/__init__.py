"""The channels, one room each; none knows another."""
