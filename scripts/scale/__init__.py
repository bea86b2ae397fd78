"""How cost grows with the rows, on each engine that is there: `make bench-scale`, or `python -m scripts.scale`."""
