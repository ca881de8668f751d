from accounts.models.card_consent import CONSENT_TEXTS, CardConsent, Shown
from accounts.models.data_export import DataExport
from accounts.models.erasure import Erasure
from accounts.models.failed_sign_in import FailedSignIn
from accounts.models.former_nickname import FormerNickname
from accounts.models.invitation import Invitation, State
from accounts.models.job import Job
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.ping_address import PingAddress
from accounts.models.role_change import RoleChange
from accounts.models.staff_card import StaffCard
from accounts.models.user import Role, User
from accounts.models.verification import Verification

__all__ = [
    "CONSENT_TEXTS",
    "CardConsent",
    "DataExport",
    "Erasure",
    "FailedSignIn",
    "FormerNickname",
    "Invitation",
    "Job",
    "OutgoingMail",
    "PingAddress",
    "Role",
    "RoleChange",
    "Shown",
    "StaffCard",
    "State",
    "User",
    "Verification",
]
