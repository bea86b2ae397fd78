"""What is in force in a process that keeps running: the bench of now, exchanged when releases land."""

from tallystick.current.current import Current
from tallystick.current.state import News, State
from tallystick.current.watcher import Watcher

__all__ = ["Current", "News", "State", "Watcher"]
