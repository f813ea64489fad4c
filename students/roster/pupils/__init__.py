"""One pupil: the page, the history, the papers, and the acts that enrol and end."""
