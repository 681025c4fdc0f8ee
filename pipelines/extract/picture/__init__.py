"""Pictures: material and lines in, pictures with caption, credit and licence out."""
