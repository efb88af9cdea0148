"""The doors through which citizens come in, and the building's plan."""
