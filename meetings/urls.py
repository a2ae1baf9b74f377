"""Paths: a cluster's meetings, one meeting, actions, questions to the HSCP."""

from django.urls import path, register_converter

from clusters.models import Forum
from meetings import views
from shared import paths as paths


class ForumPath:
    """A forum in a path: `clusters/<slug>` or `forums/<slug>`. A page gets the slug; a link is made of a forum, or of
    the slug of a cluster.
    """

    regex = "(?:clusters|forums)/[-a-zA-Z0-9_]+"

    def to_python(self, value: str) -> str:
        return value.partition("/")[2]

    def to_url(self, value: Forum | str) -> str:
        if isinstance(value, str):
            return f"clusters/{value}"
        return f"{'clusters' if value.kind == Forum.Kind.CLUSTER else 'forums'}/{value.slug}"


register_converter(ForumPath, "forum")

app_name = "meetings"

urlpatterns = [
    path("<forum:slug>/meetings/", views.meeting_list, name="meeting_list"),
    path("<forum:slug>/meetings/plan/", views.meeting_plan, name="meeting_plan"),
    path("<forum:slug>/meetings/series/", views.meeting_series, name="meeting_series"),
    path("<forum:slug>/meetings/series/end/", views.meeting_series_end, name="meeting_series_end"),
    path("<forum:slug>/meetings/calendar.ics", views.forum_calendar, name="forum_calendar"),
    path("<forum:slug>/meetings/log/", views.meeting_log, name="meeting_log"),
    path("<forum:slug>/meetings/proposal/", views.action_proposal, name="action_proposal"),
    path("meetings/", views.my_meetings, name="my_meetings"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/minutes.<form:form>", views.minutes_file, name="minutes_file"),
    path("meetings/<int:pk>/agenda.<form:form>", views.agenda_file, name="agenda_file"),
    path("meetings/<int:pk>/change/", views.meeting_change, name="meeting_change"),
    path("meetings/<int:pk>/call-off/", views.meeting_call_off, name="meeting_call_off"),
    path("meetings/<int:pk>/meeting.ics", views.meeting_calendar, name="meeting_calendar"),
    path("meetings/<int:pk>/log/", views.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/share/", views.meeting_share, name="meeting_share"),
    path("meetings/<int:pk>/corrections/new/", views.correction_new, name="correction_new"),
    path("meetings/corrections/<int:pk>/answer/", views.correction_answer, name="correction_answer"),
    path("meetings/items/<int:pk>/correct/", views.item_correct, name="item_correct"),
    path("meetings/<int:pk>/correct/", views.meeting_correct, name="meeting_correct"),
    path("meetings/<int:pk>/agree/", views.meeting_agree, name="meeting_agree"),
    path("meetings/<int:pk>/amendments/new/", views.amendment_new, name="amendment_new"),
    path("meetings/items/<int:pk>/event/", views.event, name="event"),
    path("<forum:slug>/significant-events/", views.event_list, name="event_list"),
    path("meetings/<int:pk>/pulse/", views.meeting_pulse, name="meeting_pulse"),
    path("meetings/<int:pk>/prepared/", views.meeting_prepared, name="meeting_prepared"),
    path("account/hours/", views.hours_list, name="hours_list"),
    path("account/hours/new/", views.hours_new, name="hours_new"),
    path("account/hours/<int:pk>/remove/", views.hours_remove, name="hours_remove"),
    path("<forum:slug>/hours/share/", views.hours_share, name="hours_share"),
    path("<forum:slug>/hours/", views.hours_shared, name="hours_shared"),
    path("<forum:slug>/agenda/", views.agenda_next, name="agenda_next"),
    path("<forum:slug>/agenda/standing/", views.standing_list, name="standing_list"),
    path("<forum:slug>/agenda/standing/begin/", views.standing_begin, name="standing_begin"),
    path("<forum:slug>/agenda/standing/new/", views.standing_item_new, name="standing_item_new"),
    path("agenda/standing/<int:pk>/", views.standing_item, name="standing_item"),
    path("agenda/standing/<int:pk>/remove/", views.standing_item_remove, name="standing_item_remove"),
    path("agenda/standing/<int:pk>/place/", views.standing_item_place, name="standing_item_place"),
    path("meetings/<int:pk>/agenda/", views.agenda, name="agenda"),
    path("meetings/<int:pk>/agenda/new/", views.agenda_item_new, name="agenda_item_new"),
    path("meetings/<int:pk>/agenda/suggestions/", views.agenda_suggestion, name="agenda_suggestion"),
    path("meetings/<int:pk>/agenda/standing/", views.agenda_standing, name="agenda_standing"),
    path("agenda/items/<int:pk>/", views.agenda_item, name="agenda_item"),
    path("agenda/items/<int:pk>/remove/", views.agenda_item_remove, name="agenda_item_remove"),
    path("agenda/items/<int:pk>/place/", views.agenda_item_place, name="agenda_item_place"),
    path("<forum:slug>/topics/", views.topic_list, name="topic_list"),
    path("<forum:slug>/topics/new/", views.topic_new, name="topic_new"),
    path("topics/<int:pk>/", views.topic, name="topic"),
    path("<forum:slug>/decisions/", views.decision_list, name="decision_list"),
    path("meetings/items/<int:pk>/look-back/", views.decision_look_back, name="decision_look_back"),
    path("actions/", views.action_list, name="action_list"),
    path("actions/asked-of-clusters/", views.action_issued, name="action_issued"),
    path("actions/chase/", views.chase, name="chase"),
    path("actions/chase/all/", views.chase_all, name="chase_all"),
    path("actions/chase/<int:pk>/", views.chase_one, name="chase_one"),
    path("actions/export.csv", views.action_list_csv, name="action_list_csv"),
    path("actions/export.xlsx", views.action_list_excel, name="action_list_excel"),
    path("actions/<int:pk>/", views.action, name="action"),
    path("actions/<int:pk>/done/", views.action_done, name="action_done"),
    path("actions/<int:pk>/go-on/", views.action_go_on, name="action_go_on"),
    path("actions/<int:pk>/remind/", views.action_nudge, name="action_nudge"),
    path("actions/<int:pk>/practices/<str:code>/", views.action_return, name="action_return"),
    path("actions/<int:pk>/steps/<str:step>/", views.action_step, name="action_step"),
    path("actions/<int:pk>/close/", views.action_close, name="action_close"),
    path("meetings/items/<int:pk>/tag/", views.item_tag, name="item_tag"),
    path("actions/<int:pk>/tag/", views.action_tag, name="action_tag"),
    path("asks/<int:pk>/tag/", views.ask_tag, name="ask_tag"),
    path("<forum:slug>/actions/", views.cluster_actions, name="cluster_actions"),
    path("<forum:slug>/actions/export.csv", views.cluster_actions_csv, name="cluster_actions_csv"),
    path("<forum:slug>/actions/export.xlsx", views.cluster_actions_excel, name="cluster_actions_excel"),
    path("<forum:slug>/plan-of-action/", views.plan_of_action, name="plan_of_action"),
    path("<forum:slug>/plan-of-action/add/", views.gap_add, name="gap_add"),
    path("actions/gaps/<int:pk>/decide/", views.gap_decide, name="gap_decide"),
    path("<forum:slug>/actions/issue/", views.action_issue, name="action_issue"),
    path("<forum:slug>/actions/log.<form:form>", views.action_log_file, name="action_log_file"),
    path("<forum:slug>/actions/new/", views.action_new, name="action_new"),
    path("asks/<int:pk>/", views.ask, name="ask"),
    path("asks/<int:pk>/withdraw/", views.ask_withdraw, name="ask_withdraw"),
    path("clusters/<slug:slug>/asks/new/", views.ask_new, name="ask_new"),
]
