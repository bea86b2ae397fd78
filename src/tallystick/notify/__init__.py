"""Tells others what is new: signed requests to the addresses that the operator named, at least once each."""

from tallystick.notify.tell import Told, tell, tell_again

__all__ = ["Told", "tell", "tell_again"]
