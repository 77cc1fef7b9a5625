"""Withdraws what waits in the queue for things that have been removed: it could only fail."""

from collections import defaultdict
from uuid import UUID

from django.apps import apps
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# Tasks whose arguments are app label, model and primary key of the object that they bring an index in step with.
ABOUT_AN_OBJECT = ("wagtail.tasks.update_reference_index_task", "modelsearch.tasks.insert_or_update_object_task")


def withdraw_tasks() -> int:
    """Delete waiting tasks about objects that are gone and return how many. One statement, two for each model."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path__in=ABOUT_AN_OBJECT)
    tasks: dict[tuple[str, str], dict[str, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for task, arguments in waiting.values_list("pk", "args_kwargs"):
        app_label, model, pk = arguments["args"]
        tasks[(app_label, model)][str(pk)].append(task)
    withdrawn = 0
    for (app_label, model), by_object in tasks.items():
        present = {str(pk) for pk in apps.get_model(app_label, model)._base_manager.values_list("pk", flat=True)}
        gone = [task for pk, ids in by_object.items() if pk not in present for task in ids]
        withdrawn += DBTaskResult.objects.filter(pk__in=gone).delete()[0]
    return withdrawn
