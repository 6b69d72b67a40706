"""The settings of a worker that is to die at its mails."""

import os

from config.settings.test import *  # noqa: F403 - the settings of every test, with one difference

EMAIL_BACKEND = os.environ["DEADLY_BACKEND"]
