from moderation.models.disclosure import Disclosure
from moderation.models.log_entry import LogEntry, Party
from moderation.models.notice import Decision, Notice, TargetKind, Verb

__all__ = ["Decision", "Disclosure", "LogEntry", "Notice", "Party", "TargetKind", "Verb"]
