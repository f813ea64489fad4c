"""All settings, read from the environment once. docs/运维.md explains each."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import environ
import pghistory

from kongchuo.web import limits

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY")
HTTPS = env.bool("HTTPS", default=True)
# For development alone: prints what went wrong, and serves the page of examples. Never with HTTPS.
DEBUG = env.bool("DEBUG", default=False) and not HTTPS
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
KEYRING_FILE = env.str("KEYRING_FILE")
# Evidence lies here, sealed; a backup needs it as well as the database.
FILES_ROOT = env.str("FILES_ROOT", default=str(BASE_DIR / ".local" / "files"))
# Only a demo or a test may move the clock; a county's real installation never reads the shift row.
CLOCK_MAY_SHIFT = env.bool("CLOCK_MAY_SHIFT", default=False)
# Where the launcher notes what it started again; empty where another system starts the processes.
RESTARTS_FILE = env.str("RESTARTS_FILE", default="")
# Set by kongchuo/wsgi.py: a web process waits for the database as long as a page may.
SERVES_PAGES = env.bool("SERVES_PAGES", default=False)

# 「滇ICP备00000000号」 on the sign-in page of a site open to the internet; empty: not shown.
ICP = env.str("ICP", default="")

INSTALLED_APPS = [
    "kongchuo.setup.opening",  # before auth: its createsuperuser says what to do instead
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "foundation.accounts",
    "foundation.jobs",
    "foundation.lists",
    "foundation.messaging",
    "foundation.files",
    "foundation.papers",
    "students.calendars",
    "students.roster",
    "students.attendance",
    "students.census",
    "cases",
    "cases.watch",
    "reporting.papers",
    "reporting.returns",
    "reporting.desk",
    "kongchuo.demo",
    "kongchuo.setup.audit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "foundation.accounts.middleware.RequestIdMiddleware",
    "kongchuo.web.methods.MethodMiddleware",
    "kongchuo.web.middleware.BareMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "foundation.accounts.middleware.TrustedPhoneMiddleware",
    "kongchuo.web.methods.SignInFirstMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "foundation.accounts.middleware.ViewerMiddleware",
    "foundation.accounts.middleware.LimitMiddleware",
    "foundation.accounts.middleware.PasswordFirstMiddleware",
    "foundation.accounts.middleware.FactorFirstMiddleware",
    "axes.middleware.AxesMiddleware",
    "kongchuo.web.middleware.ReportTimeMiddleware",
]

ROOT_URLCONF = "kongchuo.urls"
WSGI_APPLICATION = "kongchuo.wsgi.application"

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
                "kongchuo.web.context.page",
            ],
            "builtins": ["kongchuo.web.tags"],
        },
    },
]
FORM_RENDERER = "kongchuo.web.renderer.Renderer"

# --- database: one role serves, another owns the tables and migrates -----------------------------


def _database(url_name: str, fallback: str, waits: Mapping[str, int]) -> dict[str, Any]:
    config = env.db_url(url_name, default=env.str(fallback))
    options = {
        # Statements of foundation/prepared.py are planned once a connection, for all values.
        "options": f"-c plan_cache_mode=force_generic_plan {limits.as_options(waits)}",
        "connect_timeout": limits.CONNECT_SECONDS,
    }
    return {
        **config,
        "OPTIONS": {**options, **config.get("OPTIONS", {})},
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


LIMITS = limits.PAGE if SERVES_PAGES else limits.WORK
DATABASES = {
    "default": _database("DATABASE_URL", "DATABASE_URL", LIMITS),
    "owner": {
        **_database("DATABASE_OWNER_URL", "DATABASE_URL", {}),
        "ATOMIC_REQUESTS": False,
        "TEST": {"MIRROR": "default"},
    },
    # The progress of a job is written beside the job's own open transaction.
    "progress": {
        **_database("DATABASE_URL", "DATABASE_URL", LIMITS),
        "ATOMIC_REQUESTS": False,
        "TEST": {"MIRROR": "default"},
    },
}
SERVING_ROLE = env.str("SERVING_ROLE", default=str(DATABASES["default"].get("USER", "")))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -----------------------------------------------------------------------------------

# History rows are found by their object; an index on each of their keys would only slow an import.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "foundation.accounts.backends.PersonBackend",
]
PASSWORD_HASHERS = [
    "foundation.accounts.passwords.hashers.Argon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "foundation.accounts.passwords.validators.PasswordRules"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "foundation.accounts.people.forms.SignInForm",
    "change_password": "foundation.accounts.people.forms.NewPasswordForm",
    "reauthenticate": "foundation.accounts.people.forms.SamePasswordForm",
}
ACCOUNT_ADAPTER = "foundation.accounts.door.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # seconds for which a password is fresh (S56)
ACCOUNT_RATE_LIMITS = False  # django-axes counts the failures, by user and address together
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True

# The second factor is an authenticator app; who lost the phone is helped by two people.
MFA_ADAPTER = "foundation.accounts.factors.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp"]

# A city's single sign-on (OpenID Connect), off unless its address is named.
OIDC_SERVER = env.str("OIDC_SERVER", default="")
OIDC_NAME = env.str("OIDC_NAME", default="统一身份认证")
OIDC_CLAIM = env.str("OIDC_CLAIM", default="preferred_username")  # holds our account
SOCIALACCOUNT_ADAPTER = "foundation.accounts.door.city.CityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the policy forbids a form that leads to another site
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "city",
                "name": OIDC_NAME,
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                "settings": {
                    "server_url": OIDC_SERVER,
                    "oauth_pkce_enabled": True,
                    "scope": env.list("OIDC_SCOPE", default=["openid", "profile", "phone"]),
                },
            }
        ]
        if OIDC_SERVER
        else []
    }
}

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
# Never by address alone: a whole school stands behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Trying again while locked does not prolong the lock beyond what the page says.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["login", "username", "csrfmiddlewaretoken", "ip_address"]
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_CLIENT_IP_CALLABLE = "foundation.accounts.requests.client_address"
AXES_VERBOSE = False
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

SESSION_COOKIE_AGE = 30 * 60  # idle seconds, where the role says nothing else (roles.py)
SESSION_ENGINE = "foundation.accounts.door.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "kc_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "kc_csrf"
FLASH_COOKIE_NAME = "__Host-flash" if HTTPS else "kc_flash"
MESSAGE_STORAGE = "foundation.accounts.sessions.flash.FlashStorage"
PHONE_COOKIE_NAME = "__Host-phone" if HTTPS else "kc_phone"
CSRF_FAILURE_VIEW = "kongchuo.web.methods.csrf_failure"

# --- the web ----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)/$"]  # the launcher asks beside the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".local" / "static"
STATICFILES_DIRS: list[object] = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kongchuo.web.frontend.PackageFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_BACKEND",
            default="kongchuo.web.frontend.KnownAddresses",
        )
    },
}
DJANGO_TABLES2_TEMPLATE = "tables/list.html"

# --- the queue --------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_throttle": 1,
    # Also give up on a queue that accepts the connection and does not answer.
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
# A web request must not hang when the queue is away: beat pokes again soon.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}

# --- logs -------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"one_line": {"()": "kongchuo.logs.OneLine"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["one_line"],
        }
    },
    # Sign-ins stand in the audit; the log is for what goes wrong.
    "loggers": {"axes": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

# A test database of its own for each run.
TEST_DATABASE = env.str("KONGCHUO_TEST_DB", default="test_kongchuo")
