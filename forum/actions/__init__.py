"""Writes that touch several rows or have an effect: keyword-only, atomic, named by an imperative."""
