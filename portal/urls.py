"""Every app brings its own full paths; here they only meet."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from portal import views

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "accessibility/",
        login_not_required(TemplateView.as_view(template_name="portal/accessibility.html")),
        name="accessibility",
    ),
    path("privacy/", login_not_required(TemplateView.as_view(template_name="portal/privacy.html")), name="privacy"),
    path("", include("accounts.urls")),
    path("", include("reporting.urls")),
    path("", include("office.urls")),
    path("", include("clusters.urls")),
    path("", include("directory.urls")),
    path("", include("meetings.urls")),
    path("", include("measures.urls")),
    path("", include("qiplans.urls")),
    path("", include("escalations.urls")),
]
