from accounts.models.card_consent import CONSENT_TEXTS, CardConsent, Shown
from accounts.models.invitation import Invitation, State
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.role_change import RoleChange
from accounts.models.staff_card import StaffCard
from accounts.models.user import Role, User

__all__ = [
    "CONSENT_TEXTS",
    "CardConsent",
    "Invitation",
    "OutgoingMail",
    "Role",
    "RoleChange",
    "Shown",
    "StaffCard",
    "State",
    "User",
]
