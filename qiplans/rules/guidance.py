"""What helps at each state of a project, and which method suits which question. Plain Python, in our own words.

After the Model for Improvement (Associates in Process Improvement) and its use in NHS Scotland's quality improvement.
"""

from dataclasses import dataclass

from qiplans.models import Project

State = Project.State


@dataclass(frozen=True)
class Help:
    """One thing that helps now: what to do, and the tool that it is done with (a key of the page, or none)."""

    text: str
    tool: str = ""


# Keys of tools, which the page turns into links: drivers, fishbone, pareto, swot, cycle, feedback, choose.
HELPS: dict[str, tuple[Help, ...]] = {
    State.IDEA: (
        Help("Ask first whether improvement is what you need, or an audit, or a plain decision.", "choose"),
        Help(
            "Look at what drives the problem: write down causes together, before anybody says what to do.", "fishbone"
        ),
        Help("Count how often each cause occurs. A week of tallies is enough to see where to begin.", "pareto"),
        Help("Write the aim so that somebody else could tell whether it was reached: how much, by when."),
    ),
    State.SCOPING: (
        Help("Draw how the aim is to be reached: what drives it, and what you could change.", "drivers"),
        Help("Ask patients and carers what matters to them about it.", "feedback"),
        Help("Count the measure a few times before anything changes: ten points make a baseline."),
        Help("If you can’t agree where to begin, set strengths against threats.", "swot"),
    ),
    State.TESTING: (
        Help("Test one change on a small scale: one clinician, one day, five patients. Predict first.", "cycle"),
        Help("Look at the result beside the prediction, and plan the next cycle at once.", "cycle"),
        Help("Ask those it happens to what they noticed.", "feedback"),
    ),
    State.IMPLEMENTING: (
        Help("Test it where it is most likely to fail: another practice, a busy day, a locum.", "cycle"),
        Help("Write down who does it when the keen person is away."),
        Help("Watch a balancing measure: what might get worse meanwhile?", "drivers"),
    ),
    State.SUSTAINED: (
        Help("Go on counting, less often, so that you notice when it slips."),
        Help("Tell patients and carers what changed because of what they said.", "feedback"),
        Help("Complete the project once it is simply how things are done."),
    ),
    State.COMPLETED: (Help("Share it above the cluster, so that others need not begin at nought."),),
    State.STOPPED: (
        Help("What was tried and learned stays here. It can be taken up again where it was left.", "cycle"),
    ),
}


@dataclass(frozen=True)
class Method:
    """What to do, why, and where it leads on: `leads` are keys of the page."""

    name: str
    because: str
    next_step: str
    leads: tuple[str, ...] = ()


URGENT = Method(
    "Not a project: act now",
    "Somebody could come to harm, or a rule is being broken. That does not wait for a chart.",
    "Use your practice’s own route for incidents and concerns. Afterwards talk it through as a significant event, and "
    "pass it upward if others have to act.",
    ("escalate", "meetings"),
)
AUDIT = Method(
    "Clinical audit",
    "There is an agreed standard, and the question is whether you meet it.",
    "Write down the standard and how you will count, count once, compare, agree what to change, and count again. A "
    "measure with the standard as its goal does this; where you fall short and don’t know why, go on with improvement.",
    ("plan", "pareto"),
)
STANDARD = Method(
    "Put the standard into practice",
    "It is known what to do, and known that it works: there is nothing to find out, only to do.",
    "Agree who does what by when, and check once that it is done. If it then proves hard to do every time, test how: "
    "that part is improvement.",
    ("actions", "plan"),
)
IMPROVE = Method(
    "Quality improvement: test changes",
    "You know what should be better and have an idea how, but not whether it works here.",
    "Write an aim, draw what drives it, and test the idea on a small scale with a prediction (PDSA). A run chart says "
    "whether it made a difference.",
    ("plan",),
)
UNDERSTAND = Method(
    "Quality improvement: understand the problem first",
    "You know what should be better, but not what stands in the way.",
    "Write down the causes together (fishbone), count them (Pareto), and only then choose what to change.",
    ("fishbone", "pareto", "plan"),
)
RESEARCH = Method(
    "Research or evaluation",
    "You want to know something that nobody knows yet and that should hold elsewhere too.",
    "That needs a question, a design and often approval. Ask your HSCP’s analyst or the research network of your "
    "health board before you collect anything.",
    ("people",),
)


@dataclass(frozen=True)
class Choice:
    """A question of the chooser with its answers, each a code and its words."""

    key: str
    text: str
    answers: tuple[tuple[str, str], ...]


QUESTIONS = (
    Choice("urgent", "Could somebody come to harm now, or is a rule being broken?", (("yes", "Yes"), ("no", "No"))),
    Choice(
        "aim",
        "What do you want?",
        (
            ("check", "To know whether we do what a standard says"),
            ("better", "To make something better"),
            ("find", "To find out something that nobody knows yet"),
        ),
    ),
    Choice(
        "known",
        "If something should be better: do you know how?",
        (
            ("what", "Yes, and it is known to work"),
            ("idea", "We have an idea, and don’t know whether it works here"),
            ("why", "No, we don’t know what stands in the way"),
        ),
    ),
)


def method_for(*, urgent: str, aim: str, known: str) -> Method | None:
    """The method that fits the answers; None until enough is answered.

    `urgent` "yes" or "no"; `aim` "check" (do we meet a standard), "better", or "find" (something nobody knows);
    `known` for "better": "what" (we know what to do and that it works), "idea", or "why" (we don't know the cause).
    """
    if urgent == "yes":
        return URGENT
    if urgent != "no":
        return None
    if aim in ("check", "find"):
        return AUDIT if aim == "check" else RESEARCH
    return {"what": STANDARD, "idea": IMPROVE, "why": UNDERSTAND}.get(known) if aim == "better" else None
