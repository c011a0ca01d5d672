"""What Django insists on, derived from config. The only module that speaks Django's settings."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from cathedra import config as _config

_cfg = _config.get()
_web = Path(__file__).parent / "web"

SECRET_KEY = _cfg.secret_key
DEBUG = False
ALLOWED_HOSTS = ["*"]  # nginx answers only to the configured host; it sets Host itself
ROOT_URLCONF = "cathedra.web.urls"
WSGI_APPLICATION = "cathedra.web.wsgi.application"
USE_TZ = True
TIME_ZONE = _cfg.site.timezone
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [_web / "locale"]
STATIC_URL = "/static/"
STATIC_ROOT = _cfg.data_dir / "static"
STATICFILES_DIRS = [_web / "static"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "csp",
    "cathedra.db.apps.Db",
]

MIDDLEWARE = [
    "cathedra.db.kept.middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "cathedra.web.devices.middleware",
    "allauth.account.middleware.AccountMiddleware",
    "cathedra.web.gate.Gate",
    "cathedra.web.errors.wrong_method",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_web / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "cathedra.web.frame.context",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "cathedra.web.page_tags",
                "cathedra.web.word_tags",
                "cathedra.web.word_tags",
                "cathedra.web.access.way_tags",
            ],
        },
    }
]
COTTON_DIR = "components"


def _database(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


DATABASES = {"default": _database(_cfg.database_url)}

# --- sign-in -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "cathedra.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_ADAPTER = "cathedra.web.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "cathedra.web.sign_in.SignIn",
    "change_password": "cathedra.web.sign_in.ChangePassword",
    "reset_password_from_key": "cathedra.web.sign_in.NewPassword",
}
MFA_ADAPTER = "cathedra.web.sign_in.SecondStep"
MFA_FORMS = {"activate_totp": "cathedra.web.sign_in.TurnOnApp", "add_webauthn": "cathedra.web.sign_in.AddKey"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",  # the key is an account at an address: nobody can lock others out
    "first_run_code": "5/5m/ip",
    "invitation": "20/5m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = _cfg.site.name

# --- cookies and headers ---------------------------------------------------------------------------------------------
SESSION_ENGINE = "cathedra.db.writes.web_sessions"
SESSION_COOKIE_NAME = "cathedra_session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _cfg.site.is_secure
CSRF_COOKIE_NAME = "cathedra_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cathedra.web.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [_cfg.site.url]
# As much as nginx lets through: the captions of ten hours, as the editor saves them or as a file, are larger than Django's own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024**2
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if _cfg.site.is_secure else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- log: everything worth a line goes to the error stream, where the supervisor picks it up -------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stream"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page that is not there is no event
    },
}

# --- mail ------------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _cfg.mail.host else 'console'}.EmailBackend"
EMAIL_HOST = _cfg.mail.host
EMAIL_PORT = _cfg.mail.port
EMAIL_HOST_USER = _cfg.mail.user
EMAIL_HOST_PASSWORD = _cfg.mail.password
EMAIL_USE_TLS = _cfg.mail.security == "starttls"
EMAIL_USE_SSL = _cfg.mail.security == "tls"
EMAIL_TIMEOUT = _cfg.mail.timeout_seconds
DEFAULT_FROM_EMAIL = _cfg.mail.sender

# --- jobs ------------------------------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "no_autodiscovery"
PROCRASTINATE_ON_APP_READY = None

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cathedra_cache",
    }
}
SITE_HOST = urlsplit(_cfg.site.url).netloc
