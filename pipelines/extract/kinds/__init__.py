"""What sort of article it is: material and lines in, kind and live entries out."""
