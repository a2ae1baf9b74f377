"""Cards of the roles that are held inside a cluster."""

from accounts.roles import Role
from directory.reference.cards.card import CONTRACT, FRAMEWORK, Card

INSIDE: dict[Role, Card] = {
    Role.CQL: Card(
        purpose="Leads the cluster: brings its practices together, keeps the work on quality going, and speaks for the"
        " cluster to the locality, the HSCP and the health board.",
        alone=(
            "When the cluster meets, what is on the agenda and who is invited, once the practices have had their say",
            "How meetings are led, minuted and followed up",
            "Whom to ask for advice, data or coaching",
            "Which matters that came to the cluster are passed on, and to which forum, in words agreed with the raiser",
            "What one’s own sessions for the role are used for",
        ),
        consult=(
            "The practices: priorities, the quality plan, projects, and anything a practice would have to do",
            "The practices: what is shared above the cluster, and in what form",
            "The practice concerned: before its figures or its way of working are discussed outside the cluster",
            "The HSCP’s clinical lead: priorities that need the time of community or hospital teams",
        ),
        refer=(
            "Money, staff, premises and systems that the practices cannot provide",
            "Risks to patients or staff that the cluster cannot take away",
            "Changes to services that another body runs",
            "A concern about how somebody practises, or about their health: to the health board, never to a meeting",
            "A practice that stops taking part, after a conversation with it",
        ),
        sessions=4,
        time="The contact for the cluster is reachable between meetings; who covers for absences is agreed beforehand.",
        sources=(FRAMEWORK, CONTRACT),
    ),
    Role.PQL: Card(
        purpose="Leads on quality in one practice, and carries its voice into the cluster and the cluster’s work back.",
        alone=(
            "How the practice looks at its own figures and learns from them",
            "Which questions, figures and examples the practice brings to the cluster",
            "How one’s own protected time for the role is used",
        ),
        consult=(
            "The partners and the team: what the practice takes on, and anything that changes how it works",
            "The practice manager: time, rooms, cover and data searches",
            "The CQL: before the practice’s work is shown outside the cluster",
        ),
        refer=(
            "To the cluster: what several practices have in common, or one cannot settle alone",
            "To the CQL: lack of time or support for the role",
            "A safety incident: by the health board’s own reporting system, at once",
        ),
        sessions=2,
        time="Time for preparing, for the meeting, and for bringing its results back to the practice.",
        sources=(FRAMEWORK, CONTRACT),
    ),
    Role.DEPUTY: Card(
        purpose="Stands in for the Practice Quality Lead when they cannot come, so that the practice is always heard.",
        alone=(
            "What to say for the practice on matters that were prepared with the PQL",
            "Whether a matter waits until the PQL is back",
        ),
        consult=("The PQL: before the practice commits itself to something new", "The partners: as the PQL would"),
        refer=("To the PQL: everything agreed in their absence", "To the CQL: when neither of the two can come"),
        time="The PQL’s sessions cover the deputy’s time; none are recommended beside them.",
    ),
    Role.PRACTICE_MANAGER: Card(
        purpose="Makes the cluster’s work possible in the practice: people, time, data and follow-up.",
        alone=(
            "How agreed changes are put into practice from day to day",
            "Who in the team does what, within the partners’ arrangements",
        ),
        consult=(
            "The PQL: which cluster work comes first",
            "The partners: staff time, money and changes that patients will notice",
        ),
        refer=(
            "To the PQL: an action of the practice that cannot be done in time",
            "To the partners: contract, money and employment",
        ),
        time="Not recommended nationally; agreed in the practice.",
    ),
    Role.CLUSTER_SUPPORT: Card(
        purpose="Keeps the cluster’s meetings, minutes, actions and papers in order.",
        alone=(
            "Dates, rooms, links and reminders",
            "How papers and minutes are set out and filed",
            "Reminding the owners of actions when they fall due",
        ),
        consult=(
            "The CQL: the agenda, the wording of decisions, who gets which papers",
            "The speaker: a sentence in the minutes that might identify somebody",
        ),
        refer=(
            "To the CQL: anything that members disagree about in the minutes",
            "To the records officer: words about a patient that should not have been written",
        ),
        time="Depends on the number of clusters; agreed with the HSCP.",
    ),
    Role.MDT_MEMBER: Card(
        purpose="Brings the view of another profession or service into the cluster.",
        alone=("What to bring from one’s own profession", "How to use one’s own professional judgement"),
        consult=(
            "The line manager: work that the cluster asks for beyond the usual duties",
            "The CQL: before taking the cluster’s discussions elsewhere",
        ),
        refer=(
            "To the line manager: staffing and workload of the service",
            "To the CQL: matters between practices and the service that the two cannot settle",
        ),
        time="Agreed with the service that employs the person.",
    ),
}
