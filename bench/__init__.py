"""Measures what the budgets in the design are about; `make bench` runs all of it."""
