"""Lets `python -m analysis.scoring_command` do what the command does."""

import sys

from analysis.scoring_command.command import main

sys.exit(main())
