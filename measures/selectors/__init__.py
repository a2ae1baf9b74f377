"""Doors and answers about measures. Nothing here writes."""

from measures.selectors.charts import Chart, PhaseLine, chart_from, chart_of, charts_of
from measures.selectors.consents import ConsentPage, consent_page
from measures.selectors.data_page import DataPage, data_page
from measures.selectors.doors import may_keep, measure_for, measures_within
from measures.selectors.due import Due, figures_due, figures_due_from
from measures.selectors.entry_door import Entry, as_entered, entry_for, others_of
from measures.selectors.figures import as_typed, figures_of, next_period, period_name, point_of, taken_sentence
from measures.selectors.library import clusters_to_define_in, definition_for, library, opened_among
from measures.selectors.lines import Figure, Line, Lines, cluster_lines, lines_of, lines_of_all
from measures.selectors.multiples import Small, small_multiples
from measures.selectors.practice_page import PracticeFigures, practice_figures
from measures.selectors.reading import has_figures, house_ruleset_of, phase_of, run_chart_rules
from measures.selectors.rows import Row
from measures.selectors.sides import periods_to_begin
from measures.selectors.so_what import SoWhatBox, action_owners, so_what_box
from measures.selectors.upload import UploadPlan, may_upload, table_in, template_of, upload_plan

__all__ = [
    "Chart",
    "ConsentPage",
    "DataPage",
    "Due",
    "Entry",
    "Figure",
    "Line",
    "Lines",
    "PhaseLine",
    "PracticeFigures",
    "Row",
    "Small",
    "SoWhatBox",
    "UploadPlan",
    "action_owners",
    "as_entered",
    "as_typed",
    "chart_from",
    "chart_of",
    "charts_of",
    "cluster_lines",
    "clusters_to_define_in",
    "consent_page",
    "data_page",
    "definition_for",
    "entry_for",
    "figures_due",
    "figures_due_from",
    "figures_of",
    "has_figures",
    "house_ruleset_of",
    "library",
    "lines_of",
    "lines_of_all",
    "may_keep",
    "may_upload",
    "measure_for",
    "measures_within",
    "next_period",
    "opened_among",
    "others_of",
    "period_name",
    "periods_to_begin",
    "phase_of",
    "point_of",
    "practice_figures",
    "run_chart_rules",
    "small_multiples",
    "so_what_box",
    "table_in",
    "taken_sentence",
    "template_of",
    "upload_plan",
]
