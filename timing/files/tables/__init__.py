"""Tables of any kind as rows of text: encodings, workbooks, headers, findings."""
