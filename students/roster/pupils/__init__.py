"""One pupil: the page, the change history, the papers, and the acts that write child and
enrolment."""
