"""Broken on purpose: an acknowledgement is answered with an acknowledgement.

Two such implementations never stop. An implementer who writes "acknowledge every R*, E* and C* message" once for all families gets this.

Violates VP-03-009 (RK for any R* except RK), VP-11-004 (EK for any E* except EK), RMB-08-001, EMB-09-001, CSB-08-001; see D-RM-08.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import mpcvd_step as good  # noqa: E402

for reading in ('adopted', 'published'):
    for kind in ('RK', 'EK', 'CK'):
        good.ROWS[reading, 'received'][kind].insert(0, ('*', 'SRIVDA', '*', frozenset(), [], [kind], []))

if __name__ == '__main__':
    good.main()
