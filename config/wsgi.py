"""The web application that gunicorn serves."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.collecting import leave_out_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
application = get_wsgi_application()

# Everything is loaded now, before the first request.
import_module(settings.ROOT_URLCONF)
leave_out_what_is_loaded()
