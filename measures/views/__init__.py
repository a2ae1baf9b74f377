"""Pages of measures and their figures."""

from measures.views.chart import measure
from measures.views.consents import consent
from measures.views.data import data, measure_define
from measures.views.definitions import measure_change
from measures.views.ending import measure_begin_again, measure_end
from measures.views.figures import point_add, point_change
from measures.views.files import measure_file
from measures.views.library import library, measure_use
from measures.views.marking import baseline_freeze, phase_begin, phase_take_back, point_mark
from measures.views.practice_figures import entry, practice_figures
from measures.views.rulesets import house_ruleset, ruleset_choose
from measures.views.so_what import so_what_say
from measures.views.upload import upload, upload_load, upload_template

__all__ = [
    "baseline_freeze",
    "consent",
    "data",
    "entry",
    "house_ruleset",
    "library",
    "measure",
    "measure_begin_again",
    "measure_change",
    "measure_define",
    "measure_end",
    "measure_file",
    "measure_use",
    "phase_begin",
    "phase_take_back",
    "point_add",
    "point_change",
    "point_mark",
    "practice_figures",
    "ruleset_choose",
    "so_what_say",
    "upload",
    "upload_load",
    "upload_template",
]
