"""Forms look the same everywhere: label, help, error, input."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Names our two form templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
