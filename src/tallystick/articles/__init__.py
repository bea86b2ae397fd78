"""Articles: what somebody wrote, its sentences, the quantities in them, and what can be said of each."""
