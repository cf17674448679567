"""Where agents call numbers, judge papers and move files."""
