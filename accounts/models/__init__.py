from accounts.models.data_export import DataExport
from accounts.models.erasure import Erasure
from accounts.models.former_nickname import FormerNickname
from accounts.models.job import Job
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.staff_card import StaffCard
from accounts.models.user import Role, User
from accounts.models.verification import Verification

__all__ = [
    "DataExport",
    "Erasure",
    "FormerNickname",
    "Job",
    "OutgoingMail",
    "Role",
    "StaffCard",
    "User",
    "Verification",
]
