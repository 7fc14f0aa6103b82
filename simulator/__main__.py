"""`python -m simulator` is the same as `second-round`."""

import sys

from simulator.cli import main

sys.exit(main())
