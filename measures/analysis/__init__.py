"""What the figures show: pure Python, no framework, no database.

The way in for a page is `reading.read`: it hands over the points in order of their days (those with a reason to be
left out with `is_excluded`) and what is fixed before the first of them, the kind of chart and one of `kind.rulesets`;
with them the days on which new phases start, how many first points freeze the lines, and which way is good (`better`).

The answer has one place for each point (`days`, `plotted`, `lower`, `upper`) and indexes into them. Draw each of
`phases` with its own centre line from `first` to `last`, then mark the rows of each of `signals` and name its rule,
its meaning and `ruleset`. Where `is_enough` is false, say "not enough data yet": there are no signals then, but the
centre and counts of each phase stand and may be shown. On MDC charts `variation` and `assurance` are the two icons.
`words.said_of` puts a reading into sentences. The other modules hold the rules themselves; each ruleset may also be
asked by itself.
"""
