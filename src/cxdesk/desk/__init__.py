"""Every verb an agent has, without a screen and without a network: the program's middle.

The screens and the command line both call ``Desk`` and nothing below it.
"""

from cxdesk.desk.desk import Desk
from cxdesk.desk.result import Done, Refused
from cxdesk.storage.faults import Fault, Stale

__all__ = ["Desk", "Done", "Fault", "Refused", "Stale"]
