"""What is said of a chart in plain English: what it shows and by which rule, how sure that is, and before and after."""

from measures.analysis.words.icons import Icon, icons_of
from measures.analysis.words.names import EXPLAINED, RULES, centre_name, flag_of
from measures.analysis.words.saying import Said, said_of

__all__ = ["EXPLAINED", "RULES", "Icon", "Said", "centre_name", "flag_of", "icons_of", "said_of"]
