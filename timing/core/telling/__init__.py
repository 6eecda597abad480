"""What a fold tells: lists, reasons, differences, who comes next, who is missing."""
