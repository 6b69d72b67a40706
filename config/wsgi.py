"""The web application that gunicorn serves."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
application = get_wsgi_application()

# Collections that walk the whole program stop a request for more than 100 ms (docs/benchmarks.md): so everything is
# loaded now, left out of them for good, and what requests leave behind is looked at less often.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
gc.set_threshold(5_000, 20, 50)
