"""Doors, forms, one call, an answer."""

from meetings.views.action_lists import (
    action_issued,
    action_list,
    action_list_csv,
    action_list_excel,
    cluster_actions,
    cluster_actions_csv,
    cluster_actions_excel,
)
from meetings.views.action_steps import (
    action,
    action_done,
    action_go_on,
    action_issue,
    action_nudge,
    action_return,
    action_step,
)
from meetings.views.actions import action_close, action_new
from meetings.views.after import (
    hours_list,
    hours_new,
    hours_remove,
    hours_share,
    hours_shared,
    meeting_prepared,
    meeting_pulse,
)
from meetings.views.agenda import (
    agenda,
    agenda_item,
    agenda_item_new,
    agenda_item_place,
    agenda_item_remove,
    agenda_next,
    agenda_suggestion,
)
from meetings.views.asks import ask, ask_new, ask_withdraw
from meetings.views.calendar import forum_calendar, meeting_calendar
from meetings.views.chasing import chase, chase_all, chase_one
from meetings.views.corrections import (
    amendment_new,
    correction_answer,
    correction_new,
    item_correct,
    meeting_agree,
    meeting_correct,
)
from meetings.views.events import event, event_list
from meetings.views.files import action_log_file, agenda_file, minutes_file
from meetings.views.gaps import gap_add, gap_decide, plan_of_action
from meetings.views.logging import action_proposal, meeting_edit, meeting_log
from meetings.views.mine import my_meetings
from meetings.views.planning import meeting_call_off, meeting_change, meeting_plan
from meetings.views.reading import meeting, meeting_list
from meetings.views.series import meeting_series, meeting_series_end
from meetings.views.sharing import meeting_share
from meetings.views.standing import (
    agenda_standing,
    standing_begin,
    standing_item,
    standing_item_new,
    standing_item_place,
    standing_item_remove,
    standing_list,
)
from meetings.views.tags import action_tag, ask_tag, item_tag
from meetings.views.topics import decision_list, decision_look_back, topic, topic_list, topic_new

__all__ = [
    "action",
    "action_close",
    "action_done",
    "action_go_on",
    "action_issue",
    "action_issued",
    "action_list",
    "action_list_csv",
    "action_list_excel",
    "action_log_file",
    "action_new",
    "action_nudge",
    "action_proposal",
    "action_return",
    "action_step",
    "action_tag",
    "agenda",
    "agenda_file",
    "agenda_item",
    "agenda_item_new",
    "agenda_item_place",
    "agenda_item_remove",
    "agenda_next",
    "agenda_standing",
    "agenda_suggestion",
    "amendment_new",
    "ask",
    "ask_new",
    "ask_tag",
    "ask_withdraw",
    "chase",
    "chase_all",
    "chase_one",
    "cluster_actions",
    "cluster_actions_csv",
    "cluster_actions_excel",
    "correction_answer",
    "correction_new",
    "decision_list",
    "decision_look_back",
    "event",
    "event_list",
    "forum_calendar",
    "gap_add",
    "gap_decide",
    "hours_list",
    "hours_new",
    "hours_remove",
    "hours_share",
    "hours_shared",
    "item_correct",
    "item_tag",
    "meeting",
    "meeting_agree",
    "meeting_calendar",
    "meeting_call_off",
    "meeting_change",
    "meeting_correct",
    "meeting_edit",
    "meeting_list",
    "meeting_log",
    "meeting_plan",
    "meeting_prepared",
    "meeting_pulse",
    "meeting_series",
    "meeting_series_end",
    "meeting_share",
    "minutes_file",
    "my_meetings",
    "plan_of_action",
    "standing_begin",
    "standing_item",
    "standing_item_new",
    "standing_item_place",
    "standing_item_remove",
    "standing_list",
    "topic",
    "topic_list",
    "topic_new",
]
