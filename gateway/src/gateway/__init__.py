"""The one public door: cookies, proxy, built frontend."""
