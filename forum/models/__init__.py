from forum.models.answer import Acceptance, Answer, Comment
from forum.models.attachment import Attachment
from forum.models.change import Change
from forum.models.company import Company, LegalPage
from forum.models.consent import HealthConsent, consent_text
from forum.models.conversation import AccessLog, Conversation, Message
from forum.models.door import Door, DoorReason
from forum.models.draft import Draft, FormKey, Purpose
from forum.models.duplicate import Carried, DuplicateVote, Joining, Repetition
from forum.models.faq import FaqEntry, FaqRevision, FaqSource
from forum.models.faq_harvest import FaqDismissal, FaqFeedback, FaqRecheck, RecheckReason
from forum.models.imported import ImportedRecord
from forum.models.internal_note import InternalNote
from forum.models.legal_hold import LegalHold
from forum.models.marks import Helpful, MeToo, Revision, Subscription
from forum.models.post import Post, Rule
from forum.models.public_draft import PublicConsent, PublicDraft, PublicKind, PublicWords, Under
from forum.models.question import Question, Status, WaitingOn
from forum.models.reading import Reading
from forum.models.receipt import Receipt
from forum.models.room_note import RoomNote
from forum.models.satisfaction import Satisfaction
from forum.models.saved_reply import SavedReply
from forum.models.search import FaqDocument, QuestionDocument, SearchMiss, SearchWord
from forum.models.service_calendar import ServiceCalendar
from forum.models.suggestion import DemandMet, Suggestion
from forum.models.topic import Channel, Topic
from forum.models.upload import Upload

__all__ = [
    "Acceptance",
    "AccessLog",
    "Answer",
    "Attachment",
    "Carried",
    "Change",
    "Channel",
    "Comment",
    "Company",
    "Conversation",
    "DemandMet",
    "Door",
    "DoorReason",
    "Draft",
    "DuplicateVote",
    "FaqDismissal",
    "FaqDocument",
    "FaqEntry",
    "FaqFeedback",
    "FaqRecheck",
    "FaqRevision",
    "FaqSource",
    "FormKey",
    "HealthConsent",
    "Helpful",
    "ImportedRecord",
    "InternalNote",
    "Joining",
    "LegalHold",
    "LegalPage",
    "MeToo",
    "Message",
    "Post",
    "PublicConsent",
    "PublicDraft",
    "PublicKind",
    "PublicWords",
    "Purpose",
    "Question",
    "QuestionDocument",
    "Reading",
    "Receipt",
    "RecheckReason",
    "Repetition",
    "Revision",
    "RoomNote",
    "Rule",
    "Satisfaction",
    "SavedReply",
    "SearchMiss",
    "SearchWord",
    "ServiceCalendar",
    "Status",
    "Subscription",
    "Suggestion",
    "Topic",
    "Under",
    "Upload",
    "WaitingOn",
    "consent_text",
]
