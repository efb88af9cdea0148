"""The office's time: which days it works, which hours it is open, when a term ends."""
