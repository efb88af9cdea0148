"""Dossiers: their codes, their statuses, and where we look them up."""
