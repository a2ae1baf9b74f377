"""Paths, as a reader walks them: people, whom to ask, roles and their terms, what somebody declares."""

from django.urls import path

from directory.views import interests, people, role_cards, support, terms

app_name = "directory"

urlpatterns = [
    # --- Who is who ---
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/lists/", people.mailing, name="mailing"),
    path("people/lists/export.csv", people.mailing_csv, name="mailing_csv"),
    path("people/lists/export.vcf", people.mailing_vcards, name="mailing_vcards"),
    path("people/support/", support.support, name="support"),
    path("people/support/<slug:code>/", support.support_keep, name="support_keep"),
    path("people/support/<slug:code>/start/", support.support_start, name="support_start"),
    path("people/support/<slug:code>/new/", support.area_new, name="area_new"),
    path("people/support/areas/<int:pk>/", support.area_change, name="area_change"),
    path("people/support/areas/<int:pk>/move/", support.area_move, name="area_move"),
    path("people/support/areas/<int:pk>/retire/", support.area_retire, name="area_retire"),
    path("people/support/areas/<int:pk>/bring-back/", support.area_bring_back, name="area_bring_back"),
    path("people/support/areas/<int:pk>/name/", support.link_new, name="link_new"),
    path("people/support/links/<int:pk>/", support.link_change, name="link_change"),
    # --- Roles: cards, terms, and what people declare ---
    path("roles/", role_cards.role_cards, name="role_cards"),
    path("roles/<slug:code>/", role_cards.role_card, name="role_card"),
    path("terms/", terms.terms_list, name="terms_list"),
    path("terms/publish/", terms.terms_publish, name="terms_publish"),
    path("terms/<int:pk>/", terms.terms_read, name="terms_read"),
    path("terms/<int:pk>/accept/", terms.terms_accept, name="terms_accept"),
    path("terms/<int:pk>/accepted/", terms.terms_accepted, name="terms_accepted"),
    path("account/interests/new/", interests.interest_declare, name="interest_declare"),
    path("account/interests/<int:pk>/end/", interests.interest_end, name="interest_end"),
]
