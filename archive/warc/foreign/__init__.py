"""WARC and WACZ files of other programs go in; their records come out, damage told.

streams.py undoes their compression, records.py finds the records, http.py reads the
answers in them, packed.py opens the files and what lies packed in others; index.py
keeps what was found on disk while an import lasts.
"""
