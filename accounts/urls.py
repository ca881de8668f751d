"""One's own account, and the way in and out.

allauth finds its pages by names without a namespace, so only what it does not know has ours.
"""

from allauth.account.views import account_inactive, password_reset_from_key_done
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import entrance, factors, passkeys, passwords, privacy, security
from accounts.views.mailbox import mailbox
from accounts.views.nickname import nickname
from accounts.views.profile import comment_letters, profile

own = [
    path("account/", profile, name="profile"),
    path("account/letters/comments/", comment_letters, name="comment_letters"),
    path("account/nickname/", nickname, name="nickname"),
    path("account/data/", privacy.data, name="data"),
    path("account/data/<slug:public_id>/", privacy.data_file, name="data_file"),
    path("account/erase/", privacy.erase, name="erase"),
    path("account/signup/restart/", entrance.signup_restart, name="signup_restart"),
    path("account/security/totp/code.svg", factors.totp_picture, name="totp_picture"),
    path("account/security/letters/", security.device_letters, name="device_letters"),
    path("account/sessions/<int:pk>/end/", security.session_end, name="session_end"),
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

protections = [
    path("signup/passkey/", passkeys.PasskeySignUpView.as_view(), name="account_signup_by_passkey"),
    path("signup/passkey/create/", passkeys.FirstPasskeyView.as_view(), name="mfa_signup_webauthn"),
    path("login/passkey/", passkeys.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("login/second/", factors.SecondStepView.as_view(), name="mfa_authenticate"),
    path("reauthenticate/code/", factors.CodeAgainView.as_view(), name="mfa_reauthenticate"),
    path("reauthenticate/passkey/", passkeys.PasskeyAgainView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("security/", security.security, name="mfa_index"),
    path("security/totp/", factors.AppAddView.as_view(), name="mfa_activate_totp"),
    path("security/totp/remove/", factors.AppRemoveView.as_view(), name="mfa_deactivate_totp"),
    path("security/codes/", factors.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("security/codes/new/", factors.NewRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("security/passkeys/add/", passkeys.PasskeyAddView.as_view(), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/name/", passkeys.PasskeyNameView.as_view(), name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove/", passkeys.PasskeyRemoveView.as_view(), name="mfa_remove_webauthn"),
    path("sessions/", security.sessions, name="usersessions_list"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path("account/", include([*entrances, *protections])),
]
