"""How well `residency changes` names what differs between editions."""
