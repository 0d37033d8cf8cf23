"""What goes over the wire, as the browser sees it: one file per noun."""
