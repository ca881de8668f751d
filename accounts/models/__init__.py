from accounts.models.former_nickname import FormerNickname
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.staff_card import StaffCard
from accounts.models.user import Role, User
from accounts.models.verification import Verification

__all__ = ["FormerNickname", "OutgoingMail", "Role", "StaffCard", "User", "Verification"]
