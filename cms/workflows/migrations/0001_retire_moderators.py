"""Takes away the group and the workflow that Wagtail's first migration makes for its own tutorial: nobody here is in them."""

from django.db import migrations

GROUP = "Moderators"
WORKFLOW = "Moderators approval"


def retire(apps, schema_editor):
    """Remove both, unless somebody is in the group."""
    Group = apps.get_model("auth", "Group")
    if Group.objects.filter(name=GROUP, user__isnull=False).exists():
        return
    Group.objects.filter(name=GROUP).delete()
    workflows = apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW)
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow__in=workflows).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(workflow_tasks__workflow__in=workflows).update(active=False)
    workflows.update(active=False)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(retire, migrations.RunPython.noop)]
