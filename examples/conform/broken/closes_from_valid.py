"""Broken on purpose: a valid report can be closed.

Report Management has an edge from Valid to Closed, so RC is sent, and `close` taken, from Valid. What must be refused changes the state.
A valid report is deferred or accepted first.

Violates VP-02-004 and RMB-10-002 (no close from Valid), RMB-15-001 (only edges of the machine); see D-RM-05.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import mpcvd_step as good  # noqa: E402

for machine in (good.RM, good.RM_PUBLISHED):
    machine['Valid'] = {**machine['Valid'], 'close': 'Closed'}
for reading in ('adopted', 'published'):
    for way, name in (('sent', 'RC'), ('local', 'close')):
        rows = good.ROWS[reading, way][name]
        rows[:] = [(cs, rm.replace('IDA', 'IVDA'), *rest) for cs, rm, *rest in rows]

if __name__ == '__main__':
    good.main()
