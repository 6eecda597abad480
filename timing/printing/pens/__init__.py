"""From marks to the bytes of a PDF; one file reaches behind ReportLab's public canvas."""
