"""From the description of a paper to its print page, PDF and DOCX (GB/T 9704)."""
