"""A roster brought in as a sheet: read, compared, asked about, written, taken back."""
