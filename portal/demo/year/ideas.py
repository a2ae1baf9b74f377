"""Projects that members proposed as ideas: cluster, who, under which priority, title, aim, why now, days ago."""

IDEAS = (
    (
        "rowan",
        "pam",
        "Medicines are right after a stay in hospital",
        "One inbox for discharge letters",
        "At every practice one person and a deputy open discharge letters by noon, so that none waits for a doctor.",
        "At our practice the letters go to five people, and two of them work part time.",
        9,
    ),
)
