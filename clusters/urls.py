"""Paths, as a reader walks them: clusters, people, and the registry behind its own door."""

from django.urls import path

from clusters.views import closing, clusters, moving, places, practice_list, registry, roles

app_name = "clusters"

urlpatterns = [
    path("clusters/", clusters.cluster_list, name="cluster_list"),
    path("people/", clusters.people, name="people"),
    # The registry
    path("registry/", registry.registry, name="registry"),
    path("registry/practices/", registry.registry_practices, name="registry_practices"),
    path("registry/practices/export.csv", registry.registry_practices_csv, name="registry_practices_csv"),
    path("registry/practices/export.xlsx", registry.registry_practices_excel, name="registry_practices_excel"),
    path("registry/practices/<str:code>/move/", moving.practice_move, name="practice_move"),
    path("registry/practices/<str:code>/move/withdraw/", moving.practice_move_withdraw, name="practice_move_withdraw"),
    path("registry/practices/<str:code>/decide/", closing.practice_decide, name="practice_decide"),
    path("registry/clusters/new/", places.cluster_new, name="cluster_new"),
    path("registry/clusters/<slug:slug>/rename/", places.cluster_rename, name="cluster_rename"),
    path("registry/roles/", roles.role_list, name="role_list"),
    path("registry/roles/assign/", roles.role_assign, name="role_assign"),
    path("registry/roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("registry/roles/<int:pk>/withdraw/", roles.role_withdraw, name="role_withdraw"),
    path("registry/people/<int:pk>/sign-in/", roles.person_sign_in, name="person_sign_in"),
    path("registry/localities/", places.locality_list, name="locality_list"),
    path("registry/localities/<int:pk>/", places.locality, name="locality"),
    # Practice lists: upload, preview, apply or lay aside
    path("registry/import/", practice_list.import_list, name="import_list"),
    path("registry/import/new/", practice_list.import_upload, name="import_upload"),
    path("registry/import/<int:pk>/", practice_list.import_preview, name="import_preview"),
    path("registry/import/<int:pk>/apply/", practice_list.import_apply, name="import_apply"),
    path("registry/import/<int:pk>/lay-aside/", practice_list.import_lay_aside, name="import_lay_aside"),
]
