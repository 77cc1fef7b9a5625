"""The formula as it will look, for the editor to show while it is typed."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from pages.formulas import FormulaError, mathml


@require_GET
def formula_preview(request: HttpRequest) -> JsonResponse:
    """Return `{"mathml", "error", "position"}` for the parameters `latex` and `display` ("block" or "inline").

    `mathml` is "" when the formula cannot be read; then `error` says why and `position` where (a character from 1, or null).
    """
    display = request.GET.get("display", "inline") == "block"
    result: dict[str, str | int | None]
    try:
        result = {"mathml": mathml(request.GET.get("latex", ""), display=display), "error": "", "position": None}
    except FormulaError as error:
        result = {"mathml": "", "error": error.message, "position": error.position}
    return JsonResponse(result, headers={"Cache-Control": "private, no-store"})
