"""How what is remembered is shown: the one place that decides what a candidate may see, one file per noun."""
