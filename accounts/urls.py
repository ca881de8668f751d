"""One's own account, and the way in and out.

allauth finds its pages by names without a namespace, so only what it does not know has ours.
"""

from allauth.account.views import account_inactive, password_reset_from_key_done
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import entrance, passwords, privacy
from accounts.views.mailbox import mailbox
from accounts.views.nickname import nickname
from accounts.views.profile import profile

own = [
    path("account/", profile, name="profile"),
    path("account/nickname/", nickname, name="nickname"),
    path("account/data/", privacy.data, name="data"),
    path("account/data/<slug:public_id>/", privacy.data_file, name="data_file"),
    path("account/erase/", privacy.erase, name="erase"),
    path("account/signup/restart/", entrance.signup_restart, name="signup_restart"),
    path("dev/mail/", mailbox, name="mailbox"),
]

entrances = [
    path("signup/", entrance.SignupView.as_view(), name="account_signup"),
    path("login/", entrance.LoginView.as_view(), name="account_login"),
    path("logout/", entrance.LogoutView.as_view(), name="account_logout"),
    path("inactive/", account_inactive, name="account_inactive"),
    path("reauthenticate/", entrance.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("confirm-email/", entrance.ConfirmEmailView.as_view(), name="account_email_verification_sent"),
    path("login/code/", entrance.RequestLoginCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", entrance.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("email/", passwords.EmailView.as_view(), name="account_email"),
    path("password/change/", passwords.PasswordChangeView.as_view(), name="account_change_password"),
    path("password/set/", passwords.PasswordSetView.as_view(), name="account_set_password"),
    path("password/reset/", passwords.PasswordResetView.as_view(), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        passwords.ConfirmResetCodeView.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path("password/reset/complete/", passwords.NewPasswordView.as_view(), name="account_complete_password_reset"),
    path("password/reset/done/", password_reset_from_key_done, name="account_password_reset_completed"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("account/", include(entrances)),
]
