"""An account and its sessions, whichever way its holder signed in."""
