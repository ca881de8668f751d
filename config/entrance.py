"""Settings of allauth that are the same everywhere: ways in, codes, forms in our words, and second factors.

config/settings.py takes them over; nothing here depends on the environment.
"""

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nickname"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# Codes live no longer than ten minutes (OWASP ASVS 5.0, 6.5.5).
ACCOUNT_CODE_SECONDS = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_CODE_SECONDS
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_CODE_SECONDS
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 2
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "homepage"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "request_login_code": "accounts.forms.RequestLoginCodeForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "confirm_email_verification_code": "accounts.forms.EmailCodeForm",
    "confirm_login_code": "accounts.forms.LoginCodeForm",
    "confirm_password_reset_code": "accounts.forms.ResetCodeForm",
}
# Passkeys, codes of an app, recovery codes; their secrets are sealed with ENCRYPTION_KEYS.
MFA_ADAPTER = "accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey asks for finger, face or PIN, so it is two factors in one
MFA_TOTP_PERIOD = 30  # seconds
MFA_TOTP_TOLERANCE = 1  # one period more on each side, for clocks that are not exact
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.SecondFactorForm",
    "authenticate_webauthn": "accounts.factor_forms.SecondPasskeyForm",
    "reauthenticate": "accounts.factor_forms.CodeAgainForm",
    "reauthenticate_webauthn": "accounts.factor_forms.PasskeyAgainForm",
    "login_webauthn": "accounts.factor_forms.PasskeySignInForm",
    "add_webauthn": "accounts.factor_forms.NewPasskeyForm",
    "signup_webauthn": "accounts.factor_forms.NewPasskeyForm",
    "edit_webauthn": "accounts.factor_forms.PasskeyNameForm",
    "activate_totp": "accounts.factor_forms.NewAppForm",
}
