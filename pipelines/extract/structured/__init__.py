"""What a page tells programs of itself: JSON-LD and scripts in, plain records out."""
