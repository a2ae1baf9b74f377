"""Cards of the roles that are held above clusters or beside them."""

from accounts.roles import Role
from directory.reference.cards.card import CONTRACT, FRAMEWORK, Card

ABOVE: dict[Role, Card] = {
    Role.LOCALITY_MANAGER: Card(
        purpose="Manages services of a locality and is the cluster’s first partner in the HSCP.",
        alone=(
            "How the locality’s own services are organised within their budgets",
            "Answers to questions about these services",
        ),
        consult=(
            "The CQLs: changes that practices will feel",
            "The clinical lead: clinical risk and priorities",
        ),
        refer=(
            "To the HSCP’s management team: money, posts and premises beyond the locality’s budget",
            "To clinical and care governance: risks that the locality cannot take away",
        ),
        time="Part of the post.",
    ),
    Role.CLINICAL_LEAD: Card(
        purpose="Links the clinical voice of clusters with the HSCP’s decisions, and supports its CQLs.",
        alone=(
            "Clinical advice to managers and clusters",
            "Which cluster matters are ready to go to a management or governance group",
        ),
        consult=(
            "The CQLs: positions taken in the name of general practice",
            "Managers: promises of staff, money or time",
        ),
        refer=(
            "To clinical and care governance: clinical risk across localities",
            "To the health board’s medical director: a concern about how somebody practises",
        ),
        time="Set out in the post; a clinical lead who also leads a cluster needs separate time for each.",
    ),
    Role.HSCP_LEAD: Card(
        purpose="Answers for the HSCP’s support to clusters: that questions are answered, that matters passed up are"
        " decided with reasons, and that every cluster has leads with time.",
        alone=(
            "Who in the HSCP answers a question from a cluster",
            "Who is named for each support area, and the terms of roles within national guidance",
            "How money and staff that are set aside for clusters are used",
        ),
        consult=(
            "The CQLs: what clusters are asked to do or to report",
            "The clinical lead: priorities and risks",
            "The Local Medical Committee: terms of CQLs and PQLs",
        ),
        refer=(
            "To the senior management team: costs beyond the budget, changes of services",
            "To the health board: what reaches beyond the HSCP",
        ),
        time="Part of the post.",
        sources=(FRAMEWORK, CONTRACT),
    ),
    Role.BOARD_LEAD: Card(
        purpose="Sees that clusters of all HSCPs of the health board are heard and supported, and that what they learn"
        " reaches hospital services.",
        alone=("What the board’s own teams offer to clusters", "Answers on matters that reached the board’s rung"),
        consult=(
            "The HSCPs: what all clusters of the board are asked to do",
            "Hospital services: promises made for them",
        ),
        refer=(
            "To the board’s clinical governance committee: risks across HSCPs",
            "To national bodies: what no board can settle",
        ),
        time="Part of the post.",
    ),
    Role.ANALYST: Card(
        purpose="Turns data into answers that a cluster can use.",
        alone=(
            "Methods, checks and the way figures are shown",
            "Saying that a question cannot be answered with the data there are",
        ),
        consult=(
            "The CQL: what the cluster wants to know and why",
            "The practices: before figures that show one practice go beyond the cluster",
        ),
        refer=(
            "To information governance: new uses or sharing of data",
            "To the HSCP lead: more requests than time",
        ),
        time="Agreed with the HSCP or Public Health Scotland.",
    ),
    Role.QI_ADVISER: Card(
        purpose="Helps clusters to improve: aims, measures, tests of change, and learning from both.",
        alone=("Which tools and training to offer", "Advice on methods and measures"),
        consult=(
            "The CQL: how the cluster wants to be supported",
            "Project leads: before their work is shown to others",
        ),
        refer=(
            "To the CQL: a project that is stuck",
            "To the HSCP lead: support that many clusters ask for and nobody offers",
        ),
        time="Agreed with the HSCP or health board.",
    ),
}
