"""Django as WSGI, served by granian.

Half a million objects are made while everything is loaded, and all of them stay: looking for garbage among them, then and
at each later search, is work for nothing. So the collector rests until they are there, and leaves them alone afterwards.
"""

import gc
import os

gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - all that is loaded is loaded below

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cathedra.settings")
application = get_wsgi_application()
gc.freeze()
gc.enable()
