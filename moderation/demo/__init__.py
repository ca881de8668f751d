"""The demonstration company: a small soap works that does not exist, with a year's worth of questions.

It stands in the topmost app because it fills all of them, reports and decisions included.
`content/` holds what people wrote; the modules beside it put that into the database.
"""
