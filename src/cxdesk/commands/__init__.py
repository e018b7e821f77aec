"""What each command of the command line does; one module for each kind, imported only when it is asked for."""
