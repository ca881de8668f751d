from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.staff_card import StaffCard
from accounts.models.user import Role, User

__all__ = ["OutgoingMail", "Role", "StaffCard", "User"]
