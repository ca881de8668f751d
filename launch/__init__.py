"""What stands behind `make run` and `make test`: from a bare Python to a running site.

Only the standard library is used here, because nothing else is installed yet. The two exceptions,
`catalogues` and `prepare`, are run by the Python of `.venv` once the packages are there.
"""
