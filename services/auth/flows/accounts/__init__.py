"""An account and its sessions, independent of how its holder signed in."""
