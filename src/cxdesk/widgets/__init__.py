"""What is drawn: widgets that know the desk's records and nothing of files, networks or verbs."""
