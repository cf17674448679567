"""The hall terminal: takes requests, scans papers, prints a receipt that is true, and syncs when it can."""
