"""Report and decide: keyword-only, atomic, and nothing changes without a decision and its line in the log."""
