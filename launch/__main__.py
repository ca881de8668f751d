"""The commands of the launcher: `launch/python -m launch run`."""

import sys

# This file is read by whatever Python somebody starts, so it must be understood by old ones too.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Python 3.11 or newer is needed and this is %d.%d: say 'make run', which looks for a newer one."  # noqa: UP031
        % sys.version_info[:2]
    )

from launch.commands import main

sys.exit(main(sys.argv[1:]))
