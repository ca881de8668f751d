"""Content from other systems: read streaming, stored in batches, repeatable and continuable."""
