"""The Celery app and the `job` decorator; the only file that imports celery."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import Celery, Task
from celery.exceptions import CeleryError
from django.conf import settings
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

RENDER = "render"
MAIL = "mail"
RingFailed = (CeleryError, KombuError, RedisError, OSError)
"""What ringing may raise while the broker is away; the relay waits and rings again."""

TO_COME_TO_AN_END = 30  # seconds; a job that is out of time and still runs after them is killed with its process

app = Celery("chi_dao")
app.conf.update(
    broker_url=settings.BROKER_URL,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a broker that is away for a weekend is waited for
    broker_transport_options={
        "visibility_timeout": 600,  # above the hard limit of a job
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 30,
    },
    task_acks_late=True,
    task_reject_on_worker_lost=False,  # a ring that killed its worker must not come back; the outbox will
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_default_queue=RENDER,
    task_routes={},  # filled by `job`
    worker_prefetch_multiplier=1,
    worker_max_tasks_per_child=100,
    worker_max_memory_per_child=500_000,  # KiB; a leak in a renderer ends with its process
    worker_soft_shutdown_timeout=10,
    worker_hijack_root_logger=False,
    timezone=settings.TIME_ZONE,
)
app.autodiscover_tasks(related_name="jobs")


def job(*, queue: str, seconds: int = 240) -> Callable[[Callable[..., None]], Task[..., None]]:
    """Make a function a background job that is rung on `queue`; it takes only ids.

    After `seconds` an error is raised inside it; a job that then goes on all the same has its process ended.
    """

    def register(function: Callable[..., None]) -> Task[..., None]:
        name = f"{function.__module__}.{function.__name__}"
        app.conf.task_routes[name] = {"queue": queue}
        return app.task(name=name, soft_time_limit=seconds, time_limit=seconds + TO_COME_TO_AN_END)(function)

    return register


def ring(called: Task[..., None], *arguments: Any, forget_after: timedelta) -> None:
    """Put one message on the job's queue; raises one of RingFailed within seconds when the broker does not answer."""
    called.apply_async(args=arguments, expires=forget_after.total_seconds(), retry=False)


def rings_waiting(called: Task[..., None]) -> int:
    """How many messages wait on the job's queue; raises one of RingFailed when the broker does not answer."""
    with app.connection_for_read() as connection:
        redis = connection.default_channel.client  # type: ignore[attr-defined]  # kombu types the channel of any broker
        return int(redis.llen(app.conf.task_routes[called.name]["queue"]))
