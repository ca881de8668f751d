"""Static files with fingerprints in their names, also where one script imports another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FingerprintedStorage(CompressedManifestStaticFilesStorage):
    """Else an imported module would keep its bare name, and a browser its old text after an update."""

    support_js_module_import_aggregation = True
