"""The page as a reader sees it: lines and boxes in, the role of each line out."""
