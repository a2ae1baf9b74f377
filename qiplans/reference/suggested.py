"""Topics worth looking at: each with why it is here, where that is known from, and where its figures come from.

None is here because it was in the news or in a programme of government (PLN-14): each has a source that a reader can
open, and a data set that practices have already or can ask their analyst for. A cluster picks the angle (PLN-10).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Suggestion:
    """One topic: `angles` are ways to take it up, of which a cluster picks one."""

    code: str
    title: str
    reason: str
    evidence: str
    dataset: str
    angles: tuple[str, ...]


SUGGESTED = (
    Suggestion(
        "diabetes",
        "Diabetes: all care processes done",
        "People miss single checks, most often those who come least; each check missed is found late.",
        "Scottish Diabetes Survey (yearly, by board); SIGN guidelines on diabetes.",
        "SCI-Diabetes, by practice; SPIRE.",
        ("foot checks and kidney tests", "people under 50", "those not seen for 15 months"),
    ),
    Suggestion(
        "polypharmacy",
        "Review of people on many medicines",
        "Harm from medicines is a common cause of admission in older people, and much of it can be prevented.",
        "Scottish Government: Polypharmacy Guidance, Realistic Prescribing (3rd edition, 2018).",
        "Scottish Therapeutics Utility; PIS by practice through the analyst.",
        ("people on ten or more medicines", "care homes", "falls and sedatives"),
    ),
    Suggestion(
        "antibiotics",
        "Antibiotics only where they help",
        "Practices of one cluster differ twofold and more, which need alone does not explain.",
        "Scottish Antimicrobial Prescribing Group; National Therapeutic Indicators.",
        "National Therapeutic Indicators, by practice and quarter.",
        ("sore throat and cough", "urine infection in women over 65", "repeat antibiotics"),
    ),
    Suggestion(
        "asthma",
        "Asthma: fewer relievers, better control",
        "Six or more relievers a year go with attacks; one inhaler for both also has a smaller carbon footprint.",
        "BTS, NICE and SIGN: Asthma (SIGN 245, 2024).",
        "Scottish Therapeutics Utility; National Therapeutic Indicators.",
        ("reviews of people with six relievers", "children", "inhalers with less carbon"),
    ),
    Suggestion(
        "pain",
        "Long-term pain with fewer opioids",
        "High doses help few and harm some; prescribing is highest where people are poorest.",
        "SIGN 136, Management of chronic pain; Scottish Government: Quality Prescribing for Chronic Pain.",
        "National Therapeutic Indicators; Scottish Therapeutics Utility.",
        ("doses above 50 mg of morphine a day", "new starts after operations", "what is there instead"),
    ),
    Suggestion(
        "sedatives",
        "Benzodiazepines and z-drugs",
        "Few people gain from them for more than some weeks; falls and dependence follow.",
        "Scottish Government: Quality Prescribing for Benzodiazepines and z-drugs.",
        "National Therapeutic Indicators; Scottish Therapeutics Utility.",
        ("no new long-term starts", "people over 75", "slow reduction together"),
    ),
    Suggestion(
        "frailty",
        "Finding frailty before the crisis",
        "People who live with frailty come into hospital often where nobody has planned with them before.",
        "Healthcare Improvement Scotland: Living and dying well with frailty.",
        "Electronic frailty index through SPIRE.",
        ("a list that the team goes through monthly", "falls", "people who live alone"),
    ),
    Suggestion(
        "future-care",
        "Future care planning",
        "Out-of-hours services see what is in the summary; without it people are taken where they did not want to be.",
        "Healthcare Improvement Scotland: Future care planning.",
        "Key Information Summaries, counted by practice.",
        ("care homes", "people on the palliative register", "quality of what is written"),
    ),
    Suggestion(
        "blood-pressure",
        "High blood pressure found and treated",
        "The commonest cause of stroke that can be treated, and many do not know that they have it.",
        "Scottish Government: Heart Disease Action Plan (2021).",
        "SPIRE; Scottish Therapeutics Utility.",
        ("measuring at home", "people in the poorest fifth", "treated but not controlled"),
    ),
    Suggestion(
        "fibrillation",
        "Anticoagulation in atrial fibrillation",
        "Treatment prevents most of these strokes, and some who need it are without it.",
        "SIGN 152; Scottish Government: Heart Disease Action Plan (2021).",
        "Scottish Therapeutics Utility; SPIRE.",
        ("known and untreated", "dose by kidney function", "pulse checks with the vaccination"),
    ),
    Suggestion(
        "cervical",
        "Cervical screening of those who do not come",
        "Fewest come where deprivation is greatest.",
        "Public Health Scotland: Scottish cervical screening programme statistics (yearly, by deprivation).",
        "SCCRS, by practice.",
        ("women aged 25 to 34", "evening clinics", "asking why, by telephone"),
    ),
    Suggestion(
        "suspected-cancer",
        "Suspected cancer: nobody lost on the way",
        "A referral that was not received, or a test not followed up, costs weeks that matter.",
        "Scottish Referral Guidelines for Suspected Cancer.",
        "Practice's own count of urgent referrals; Public Health Scotland cancer waiting times.",
        ("safety-netting of tests", "referrals without an answer after two weeks", "looking back on late diagnoses"),
    ),
)
BY_CODE = {one.code: one for one in SUGGESTED}
