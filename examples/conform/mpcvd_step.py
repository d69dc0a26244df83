#!/usr/bin/env python3
"""A second implementation of the MPCVD protocol: it answers the line protocol of docs/step.md.

One JSON object a line in, one JSON object a line out, in order. Python 3.9 or later, standard library only. From top to bottom:

  1. The machines (docs/machines.md): what an event does to a state.
  2. The rows: when a message may be sent, what sending and receiving it fires, what is then due.
  3. The interpreter of the rows, and what couples the machines in the adopted reading (docs/decisions/0003 and 0004).
  4. The format of messages and participants (docs/messages.md, docs/codec.md).
  5. The requests and the loop.
"""
import json
import re
import sys
from functools import lru_cache
from itertools import chain

# 1. The machines ------------------------------------------------------------------------------------------------------
#
# The grammars of Report Management (ST-01) and Embargo Management (ST-02). The letter of an event is its first.

RM = {
    'Start': {'receive': 'Received'},
    'Received': {'validate': 'Valid', 'invalidate': 'Invalid'},
    'Invalid': {'validate': 'Valid', 'close': 'Closed'},
    'Valid': {'accept': 'Accepted', 'defer': 'Deferred'},
    'Deferred': {'accept': 'Accepted', 'close': 'Closed'},
    'Accepted': {'defer': 'Deferred', 'close': 'Closed'},
    'Closed': {},
}
EM = {
    'None': {'propose': 'Proposed'},
    'Proposed': {'propose': 'Proposed', 'accept': 'Active', 'reject': 'None'},
    'Active': {'propose': 'Revise', 'terminate': 'Exited'},
    'Revise': {'propose': 'Revise', 'accept': 'Active', 'reject': 'Active', 'terminate': 'Exited'},
    'Exited': {},
}
RM_PUBLISHED = {**RM, 'Valid': {**RM['Valid'], 'invalidate': 'Invalid'}}  # FT:111 alone has that edge (decision 0002, D-RM-01)


def raised(cs, letter, forced=True):
    """The case state after a letter's event, None where there is no such edge. Without `forced`: the 72 edges of `published`."""
    if letter.lower() not in cs:
        return None
    if letter == 'F' and 'V' not in cs or letter == 'D' and 'f' in cs:
        return None  # ST-14: F needs V, D needs F; a deployer that is no vendor has neither letter
    if forced and (letter != 'P' and 'p' in cs and 'X' in cs or letter != 'V' and 'v' in cs and 'P' in cs):
        return None  # CSB-17-012: from pX only P. CSB-17-009: from vP only V
    return cs.replace(letter.lower(), letter)


# 2. The rows ----------------------------------------------------------------------------------------------------------
#
# `published` has the tables of the standard as printed, `adopted` has them as the errata mend them. The first row of a
# type that fits decides; a send without one is refused. Columns:
#   in       the reading: adop, publ, or both
#   source   FT:131 is line 131 of docs/reference/formal_protocol/transitions.md at the commit that docs/errata.md names;
#            D-… and L-… are errata; 0004.3 is point 3 of decision 0004
#   types    of the message; CX+CP are the two together
#   cs       six letters, a dot any; a state with fewer letters is filled up with - on the left. !pxa: anything but ...pxa
#   rm, em   the states, by letter; * any, !C all but Closed
#   when     what else must hold: vendor, deployer (roles); other (about somebody else), reply, existing, answers (of the message)
#   fires    events in order; one with ? only where the machine has that edge; `end`: where no embargo is viable,
#            a proposal is rejected, and an embargo in force is terminated
#   replies  what is due; after the slash what may be sent besides. In `adopted` the interpreter adds the announcements.

SENT = '''
publ L-01     *          *       *    *   reply     -                 -
adop D-EM-25  RS         ...pxa  A    P   answers   em.accept         -
both FT:110   RS         *       A    *   -         -                 -
publ FT:111   RI         *       RV   *   -         rm.invalidate     -
adop D-RM-01  RI         *       R    *   -         rm.invalidate     -
both FT:112   RV         *       RI   *   -         rm.validate       -
both FT:113   RD         *       VA   *   -         rm.defer          -
both FT:114   RA         *       VD   *   -         rm.accept         -
both FT:115   RC         *       IDA  *   -         rm.close          -
adop L-02     RI         *       I    *   reply     -                 -
adop L-02     RV         *       V    *   reply     -                 -
adop L-02     RD         *       D    *   reply     -                 -
adop L-02     RA         *       A    *   reply     -                 -
adop L-02     RC         *       C    *   reply     -                 -
both FT:116   RE,RK      *       *    *   -         -                 -
both FT:196   EP         ...pxa  !C   NP  -         em.propose        -
adop D-EM-08  EP         ...pxa  !C   AR  existing  -                 -
both FT:198   EA         ...pxa  !C   P   -         em.accept         -
both FT:199   EV         ...pxa  !C   AR  -         em.propose        -
both FT:201   EJ         ...pxa  !C   R   -         em.reject         -
both FT:202   EC         ...pxa  !C   R   -         em.accept         -
both FT:203   ER         *       !C   P   -         em.reject         -
adop D-EM-09  ER         *       !C   N   -         -                 -
adop 0004.4   ER         *       !C   X   reply     -                 -
both FT:204   ET         *       !C   AR  -         em.terminate      -
adop D-EM-16  ET         *       !C   X   -         -                 -
both FT:206   EK,EE      *       !C   *   -         -                 -
publ FT:288   CV         vfd...  S    *   -         cs.V,rm.receive   -
publ FT:289   CF         Vfd...  !C   *   -         cs.F              -
publ FT:290   CD         VFd...  !C   *   -         cs.D              -
publ FT:291   CP         ...p..  !C   *   -         cs.P,end          -
publ FT:294   CX+CP      ...px.  !C   *   -         cs.X,cs.P,end     -
publ FT:297   CX         ...Px.  !C   *   -         cs.X,end          -
publ FT:300   CA         .....a  !C   *   -         cs.A,end          -
adop D-CS-10  CV,CF,CD   *       !C   *   other     -                 -
adop D-CS-09  CV         v.....  !C   *   vendor    cs.V              -
adop D-RM-11  CV         V.....  !C   *   vendor    -                 -
adop D-CS-11  CF         Vf....  A    *   vendor    cs.F              -
adop L-03     CF         .F....  !C   *   vendor    -                 -
adop D-CS-12  CD         .Fd...  DA   *   deployer  cs.D              -
adop D-CS-13  CD         --d...  DA   *   deployer  cs.D              -
adop L-03     CD         ..D...  !C   *   deployer  -                 -
adop D-CS-16  CP         *       !C   *   -         cs.P?,end         -
adop D-CS-16  CX+CP      *       !C   *   -         cs.X?,cs.P?,end   -
adop D-CS-33  CX         ...P..  !C   *   -         cs.X?,end         -
adop D-CS-16  CA         *       !C   *   -         cs.A?,end         -
adop D-CS-14  CK,CE      *       !C   *   -         -                 -
both FT:358   GI,GK,GE   *       *    *   -         -                 -
'''

RECEIVED = '''
publ FT:130   R*,E*,C*        *       C      *    -         -                -
adop 0004.8   RK,EK,CK        *       C      *    -         -                -
adop D-RM-09  R*,E*,C*        *       C      *    -         -                -/RK
publ FT:131   RS              vfd...  S      *    -         cs.V,rm.receive  RK,CV
publ FT:132   RS              vfd...  RIVDA  *    -         cs.V             RK,CV
publ FT:133   RS              V.....  S      *    -         rm.receive       RK,CV
publ FT:134   RS              V.....  RIVDA  *    -         -                RK,CV
adop D-EM-25  RS              ...pxa  !C     P    answers,vendor  rm.receive?,cs.V?,em.accept  RK/CV
adop D-EM-25  RS              ...pxa  !C     P    answers   rm.receive?,em.accept  RK
adop D-RM-11  RS              *       !C     *    vendor    rm.receive?,cs.V?  RK/CV
both FT:135   RS              *       S      *    -         rm.receive       RK
both FT:136   RS              *       RIVDA  *    -         -                RK
both FT:137   RI,RV,RD,RA,RC  *       RIVDA  *    -         -                RK
both FT:138   RI,RV,RD,RA,RC  *       S      *    -         -                RE,GI
both FT:139   RE              *       *      *    -         -                RK,GI
both FT:140   RK              *       *      *    -         -                -
both FT:224   EP              ...pxa  !C     N    -         em.propose       EK
publ FT:225   EP              ...pxa  !C     P    -         -                EK
adop D-EM-05  EP              ...pxa  !C     P    -         em.propose       EK
adop D-EM-08  EP              ...pxa  !C     AR   existing  -                EK
publ FT:235   EP              !pxa    !C     NP   -         end              ER
adop D-EM-10  EP              !pxa    !C     NPX  -         end              ER/EK
both FT:226   EA              ...pxa  !C     P    -         em.accept        EK
publ FT:237   EA              !pxa    !C     P    -         end              ER
adop D-EM-11  EA              !pxa    !C     P    -         end              ER/EK
adop D-EM-06  EA              *       !C     A    -         end              EK
adop D-EM-08  EA              *       !C     R    existing  end              EK
adop D-EM-07  EA              *       !C     X    -         -                EK
adop D-EM-07  EA              *       !C     N    answers   -                EK
both FT:227   EV              ...pxa  !C     A    -         em.propose       EK
publ FT:228   EV              ...pxa  !C     R    -         -                EK
adop D-EM-05  EV              ...pxa  !C     R    -         em.propose       EK
both FT:229   EJ              ...pxa  !C     R    -         em.reject        EK
both FT:230   EC              ...pxa  !C     R    -         em.accept        EK
publ FT:238   EV              !pxa    !C     AR   -         end              ET
publ FT:240   EJ,EC           !pxa    !C     R    -         end              ET
adop D-EM-11  EV              !pxa    !C     AR   -         end              ET/EK
adop D-EM-11  EJ,EC           !pxa    !C     R    -         end              ET/EK
adop D-EM-06  EJ,EC           *       !C     A    -         end              EK
both FT:231   ER              *       !C     P    -         em.reject        EK
adop D-EM-06  ER              *       !C     N    -         -                EK
both FT:232   ET              *       !C     AR   -         em.terminate     EK
both FT:234   ET              *       !C     X    -         -                EK
both FT:242   EE              *       !C     *    -         -                EK,GI
both FT:243   EK              *       !C     *    -         -                -
publ FT:244   E*              *       !C     *    -         -                EE
adop D-EM-12  E*              *       !C     *    -         end              EE
both FT:315   CV,CF,CD        *       !C     *    -         -                CK
publ FT:318   CP              ...p..  !C     *    -         cs.P,end         CK
publ FT:321   CP              ...P..  !C     *    -         -                CK
publ FT:322   CX              ...px.  !C     *    -         cs.X,cs.P,end    CK
publ FT:325   CX              ...Px.  !C     *    -         cs.X             CK
publ FT:326   CX              ...PX.  !C     *    -         -                CK
publ FT:327   CA              ...p.a  !C     *    -         cs.A,cs.P,end    CK
publ FT:330   CA              ...P.a  !C     *    -         cs.A             CK
publ FT:331   CA              .....A  !C     *    -         -                CK
adop D-CS-07  CP              *       !C     *    -         cs.P?,end        CK
adop D-CS-07  CX              *       !C     *    -         cs.X?,end        CK
adop D-CS-07  CX+CP           *       !C     *    -         cs.X?,cs.P?,end  CK
adop D-CS-01  CA              *       !C     *    -         cs.A?,end        CK
both FT:332   CE              *       !C     *    -         -                CK,GI
both FT:333   CK              *       !C     *    -         -                -
both FT:373   GI              *       *      *    -         -                GK
both FT:374   GK              *       *      *    -         -                -
both FT:375   GE              *       *      *    -         -                GI
'''

# Local steps (docs/log.md), a space written as -. In `published` they are the edges of the machines (decision 0002).
LOCAL = '''
both D-RM-03  discover    *       S    *   -         rm.receive     -
publ ST-01    validate    *       RI   *   -         rm.validate    -
publ ST-01    invalidate  *       R    *   -         rm.invalidate  -
publ ST-01    accept      *       VD   *   -         rm.accept      -
publ ST-01    defer       *       VA   *   -         rm.defer       -
publ ST-01    close       *       IDA  *   -         rm.close       -
publ ST-02    expire      *       !C   AR  -         em.terminate   -
publ FT:288   aware       vfd...  S    *   -         cs.V,rm.receive  -
publ ST-03    aware       v.....  !C   *   -         cs.V           -
publ ST-03    ready       Vf....  !C   *   -         cs.F           -
publ ST-03    deployed    .Fd...  !C   *   -         cs.D           -
publ ST-03    learn-P     ...p..  !C   *   -         cs.P           -
publ ST-03    learn-X     ....x.  !C   *   -         cs.X           -
publ ST-03    learn-A     .....a  !C   *   -         cs.A           -
adop RMB-10   validate    *       RI   *   -         rm.validate    RV
adop RMB-11   invalidate  *       R    *   -         rm.invalidate  RI
adop RMB-13   accept      *       VD   *   -         rm.accept      RA
adop RMB-12   defer       *       VA   *   -         rm.defer       RD
adop RMB-14   close       *       IDA  *   -         rm.close       RC
adop D-EM-16  expire      *       !C   AR  -         em.terminate   ET
adop D-CS-09  aware       v.....  !C   *   -         cs.V           -
adop D-CS-11  ready       Vf....  A    *   vendor    cs.F           -
adop D-CS-12  deployed    .Fd...  DA   *   deployer  cs.D           -
adop D-CS-13  deployed    --d...  DA   *   deployer  cs.D           -
adop D-CS-07  learn-P     *       !C   *   -         cs.P?,end      -
adop D-CS-07  learn-X     *       !C   *   -         cs.X?,end      -
adop D-CS-07  learn-A     *       !C   *   -         cs.A?,end      -
adop D-CS-35  expire,learn-P,learn-X,learn-A  *  C  *  -  -         -
'''

TYPES = 'RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CV CF CD CP CX CA CK CE GI GK GE'.split()
LOCALS = {word.replace('-', ' '): word for word in
          'discover learn-P learn-X learn-A aware expire validate invalidate accept defer close ready deployed'.split()}
# Whose steps these are (CSB-15, D-CS-12); anybody else's are refused for the role.
ROLE_OF = {'CV': 'vendor', 'CF': 'vendor', 'CD': 'deployer', 'aware': 'vendor', 'ready': 'vendor', 'deployed': 'deployer'}


def cells_of(text):
    return [one for one in text.split(',') if one not in ('-', '')]


def rows_of(table, reading):
    """The rows of one reading, by type: (cs, rm, em, when, fires, replies, optional)."""
    by_type = {}
    for line in table.strip().splitlines():
        where, _, types, cs, rm, em, when, fires, replies = line.split()
        required, _, optional = replies.partition('/')
        row = (cs, 'SRIVDA' if rm == '!C' else rm, em, frozenset(cells_of(when)), cells_of(fires), cells_of(required), cells_of(optional))
        for pattern in types.split(',') if where in (reading, 'both') else ():
            for name in [one for one in TYPES + ['CX+CP'] if one.startswith(pattern[:-1])] if '*' in pattern else [pattern]:
                by_type.setdefault(name, []).append(row)
    return by_type


ROWS = {(reading, way): rows_of(table, reading[:4]) for reading in ('adopted', 'published')
        for way, table in (('sent', SENT), ('received', RECEIVED), ('local', LOCAL))}


# 3. The interpreter ---------------------------------------------------------------------------------------------------

class Refused(Exception):
    """The step may not be taken; the argument is the kind of the `left`."""


class Step:
    """One step under way: the state so far, what has fired, what is due."""

    def __init__(self, reading, way, state, names, facts):
        self.adopted, self.rows, self.way = reading == 'adopted', ROWS[reading, way], way
        self.rm, self.em, self.cs = state
        self.facts = facts  # what holds of the message and of the roles
        self.said = names if way == 'sent' else ()  # what the participant need not announce
        self.fired, self.replies, self.optional = [], [], []

    def fire(self, machine, event):
        """One event, and in the adopted reading what a cs event brings with it. False where the machine has no such edge."""
        if machine == 'cs':
            after = raised(self.cs, event, self.adopted)
        else:
            after = ((RM if self.adopted else RM_PUBLISHED)[self.rm] if machine == 'rm' else EM[self.em]).get(event)
        if after is None:
            return False
        setattr(self, machine, after)
        self.fired.append((machine, event))
        if self.adopted and machine == 'cs':
            self.announce('C' + event)
            if event == 'V' and self.rm == 'Start':
                self.fire('rm', 'receive')
            if event in 'PXA':
                self.end()
        return True

    def announce(self, kind):
        """Due, unless the message at hand says it. A CV about somebody else does not say that the sender is aware."""
        if kind not in self.said or kind == 'CV' and 'other' in self.facts:
            self.replies.append(kind)

    def end(self):
        """D-EM-23, D-CS-07: where an embargo is not viable, a proposal is rejected, and an embargo in force is terminated."""
        event, kind = ('reject', 'ER') if self.em == 'Proposed' else ('terminate', 'ET')
        if not self.cs.endswith('pxa') and self.fire('em', event) and self.adopted:
            self.announce(kind)

    def force(self):
        """D-CS-05, D-CS-06: nobody rests in pX, and no vendor in v··P··. In Closed nothing changes."""
        if self.adopted and self.rm != 'Closed':
            if 'p' in self.cs and 'X' in self.cs:
                self.fire('cs', 'P')
            if 'v' in self.cs and 'P' in self.cs:
                self.fire('cs', 'V')

    def take(self, name):
        """One type, or one local step."""
        told, received = name.split('+'), self.way == 'received'
        self.said = told[1:] if received else self.said  # of a received CX+CP the CP is not due again (0004.6)
        self.force()
        fires, replies, optional = self.row(name)
        self.said = told if received else self.said  # what a row fires because the message told it is not announced
        for one in fires:
            machine, _, event = one.rstrip('?').partition('.')
            if one == 'end':
                self.end()
            elif not self.fire(machine, event) and not one.endswith('?'):
                raise Refused('no-row')
        self.replies += replies
        self.optional += optional
        self.force()

    def row(self, name):
        """The first row that fits."""
        is_relay = name in ('CV', 'CF', 'CD') and 'other' in self.facts
        if is_relay and self.way == 'sent' and not self.adopted and 'reply' not in self.facts:
            raise Refused('subject')  # decision 0002: the printed rows describe the sender's own change
        rm, em, letters = self.rm[0], 'X' if self.em == 'Exited' else self.em[0], self.cs.rjust(6, '-')
        for cs, rms, ems, when, *effect in self.rows.get(name, ()):
            if (rms == '*' or rm in rms) and (ems == '*' or em in ems) and when <= self.facts and (
                    not self.cs.endswith('pxa') if cs == '!pxa' else cs == '*' or all(a in ('.', b) for a, b in zip(cs, letters))):
                return effect
        is_role = self.adopted and self.way != 'received' and self.rm != 'Closed' and ROLE_OF.get(name, 'vendor') not in self.facts
        raise Refused('unspecified' if self.way == 'received' else 'role' if is_role and name in ROLE_OF else 'no-row')


@lru_cache(maxsize=200_000)
def step(reading, way, state, names, facts):
    """A whole step, all its parts from left to right or none. `state` is (rm, em, cs). Gives the Step, or the kind of refusal."""
    under_way, parts = Step(reading, way, state, names, facts), list(names)
    if 'CX' in parts and 'CP' in parts and not (reading == 'published' and way == 'received'):
        parts[parts.index('CX'):parts.index('CP') + 1] = ['CX+CP']  # one row; where the tables have none they are two (decision 0002)
    try:
        for name in parts:
            under_way.take(name)
    except Refused as refused:
        return str(refused)
    under_way.fired.sort(key=lambda one: ('rm', 'cs', 'em').index(one[0]))  # stable: within a machine as they fired
    under_way.replies = list(dict.fromkeys(under_way.replies))
    under_way.optional = [one for one in dict.fromkeys(under_way.optional) if one not in under_way.replies]
    return under_way


# 4. The format --------------------------------------------------------------------------------------------------------
#
# A reader takes a value, its path and the list of faults; it gives what it read, or None where it adds a fault.

MISSING = object()


def fault(faults, path, expected, got=MISSING):
    faults.append({'path': path, 'expected': expected, 'got': 'nothing' if got is MISSING else json.dumps(got)[:80]})


def is_text(value):
    """Well-formed: no lone surrogates."""
    try:
        return isinstance(value, str) and (value.isascii() or bool(value.encode()))
    except UnicodeEncodeError:
        return False


def reader(expected, holds):
    """A reader of values of which something holds."""
    return lambda value, path, faults: value if holds(value) else fault(faults, path, expected, value)


def one_of(*words):
    kinds = {(one, isinstance(one, bool)) for one in words}  # true is not 1
    return reader('one of ' + ', '.join(map(str, words)),
                  lambda value: isinstance(value, (str, int, float)) and (value, isinstance(value, bool)) in kinds)


def list_of(item, least=0):
    def read(value, path, faults):
        if not isinstance(value, list) or not least <= len(value) <= 10_000:
            return fault(faults, path, f'a list of {least} to 10000 items', value)
        seen = set()
        for index, one in enumerate(value):
            if isinstance(one, str) and one in seen:
                fault(faults, f'{path}/{index}', 'no item twice', one)
            elif item(one, f'{path}/{index}', faults) is not None:
                seen.add(one)
        return value
    return read


def record(required, optional):
    fields = {**required, **optional}

    def read(value, path, faults):
        if not isinstance(value, dict):
            return fault(faults, path, 'an object', value)
        for name in required:
            if name not in value:
                fault(faults, f'{path}/{name}', 'a field that is required')
        return {name: read_field(value[name], f'{path}/{name}', faults) for name, read_field in fields.items() if name in value}
    return read


MOMENT = re.compile(r'(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?', re.ASCII)
HOUR = 3600


def span(value):
    """The first and the last second of an instant or a date, None if the calendar lacks it. A date is a day wherever the writer was."""
    parts = MOMENT.fullmatch(value)
    year, month, day = map(int, parts.group(1, 2, 3)) if parts else (0, 0, 0)
    lengths = (31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
        return None
    past = year - 1
    start = (past * 365 + past // 4 - past // 100 + past // 400 + sum(lengths[:month - 1]) + day) * 24 * HOUR
    hour, minute, second, fraction, zone = parts.group(4, 5, 6, 7, 8)
    if hour is None:
        return start - 14 * HOUR, start + 36 * HOUR - 0.001
    at = start + int(hour) * HOUR + int(minute) * 60 + int(second) + float(fraction or 0)
    if zone != 'Z':
        at -= int(zone[0] + '1') * (int(zone[1:3]) * HOUR + int(zone[4:]) * 60)
    return at, at


@lru_cache(maxsize=10_000)
def is_moment(value):
    """An instant, a date, or an interval of two that does not end before it begins: two dates as dates, else only where surely so."""
    ends = value.split('/')
    spans = [span(one) for one in ends]
    if len(ends) > 2 or None in spans:
        return False
    return ends[0] <= ends[-1] if all(len(one) == 10 for one in ends) else spans[0][0] <= spans[-1][1]


def is_json_object(value):
    """At most 64 deep and of 100,000 parts, its texts well-formed; a loop, for there is no telling how deep it is."""
    parts, count, left = [(value, 0)], 0, isinstance(value, dict)
    while parts and left:
        one, depth = parts.pop()
        count += 1
        left = depth <= 64 and count <= 100_000 and (not isinstance(one, str) or is_text(one))
        if isinstance(one, dict):
            left = left and all(is_text(name) for name in one)
            parts += [(item, depth + 1) for name, item in one.items() if name != '__proto__']
        elif isinstance(one, list):
            parts += [(item, depth + 1) for item in one]
    return left


def without_proto(value):
    if isinstance(value, dict):
        return {name: without_proto(item) for name, item in value.items() if name != '__proto__'}
    return [without_proto(item) for item in value] if isinstance(value, list) else value


def ext(value, path, faults):
    return without_proto(value) if is_json_object(value) else fault(faults, path, 'a JSON object of at most 64 levels and 100000 parts')


def subject(value, path, faults):
    return (PRODUCT if isinstance(value, dict) and 'participant' in value else ID)(value, path, faults)


TEXT = reader('text without lone surrogates', is_text)
ID = reader('an id: text of 1 to 512 characters', lambda value: is_text(value) and 1 <= len(value) <= 512)
AT = reader('an RFC 3339 instant with its zone, a date, or an interval of two', lambda value: isinstance(value, str) and is_moment(value))
PRODUCT = record({'participant': ID}, {'product': TEXT})
MESSAGE = record({'id': ID, 'case': ID, 'from': ID, 'to': list_of(ID, 1), 'types': list_of(one_of(*TYPES), 1), 'at': AT}, {
    'v': one_of(1), 'after': list_of(ID), 'inReplyTo': ID, 'subject': subject, 'cause': one_of('own', 'observed'),
    'embargo': record({'id': ID}, {
        'answers': ID, 'existing': one_of(True, False), 'end': AT, 'respondBy': AT, 'reason': TEXT, 'scope': TEXT}),
    'report': record({'id': ID}, {
        'duplicateOf': ID, 'title': TEXT, 'vulnerabilities': list_of(TEXT), 'products': list_of(TEXT)}),
    'tlp': one_of('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'), 'note': TEXT, 'ext': ext})
CASE_STATES = [path + p + x + a for path in ('vfd', 'Vfd', 'VFd', 'VFD', 'd', 'D', '') for p in 'pP' for x in 'xX' for a in 'aA']
PARTICIPANT = record({
    'id': ID, 'roles': list_of(one_of('finder', 'reporter', 'vendor', 'coordinator', 'deployer', 'observer'), 1),
    'rm': one_of(*RM), 'em': one_of(*EM), 'cs': one_of(*CASE_STATES)}, {})


def place(kind):
    """D-MS-05: RS, other R*, E*, CX, CP, other C*, G*."""
    return ('RS', 'R', 'E', 'CX', 'CP', 'C', 'G').index(kind if kind in ('RS', 'CX', 'CP') else kind[0])


def read_message(value, path, faults):
    """A message. What holds between fields is looked at once the form is right."""
    before, message = len(faults), MESSAGE(value, path, faults)
    if len(faults) > before:
        return None
    identity, sender, types = message['id'], message['from'], message['types']
    if sender in message['to']:
        fault(faults, f'{path}/to/{message["to"].index(sender)}', 'somebody else than the sender', sender)
    if len(types) > 1 and types != sorted(types, key=place):
        fault(faults, f'{path}/types', 'the order RS, other R*, E*, CX, CP, other C*, G*', types)
    if message.get('inReplyTo') == identity:
        fault(faults, f'{path}/inReplyTo', 'another message', identity)
    if identity in message.get('after', ()):
        fault(faults, f'{path}/after/{message["after"].index(identity)}', 'another entry', identity)
    return message


def read_participant(value, path, faults):
    before, participant = len(faults), PARTICIPANT(value, path, faults)
    if len(faults) > before:
        return None
    roles = participant['roles']
    shape = 'vfdpxa' if 'vendor' in roles else 'dpxa' if 'deployer' in roles else 'pxa'
    if participant['cs'].lower() != shape:
        fault(faults, f'{path}/cs', f'a case state of the shape {shape}, which the roles give', participant['cs'])
    return participant


# 5. The requests ------------------------------------------------------------------------------------------------------
#
# Each answers with an object that has right, left or fault.

def facts_of(participant, message):
    """What rows may ask for besides the state: of the roles, and of the message its context (docs/messages.md)."""
    facts = {one for one in participant['roles'] if one in ('vendor', 'deployer')}
    if message is not None:
        about, embargo = message.get('subject', message['from']), message.get('embargo', {})
        if (about['participant'] if isinstance(about, dict) else about) != message['from']:
            facts.add('other')
        if 'inReplyTo' in message:
            facts.add('reply')
        if embargo.get('existing'):
            facts.add('existing')
        if 'answers' in embargo and 'EP' not in message['types']:
            facts.add('answers')
    return frozenset(facts)


def answer_step(request):
    faults, message, name, participant, reading = [], None, None, None, request.get('protocol', 'adopted')
    if reading not in ('adopted', 'adopted@1', 'published', 'published@1'):
        fault(faults, '/protocol', 'adopted, adopted@1, published or published@1', reading)
    if 'state' in request:
        participant = read_participant(request['state'], '/state', faults)
    else:
        fault(faults, '/state', 'a participant')
    if ('message' in request) == ('local' in request):
        fault(faults, '', 'exactly one of message and local')
    elif 'message' in request:
        message = read_message(request['message'], '/message', faults)
    else:
        event = request['local']
        event = event.get('event') if isinstance(event, dict) else event
        name = LOCALS.get(event) if isinstance(event, str) else None
        if name is None:
            fault(faults, '/local', 'one of ' + ', '.join(LOCALS), event)
    if faults:
        return {'fault': faults[:100]}

    way, names = 'local', (name,)
    if message is not None:
        names = tuple(message['types'])
        way = 'sent' if message['from'] == participant['id'] else 'received' if participant['id'] in message['to'] else None
    state = participant['rm'], participant['em'], participant['cs']
    outcome = step(reading.split('@')[0], way, state, names, facts_of(participant, message)) if way else 'not-addressed'
    if isinstance(outcome, str):
        return {'left': {'kind': outcome, 'state': participant}}
    right = {
        'state': {**participant, 'rm': outcome.rm, 'em': outcome.em, 'cs': outcome.cs},
        'fired': [{'machine': machine, 'event': event} for machine, event in outcome.fired], 'replies': outcome.replies,
    }
    return {'right': {**right, 'optional': outcome.optional} if outcome.optional else right}


def answer_word(request):
    """Where a word of event letters leads from the start of a machine, or the first letter that has no edge."""
    machine, word, faults = request['machine'], request.get('word'), []
    one_of('rm', 'em', 'cs')(machine, '/machine', faults)
    TEXT(word, '/word', faults)
    if faults:
        return {'fault': faults}
    state = {'rm': 'Start', 'em': 'None', 'cs': 'vfdpxa'}[machine]
    for at, letter in enumerate(word):
        if machine == 'cs':
            after = raised(state, letter) if letter in 'VFDPXA' else None
        else:
            after = {event[0]: to for event, to in (RM if machine == 'rm' else EM)[state].items()}.get(letter)
        if after is None:
            return {'left': {'kind': 'no-edge', 'at': at}}
        state = after
    return {'right': {'state': state}}


def answer_read(request):
    faults, kind = [], request['read']
    one_of('message', 'participant')(kind, '/read', faults)
    if faults:
        return {'fault': faults}
    value = (read_message if kind == 'message' else read_participant)(request.get('value'), '', faults)
    return {'fault': faults[:100]} if faults else {'right': {'value': value}}


def answer_nothing(request):
    return {'fault': [{'path': '', 'expected': 'a request that this program answers: a step, machine or read', 'got': 'log or case'}]}


REQUESTS = {'machine': answer_word, 'read': answer_read, 'log': answer_nothing, 'case': answer_nothing}


def answer(request):
    """The answer to one request, without its id."""
    if not isinstance(request, dict):
        return {'fault': [{'path': '', 'expected': 'an object', 'got': 'another value'}]}
    is_step = 'state' in request or 'message' in request or 'local' in request
    kind = None if is_step else next((one for one in REQUESTS if one in request), None)
    return REQUESTS[kind](request) if kind else answer_step(request)


def number(word):
    """A number that JSON can write again; what is beyond it is null."""
    value = float(word)
    return value if abs(value) != float('inf') else None


def refuse(word):
    raise ValueError(f'{word} is no JSON')


def answer_line(line):
    """One line in, one line out, whatever comes."""
    try:
        request = json.loads(line.decode('utf-8', 'replace'), parse_constant=refuse, parse_float=number)
        known = request.get('id') if isinstance(request, dict) else None
        return json.dumps({'id': known, **answer(request)}, separators=(',', ':'))
    except (ValueError, RecursionError):
        return '{"id":null,"fault":[{"path":"","expected":"one JSON value","got":"something else"}]}'


def main(answer_line=answer_line):
    """Answers as many lines as have come, and writes their answers at once."""
    sys.setrecursionlimit(10_000)  # for JSON that is nested deep, which is a fault of the message and not of the line
    chunks = []
    while True:
        chunk = sys.stdin.buffer.read1(1 << 16)
        if chunk and b'\n' not in chunk:
            chunks.append(chunk)
            continue
        *lines, rest = b''.join([*chunks, chunk]).split(b'\n')
        chunks = [rest]
        if not chunk and rest:
            lines.append(rest)  # the last line, without an end
        sys.stdout.write(''.join(answer_line(line) + '\n' for line in lines))
        sys.stdout.flush()
        if not chunk:
            return


if __name__ == '__main__':
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.stderr.close()
