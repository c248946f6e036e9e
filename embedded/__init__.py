"""The run on one machine with one command: the services' processes and their servers."""
