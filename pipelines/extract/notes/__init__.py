"""What stands around the text: how much the page shows, corrections and notes."""
