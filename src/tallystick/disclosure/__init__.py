"""What may be shown of counts of people: tables of cells, what is hidden in them, and what a reader could infer."""
