"""Every setting of the site, read from the environment.

Nothing else in the project reads the environment. Unsafe values are refused here, all of them at
once and by name, so that an operator mends a configuration in one go (docs/settings.md lists them).
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env
from marshmallow.validate import Range

from config.database import database_settings
from config.entrance import *  # noqa: F403 (what never depends on the environment)
from config.environment import file_or_value, secret_lines
from config.headers import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from config.headers import PERMISSIONS_POLICY as PERMISSIONS_POLICY
from config.letters import MAIL_BUILDERS as MAIL_BUILDERS
from config.limits import ACCOUNT_RATE_LIMITS as ACCOUNT_RATE_LIMITS
from config.limits import WRITING_LIMITS as WRITING_LIMITS
from config.log import logging_settings
from config.privacy import ERASURE_LEAVES as ERASURE_LEAVES
from config.privacy import ERASURE_STEPS as ERASURE_STEPS
from config.privacy import JOBS as JOBS
from config.privacy import JOBS_GIVEN_UP as JOBS_GIVEN_UP
from config.privacy import PERSONAL_DATA as PERSONAL_DATA
from config.privacy import PRIVACY_NOTICE as PRIVACY_NOTICE
from config.privacy import RETENTION as RETENTION
from config.privacy import SEALED as SEALED
from config.sanity import missing_secrets, unreadable, wrong_values
from config.storage import media_storage

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

env = Env(eager=False)
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "var")
MEDIA_ROOT = env.path("MEDIA_ROOT", DATA_DIR / "media")
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [], subcast=str.strip)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0, validate=Range(min=0, max=10))
REDIS_URL = env.str("REDIS_URL", "")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO").upper()
TIME_ZONE = env.str("TIME_ZONE", "Europe/Berlin")
LANGUAGE_CODE = "en"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "sprechstunde@localhost")
DISCREET_FROM_EMAIL = env.str("DISCREET_FROM_EMAIL", "")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")
HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000, validate=Range(min=0))
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", True)
SESSION_HOURS = env.int("SESSION_HOURS", 720, validate=Range(min=1, max=8760))
SESSION_IDLE_HOURS = env.int("SESSION_IDLE_HOURS", 336, validate=Range(min=1, max=8760))
STAFF_SESSION_IDLE_HOURS = env.int("STAFF_SESSION_IDLE_HOURS", 12, validate=Range(min=1, max=8760))
GUNICORN_CMD_ARGS = env.str("GUNICORN_CMD_ARGS", "")
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", 2, validate=Range(min=1, max=64))
# How long what is kept, in days (GDPR, Article 5(1)(e)); docs/privacy.md says what each means.
ADDRESS_DAYS = env.int("ADDRESS_DAYS", 7, validate=Range(min=1))
FAILED_SIGN_IN_DAYS = env.int("FAILED_SIGN_IN_DAYS", 30, validate=Range(min=1))
UNVERIFIED_ACCOUNT_DAYS = env.int("UNVERIFIED_ACCOUNT_DAYS", 7, validate=Range(min=1))
INACTIVE_ACCOUNT_DAYS = env.int("INACTIVE_ACCOUNT_DAYS", 730, validate=Range(min=90))
INACTIVE_NOTICE_DAYS = env.int("INACTIVE_NOTICE_DAYS", 30, validate=Range(min=7, max=60))
MAIL_LOG_DAYS = env.int("MAIL_LOG_DAYS", 30, validate=Range(min=1))
EXPORT_DAYS = env.int("EXPORT_DAYS", 7, validate=Range(min=1))
REPORTER_DAYS = env.int("REPORTER_DAYS", 183, validate=Range(min=1))
DRAFT_DAYS = env.int("DRAFT_DAYS", 90, validate=Range(min=1))
SEARCH_MISS_DAYS = env.int("SEARCH_MISS_DAYS", 90, validate=Range(min=1))
LOG_NAME_DAYS = env.int("LOG_NAME_DAYS", 365, validate=Range(min=1))
ROLE_LOG_DAYS = env.int("ROLE_LOG_DAYS", 365, validate=Range(min=30))
BACKUP_DAYS = env.int("BACKUP_DAYS", 35, validate=Range(min=0))
PRIVATE_FILE_MB = env.int("PRIVATE_FILE_MB", 10, validate=Range(min=1, max=10))
PRIVATE_FILES_PER_MESSAGE = env.int("PRIVATE_FILES_PER_MESSAGE", 5, validate=Range(min=1, max=20))
PRIVATE_FILES_PER_ROOM = env.int("PRIVATE_FILES_PER_ROOM", 100, validate=Range(min=1))
UPLOAD_MB_PER_DAY = env.int("UPLOAD_MB_PER_DAY", 100, validate=Range(min=1))
DISK_FREE_MB = env.int("DISK_FREE_MB", 500, validate=Range(min=0))
KEPT_PAGES_MB = env.int("KEPT_PAGES_MB", 32, validate=Range(min=0, max=4096))
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 8, validate=Range(min=1, max=200))
_database_url = env.str("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
_email = env.dj_email_url("EMAIL_URL", "console:")
_problems = unreadable(env)
SECRET_KEY = file_or_value("SECRET_KEY", _problems)
SECRET_KEY_FALLBACKS = secret_lines("SECRET_KEY_FALLBACKS", _problems)
ENCRYPTION_KEYS = secret_lines("ENCRYPTION_KEYS", _problems)
MEDIA_STORAGE = file_or_value("MEDIA_STORAGE", _problems)
if TESTING:
    SECRET_KEY = SECRET_KEY or "only-for-the-test-suite-" + "x" * 40
    ENCRYPTION_KEYS = ENCRYPTION_KEYS or ["MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "localhost", "127.0.0.1"]
_problems += missing_secrets(SECRET_KEY, ENCRYPTION_KEYS)
_problems += wrong_values(
    debug=DEBUG, allowed_hosts=ALLOWED_HOSTS, base_url=BASE_URL, time_zone=TIME_ZONE, log_level=LOG_LEVEL,
    redis_url=REDIS_URL, email=_email, unprotected_staff=not (STAFF_SECOND_FACTOR_REQUIRED or DEMO),
)  # fmt: skip
try:
    DATABASES = {"default": database_settings(_database_url, pool_size=DATABASE_POOL_SIZE)}
except ValueError as error:
    _problems.append(str(error))
try:
    _media = media_storage(MEDIA_STORAGE)
    # What is attached in private, sealed: no address of public pictures leads there.
    _private = media_storage(MEDIA_STORAGE, DATA_DIR / "private")
except ValueError as error:
    _problems.append(str(error))
if _problems:
    raise ImproperlyConfigured("The site can not start:\n- " + "\n- ".join(_problems))

HTTPS = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "moderation",
    "forum",
    "accounts",
    "config.admin.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.apps.SessionsConfig",
    "csp",
]

MIDDLEWARE = [
    # Before all others: what it has kept has passed them.
    "forum.kept_pages.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.headers.IsolationHeadersMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "forum.again.AgainMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Around the messages: what is to be said on the next page is put into words on the way out.
    "forum.middleware.CompanyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.sessions.SessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forum.middleware.ReadableAddressMiddleware",
    "forum.staff_entrance.StaffEntranceMiddleware",
    "accounts.middleware.LimitsMiddleware",
    "forum.too_large.TooLargeMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forum.context.site",
                "moderation.context.desk",
            ],
            "builtins": ["forum.templatetags.addresses"],
            "libraries": {"i18n": "forum.templatetags.words"},
        },
    },
]
# The one doubled name is i18n, above (tests/test_checks.py).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # Shared by all workers, unlike process memory: rate limits count once, not once a worker.
    CACHES = {"default": {"BACKEND": "config.cache.CountingCache", "LOCATION": "cache"}}

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "forum:home"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# A check answers a wished nickname with a reason to refuse it, or None.
NICKNAME_CHECKS = [
    "accounts.reserved.name_of_the_team",
    "forum.checks.name_of_the_company",
]
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
PASSWORD_RESET_TIMEOUT = 3600

# Mail leaves through accounts.OutgoingMail; what there is stands in config.letters.
# Answers with what stands at the head and foot of every letter: who the company is.
MAIL_LETTERHEAD = "forum.site.letterhead"
# Answers with the catalogue for a reader's language: German with Sie or du as the company decides.
MAIL_LANGUAGE = "forum.middleware.mail_language"
EXPORTS_DIR = DATA_DIR / "exports"
TOMBSTONES_FILE = DATA_DIR / "erased-accounts"
EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST = _email.get("EMAIL_HOST", "")
EMAIL_PORT = _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
MAILBOX_DIR = DATA_DIR / "mail"
if DEMO:
    # A demonstration has no mail server: letters are kept as files and read under /dev/mail/.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAILBOX_DIR)

# A check answers (post, user, before) with a reason to hold the new or changed post for review, or None;
# `before` is what it said until now, and nothing for a new one.
POST_CHECKS = [
    "moderation.checks.links_of_new_accounts",
]

# Languages: de is German with Sie, de-du the same with du where it differs. No reader chooses de-du:
# the company's tone does (forum.middleware).
USE_TZ = True
USE_I18N = True
LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("de-du", "Deutsch (du)")]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
STORAGES = {
    "default": _media,
    "private": _private,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "config.static_files.FingerprintedStorage"
    },
}

# Security: cookies and redirects follow the public address, so a site on https is strict by itself.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
RECEIPT_COOKIE_NAME = "__Host-room" if HTTPS else "room"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "forum.views.rescue.csrf_failure"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
# Of the fields of a form, without its files. More than anybody types, so that a form says itself what is too long;
# what is larger still is refused before it is read (forum.too_large).
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# Of what is more than the form takes, the form itself can still say so.
DATA_UPLOAD_MAX_NUMBER_FILES = 2 * PRIVATE_FILES_PER_MESSAGE + 10
FILE_UPLOAD_HANDLERS = [
    "accounts.uploading.BoundedUploadHandler",
    "forum.uploading.PrivateUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "accounts.uploading.DiskUploadHandler",
]

LOGGING = logging_settings(LOG_LEVEL)
