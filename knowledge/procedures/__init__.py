"""The catalogue: what each administrative procedure asks, costs and takes."""
