"""What offices report themselves: batches of stage events and of counts, all accepted or all refused, and logged."""
