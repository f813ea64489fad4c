"""The parts from which every workbook is written."""
