"""Asks publishers for new releases: the only folder that opens a socket."""
