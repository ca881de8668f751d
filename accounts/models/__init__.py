from accounts.models.data_export import DataExport
from accounts.models.erasure import Erasure
from accounts.models.job import Job
from accounts.models.outgoing_mail import OutgoingMail
from accounts.models.staff_card import StaffCard
from accounts.models.user import Role, User

__all__ = ["DataExport", "Erasure", "Job", "OutgoingMail", "Role", "StaffCard", "User"]
