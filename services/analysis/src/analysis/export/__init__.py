"""A report as a document to keep: one model of it, set as a PDF or written as Markdown."""
