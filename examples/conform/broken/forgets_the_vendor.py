"""Broken on purpose: nobody becomes aware by what the public knows.

A vendor in v··P·· stays there. An implementer who takes the printed rows for CP and CX, which raise P alone, forgets that the next
event can only be V, that V in Start receives the report, and that CV is then due.

Violates CSB-17-009 (from vP the next event is V), CSB-09-002 (who becomes aware sends CV), ST-16; see D-CS-06.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import mpcvd_step as good  # noqa: E402


def force(self):
    if self.adopted and self.rm != 'Closed' and 'p' in self.cs and 'X' in self.cs:
        self.fire('cs', 'P')


good.Step.force = force

if __name__ == '__main__':
    good.main()
