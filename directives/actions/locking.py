"""Take an object for the length of the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from directives.models import Assignment, Delivery, Directive


def locked_directive(directive_id: UUID) -> Directive:
    """The directive, locked until the transaction ends; raises Directive.DoesNotExist."""
    related = ("issuer", "drafting_body", "authority__person", "authority__in_place_of__person", "drafter")
    directives = Directive.objects.select_related(*related)
    return directives.select_for_update(of=("self",)).get(pk=directive_id)


def locked_delivery(delivery_id: UUID) -> Delivery:
    """The delivery with its directive and body, locked until the transaction ends; raises Delivery.DoesNotExist."""
    deliveries = Delivery.objects.select_related("directive__issuer", "organization")
    return deliveries.select_for_update(of=("self",)).get(pk=delivery_id)


def locked_assignment(assignment_id: UUID) -> Assignment:
    """One share, locked until the transaction ends; raises Assignment.DoesNotExist."""
    return _assignments().get(pk=assignment_id)


def locked_assignments(assignment_ids: Iterable[UUID]) -> list[Assignment]:
    """The shares in a fixed order (so that two people cannot block each other), locked until the transaction ends."""
    return list(_assignments().filter(pk__in=list(assignment_ids)).order_by("pk"))


def _assignments() -> QuerySet[Assignment]:
    assignments = Assignment.objects.select_related("task__directive__issuer", "organization")
    return assignments.select_for_update(of=("self",))
