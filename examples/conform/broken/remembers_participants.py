"""Broken on purpose: the state of a participant is remembered from one line to the next.

A line is answered from where the last step of a participant of that name and roles led, and not from the state that the line gives. It is what
a server does that keeps its participants in a store. Asked in another order, or twice, it answers differently.

Violates the line protocol (docs/step.md): each line carries its state, and is answered by it alone. No requirement of the standard says so.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import mpcvd_step as good  # noqa: E402

known = {}
answer_step = good.answer_step


def answer_from_memory(request):
    state = request.get('state')
    if not isinstance(state, dict):
        return answer_step(request)
    who = str((state.get('id'), state.get('roles')))
    answer = answer_step({**request, 'state': known.get(who, state)})
    if 'right' in answer:
        known[who] = answer['right']['state']
    return answer


good.answer_step = answer_from_memory

if __name__ == '__main__':
    good.main()
