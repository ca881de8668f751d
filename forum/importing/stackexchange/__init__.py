"""Stack Exchange data dumps (https://archive.org/details/stackexchange)."""
