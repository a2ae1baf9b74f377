"""What pages that gather say, read from every floor below. Nothing here writes."""
