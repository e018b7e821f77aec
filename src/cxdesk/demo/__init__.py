"""An invented shop to try the desk with: its people, its history, and customers who come, wait and leave."""
