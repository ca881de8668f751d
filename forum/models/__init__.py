from forum.models.answer import Acceptance, Answer, Comment
from forum.models.company import Company, LegalPage
from forum.models.conversation import AccessLog, Conversation, Message
from forum.models.draft import Draft, FormKey, Purpose
from forum.models.faq import FaqEntry, FaqRevision, FaqSource
from forum.models.imported import ImportedRecord
from forum.models.internal_note import InternalNote
from forum.models.marks import Helpful, MeToo, Revision, Subscription
from forum.models.post import Post, Rule
from forum.models.question import Question, Status, WaitingOn
from forum.models.saved_reply import SavedReply
from forum.models.service_calendar import ServiceCalendar
from forum.models.topic import Channel, Topic
from forum.models.upload import Upload

__all__ = [
    "Acceptance",
    "AccessLog",
    "Answer",
    "Channel",
    "Comment",
    "Company",
    "Conversation",
    "Draft",
    "FaqEntry",
    "FaqRevision",
    "FaqSource",
    "FormKey",
    "Helpful",
    "ImportedRecord",
    "InternalNote",
    "LegalPage",
    "MeToo",
    "Message",
    "Post",
    "Purpose",
    "Question",
    "Revision",
    "Rule",
    "SavedReply",
    "ServiceCalendar",
    "Status",
    "Subscription",
    "Topic",
    "Upload",
    "WaitingOn",
]
