"""Measurements: speed beside a peer or a limit of the same run, and scores on gold data."""
