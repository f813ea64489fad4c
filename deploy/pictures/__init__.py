"""`make pictures`: the pictures of docs/images, taken from the demo county in a real browser."""
