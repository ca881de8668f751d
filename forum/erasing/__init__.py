"""The forum's steps of an erasure (settings.ERASURE_STEPS): each takes one batch and says whether nothing is left."""
