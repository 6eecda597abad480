"""From a sheet to the marks on its pages."""
