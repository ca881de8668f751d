"""FAQs of other systems: read whole, since entries link to each other, and stored in one transaction."""
