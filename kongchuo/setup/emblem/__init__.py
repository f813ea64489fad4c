"""本县标志: the page on which the county's desk sets its emblem, and the picture itself."""
