"""Things that stop the launcher."""


class Problem(Exception):
    """One plain sentence for the person at the terminal: what is wrong and what to do."""


class Stopped(Exception):
    """Somebody asked the launcher to end (Ctrl-C, SIGTERM, a closed terminal)."""
