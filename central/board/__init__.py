"""The display of the hall: who is called, where to go, how many wait."""
