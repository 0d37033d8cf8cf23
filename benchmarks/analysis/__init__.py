"""How well the offline engine marks, and how its weights are made. `make benchmark-analysis`, `make train-analysis`."""
