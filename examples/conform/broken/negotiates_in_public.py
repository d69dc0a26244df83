"""Broken on purpose: an embargo is proposed to, and accepted by, somebody who knows that the vulnerability is public.

Whether an embargo is viable is asked of X and A, and P is forgotten: EP and EA are received in ···Pxa as they are in ···pxa. An
embargo on what everybody knows is the result.

Violates EMB-01-002 and EMB-02-002 (answer ER, no embargo), VP-06-001, VP-11-001, VP-14-001, CSB-12-002.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import mpcvd_step as good  # noqa: E402

for reading in ('adopted', 'published'):
    for kind in ('EP', 'EA'):
        rows = good.ROWS[reading, 'received'][kind]
        rows[:] = [('....xa' if cs == '...pxa' else cs, *rest) for cs, *rest in rows]

if __name__ == '__main__':
    good.main()
